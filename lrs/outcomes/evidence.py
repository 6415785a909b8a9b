"""What a statement shows, in words: the day, what was done or who confirmed it, and the score or the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
from storage import confirmers, history
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


def _says(row: StatementRow, role: str | None, words: Words, names: Names) -> str:
    told = facts.of(orjson.loads(row.payload), Kept(row.id, row.stored, row.provenance, row.credential_id))
    if len(told.facts) > 1:
        what = names.activities.get(told.facts[1].activity or "")
        who = words.gettext(ROLES.get(role or "", _SOMEBODY))
        if what is None:
            return words.gettext("confirmed by %(who)s", who=who)
        return words.gettext("confirmed by %(who)s for %(what)s", who=who, what=quoted(what))
    return "".join(_of(told.facts[0], words, names)) if told.facts else ""


def _of(fact: Fact, words: Words, names: Names) -> list[str]:
    activity = fact.activity or ""
    what = quoted(names.activities.get(activity, activity))
    said = [words.gettext(_DONE.get(fact.verb, _OTHERWISE), what=what)]
    if fact.score is not None:
        said.append(f", {words.percent(max(fact.score, 0.0))}")
    if fact.duration is not None:
        said.append(f", {words.span(fact.duration // MINUTE)}")
    return said
