"""What a statement shows, in words: the day, what was done or who confirmed it, and the score or the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from lrs.outcomes.rules import facts
from lrs.outcomes.rules.evaluate import MINUTE
from lrs.outcomes.rules.facts import Fact, Kept
from lrs.outcomes.rules.language import ADL, COMPLETED, CONFIRM, PASSED, TERMINATED
from lrs.outcomes.rules.sentence import ROLES, Names
from lrs.outcomes.rules.words import Words, quoted
from lrs.outcomes.rules.words import marked as _
from storage import confirmers, credentials, history
from storage.database import Tx
from storage.statements import StatementRow


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence."""

    id: UUID
    day: date
    says: str


_DONE = {
    COMPLETED: _("completed %(what)s"),
    PASSED: _("passed %(what)s"),
    ADL + "answered": _("answered %(what)s"),
    ADL + "scored": _("scored in %(what)s"),
    TERMINATED: _("learnt with %(what)s"),
    ADL + "suspended": _("learnt with %(what)s"),
}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
"""What every zone can say: a day more, and elsewhere it is no year of any calendar."""
_OTHERWISE = _("did something with %(what)s")
_SOMEBODY = _("somebody else")


def shown(tx: Tx, ids: Sequence[UUID], zone: ZoneInfo, words: Words, names: Names) -> dict[UUID, Shown]:
    """Say what some statements show; one that is not in the record any more is left out."""
    rows, found = history.some(tx, ids), {}
    roles = confirmers.roles(tx, [each for each, row in rows.items() if row.verb == CONFIRM])
    for each, row in rows.items():
        day = row.stored.astimezone(zone).date()
        found[each] = Shown(each, day, f"{words.day(day)}: {_says(row, roles.get(each), words, names)}")
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of evidence, and the statement behind it: what it claims, and what the record knows of it."""

    shown: Shown
    activity: str
    """What it was about, as an address; empty where it was about a person."""
    provenance: str
    key: str
    """The key with which it came, if it came with one."""
    happened: datetime
    stored: datetime
    text: str
    """The statement as it is kept, in lines."""


def told(tx: Tx, piece: Shown) -> Told | None:
    """Tell of the statement behind a piece of evidence; nothing, if it is not in the record any more."""
    row = history.some(tx, [piece.id]).get(piece.id)
    if row is None:
        return None
    fact = next(iter(facts.of(orjson.loads(row.payload), _kept(row)).facts), None)
    at = row.stored if fact is None else _EPOCH + timedelta(microseconds=fact.timestamp)
    happened = min(max(at, _FIRST), _LAST)
    text = orjson.dumps(orjson.loads(row.payload), option=orjson.OPT_INDENT_2).decode()
    names = {} if row.credential_id is None else credentials.names(tx, [row.credential_id])
    key = "" if row.credential_id is None else names.get(row.credential_id, "")
    return Told(piece, row.activity or "", row.provenance, key, happened, row.stored, text)


def _kept(row: StatementRow) -> Kept:
    return Kept(row.id, row.stored, row.provenance, row.credential_id)


def _says(row: StatementRow, role: str | None, words: Words, names: Names) -> str:
    found = facts.of(orjson.loads(row.payload), _kept(row)).facts
    if len(found) > 1:
        what = names.activities.get(found[1].activity or "")
        who = words.gettext(ROLES.get(role or "", _SOMEBODY))
        if what is None:
            return words.gettext("confirmed by %(who)s", who=who)
        return words.gettext("confirmed by %(who)s for %(what)s", who=who, what=quoted(what))
    return "".join(_of(found[0], words, names)) if found else ""


def _of(fact: Fact, words: Words, names: Names) -> list[str]:
    activity = fact.activity or ""
    what = quoted(names.activities.get(activity, activity))
    said = [words.gettext(_DONE.get(fact.verb, _OTHERWISE), what=what)]
    if fact.score is not None:
        said.append(f", {words.percent(max(fact.score, 0.0))}")
    if fact.duration is not None:
        said.append(f", {words.span(fact.duration // MINUTE)}")
    return said
