"""Reviews: awards that do not rest on the record, or on the rule, any more; a person says whether they stay."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from lrs.errors import NotFound
from lrs.people import audit
from storage import awards, remakings, reviews, rules, states
from storage.awards import AwardRow
from storage.database import Tx
from storage.reviews import KEPT, MET, TAKEN, ReviewRow
from storage.rules import VersionRow

MOST = 200


@dataclass(frozen=True, slots=True)
class Review:
    """A review, the award it is about, and the version by which that was given."""

    row: ReviewRow
    award: AwardRow
    version: VersionRow


def open(tx: Tx, most: int = MOST) -> list[Review]:  # noqa: A001 - `reviews.open(tx)` is what it lists
    """List what nobody has decided yet, the oldest first."""
    rows = reviews.undecided(tx, most)
    versions = {row.id: row for row in rules.versions(tx, {row.version_id for row in rows})}
    return [Review(row, _award(tx, row), versions[row.version_id]) for row in rows]


def decide(tx: Tx, review_id: UUID, decision: str, by: UUID, reason: str = "") -> str:
    """Let an award stay or take it back; whoever meets the rule again by now keeps it. Give back what became of it."""
    row = reviews.find(tx, review_id)
    if row is None:
        raise NotFound
    if row.decision is not None:
        return row.decision
    now, outcome = datetime.now(UTC), decision
    if decision == TAKEN and _meets(tx, row):
        outcome = MET
    if not reviews.decide(tx, review_id, outcome, by, now):
        return outcome
    if outcome == TAKEN:
        awards.take(tx, row.version_id, row.account_id, now)
        remakings.ask(tx, now, account_id=row.account_id)  # what is summed up from their awards is summed up again
    audit.note(tx, by, audit.REVIEWED, row.account_id, decision=outcome, **({"reason": reason} if reason else {}))
    return outcome


def _meets(tx: Tx, row: ReviewRow) -> bool:
    return states.meets(tx, row.version_id if row.cause == reviews.VOIDED else row.about, row.account_id)


def _award(tx: Tx, row: ReviewRow) -> AwardRow:
    return awards.find(tx, row.version_id, [row.account_id])[row.account_id]


__all__ = ["KEPT", "MET", "TAKEN", "Review", "decide", "open"]
