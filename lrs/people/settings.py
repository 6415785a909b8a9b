"""What a space decides for itself: its name, its languages, its time zone, its emblem. Read at the edge, noted when it changes."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _

from lrs.catalogue import LANGUAGES
from lrs.people import audit
from lrs.people.emblem import Emblem
from lrs.people.identity import NotUnderstood, line
from storage import emblems, spaces
from storage.database import Tx
from storage.emblems import EmblemRow
from storage.spaces import Settings

NEAR = ("Asia/", "Australia/", "Europe/", "UTC")
"""Where the zones lie that a form offers; any other that there is can be typed."""


@cache
def zones() -> tuple[str, ...]:
    """List the time zones that are offered."""
    return tuple(sorted(zone for zone in available_timezones() if zone.startswith(NEAR)))


def read(given: Mapping[str, str], languages: list[str]) -> Settings:
    """Read what a form or a command says; NotUnderstood names the field."""
    name = line("name", given.get("name", ""))
    if not name:
        raise NotUnderstood("name", _("A space needs a name."))
    offered = tuple(each for each in LANGUAGES if each in languages)
    if not offered:
        raise NotUnderstood("languages", _("Choose at least one language."))
    language = given.get("language", "")
    if language not in offered:
        raise NotUnderstood("language", _("Choose one of the languages that this space speaks."))
    zone = given.get("zone", "").strip()
    if zone not in available_timezones():
        raise NotUnderstood("zone", _("There is no such time zone. One looks like Asia/Ho_Chi_Minh."))
    return Settings(name, language, offered, zone)


def change(tx: Tx, actor: UUID | None, settings: Settings) -> None:
    """Let the space be so, and note what is different."""
    before, after = asdict(spaces.own(tx).settings), asdict(settings)
    changed = sorted(field for field, value in after.items() if value != before[field])
    if changed:
        spaces.change(tx, settings)
        audit.note(tx, actor, audit.SPACE_CHANGED, fields=changed)


def set_emblem(tx: Tx, actor: UUID | None, emblem: Emblem | None) -> None:
    """Let a picture stand before the name of the space, or none."""
    spaces.set_emblem(
        tx, None if emblem is None else emblem.digest
    )  # first: whoever presses at the same time waits here
    emblems.put(tx, None if emblem is None else EmblemRow(emblem.digest, emblem.type, emblem.content))
    audit.note(tx, actor, audit.SPACE_CHANGED, fields=["emblem"])
