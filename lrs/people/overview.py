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
from storage import audit as deeds
from storage import awards, people, versions
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


def _since() -> datetime:
    return datetime.now(UTC) - LATELY


def _people(n: int) -> str:
    return str(ngettext("person", "people", n))


KINDS = (
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
    return [_tile(tx, kind) for kind in KINDS if role in kind.roles]


def _tile(tx: Tx, kind: Kind) -> Tile:
    count = kind.count(tx)
    return Tile(format_decimal(count), kind.words(count), kind.way, kind.endpoint)
