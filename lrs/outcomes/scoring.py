"""The one score that a rule asks for, as it is printed on a certificate: which rules have one, and what somebody's was."""

from collections.abc import Collection, Mapping
from uuid import UUID

import orjson

from lrs.outcomes.in_force import Followed
from lrs.outcomes.rules import facts, language
from lrs.outcomes.rules.facts import Fact, Kept
from lrs.outcomes.rules.language import Score
from lrs.outcomes.rules.words import words
from storage import history
from storage.database import Tx
from storage.statements import StatementRow


def scored(version: Followed) -> str | None:
    """Name the activity whose score a rule asks for; of several nobody could say which is meant."""
    named = {
        activity
        for _, leaf in language.leaves(version.plan.rule)
        if isinstance(leaf, Score)
        for activity in leaf.selection.activities or ()
    }
    return next(iter(named)) if len(named) == 1 else None


def printed(tx: Tx, activity: str, evidence: Mapping[UUID, Collection[UUID]], tongue: str) -> dict[UUID, str]:
    """Write for some people the best score in an activity among their statements; nothing if there is none."""
    rows = history.some(tx, {each for ids in evidence.values() for each in ids})
    scores = {each: [fact.score for fact in _facts(row) if fact.activity == activity] for each, row in rows.items()}
    made = {}
    for who, ids in evidence.items():
        found = [score for each in ids for score in scores.get(each, ()) if score is not None]
        made[who] = words(tongue).percent(max(found)) if found else ""
    return made


def _facts(row: StatementRow) -> tuple[Fact, ...]:
    return facts.of(orjson.loads(row.payload), Kept(row.id, row.stored, row.provenance, row.credential_id)).facts
