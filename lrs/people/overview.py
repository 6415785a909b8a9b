"""What those who look after a space see first when they come in: a figure for each thing in their care, and the way on from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask_babel import LazyString, format_decimal, ngettext
from flask_babel import lazy_gettext as _

from lrs import days
from lrs.access import AUDITOR, AUTHOR, LEARNER, MENTOR
from lrs.people import audit
from lrs.people.roles import KEEPERS
from lrs.people.units import Units
from storage import actors, awards, people, reviews, versions, webhooks
from storage import audit as deeds
from storage.database import Tx

LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure, what it counts, and where it leads."""

    figure: str
    words: str
    way: LazyString | None = None
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """Something in somebody's care: for whom, how it is counted and called, and the way on, if there is one."""

    roles: tuple[str, ...]
    count: Callable[[Tx], int]
    words: Callable[[int], str]
    way: LazyString | None = None
    endpoint: str = ""
    waits: bool = False
    """Whether it is something to do, and shown only while there is any."""


def _since() -> datetime:
    return datetime.now(UTC) - LATELY


def _people(n: int) -> str:
    return str(ngettext("person", "people", n))


KINDS = (
    Kind(
        (*KEEPERS, AUDITOR),
        reviews.count,
        lambda n: str(ngettext("thing to look at again", "things to look at again", n)),
        _("Look at them"),
        "rules.list_reviews",
        waits=True,
    ),
    Kind(
        KEEPERS,
        actors.count_unmatched,
        lambda n: str(ngettext("name that nobody knows", "names that nobody knows", n)),
        _("Say who they are"),
        "rules.list_actors",
        waits=True,
    ),
    Kind(
        KEEPERS,
        webhooks.count_given_up,
        lambda n: str(
            ngettext("other system that is told nothing any more", "other systems that are told nothing any more", n)
        ),
        _("See why"),
        "webhooks.listed",
        waits=True,
    ),
    Kind(
        (*KEEPERS, AUDITOR),
        lambda tx: people.count_accounts(tx, people.Wanted()),
        _people,
        _("See the people"),
        "people_list.listed",
    ),
    Kind(
        (MENTOR,),  # as many as their list shows
        lambda tx: people.count_accounts(tx, people.Wanted(LEARNER)),
        lambda n: str(ngettext("person whom I help", "people whom I help", n)),
        _("See them"),
        "people_list.listed",
    ),
    Kind(
        (*KEEPERS, AUDITOR),
        lambda tx: len(Units(tx).tree(days.today()).parents),
        lambda n: str(ngettext("unit", "units", n)),
        _("See the units"),
        "units.listed",
    ),
    Kind(
        (*KEEPERS, AUTHOR),
        versions.count_versions,
        lambda n: str(ngettext("lesson", "lessons", n)),
        _("Add a lesson"),
        "packages.new",
    ),
    Kind(
        (*KEEPERS, AUTHOR, AUDITOR),
        lambda tx: awards.count_since(tx, _since()),
        lambda n: str(ngettext("lesson was completed in 7 days", "lessons were completed in 7 days", n)),
    ),
    Kind(
        (AUDITOR,),
        lambda tx: deeds.count_since(tx, _since(), audit.LOOKED),
        lambda n: str(ngettext("look at who people are in 7 days", "looks at who people are in 7 days", n)),
        _("See the log"),
        "audit.listed",
    ),
)


def tiles(tx: Tx, role: str | None) -> list[Tile]:
    """Count what is in the care of a role; learners have nothing to look after."""
    counted = [(kind, kind.count(tx)) for kind in KINDS if role in kind.roles]
    return [_tile(kind, count) for kind, count in counted if count or not kind.waits]


def _tile(kind: Kind, count: int) -> Tile:
    return Tile(format_decimal(count), kind.words(count), kind.way, kind.endpoint)
