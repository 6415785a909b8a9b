"""Reviews: awards that do not rest on the record, or on the rule, any more; a person says whether they stay."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.errors import NotFound
from lrs.outcomes import giving
from lrs.people import audit
from storage import awards, remakings, reviews, rules, skill_badges, states
from storage.awards import AwardRow
from storage.database import Tx
from storage.reviews import KEPT, MET, TAKEN, ReviewRow
from storage.rules import VersionRow

MOST = 200

REASONS: dict[str, dict[str, LazyString]] = {
    KEPT: {
        "proven": _("This person has done it; there is other proof."),
        "mistake": _("What was taken back should not have been."),
        "fair": _("It was right when it was given."),
    },
    TAKEN: {
        "not-done": _("This person has not done it."),
        "given-wrongly": _("It was given by mistake."),
        "asked": _("This person asked for it."),
    },
}
"""Why: by names of things, since the log holds nothing that somebody could have written about a person."""


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
    """Let an award stay or take it back; whoever meets the rule again by now keeps it. Give back what became of it.

    With an award goes the certificate, which says why, and the badge of a skill, unless another version of the rule gives it all the same.
    """
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
        [version] = rules.versions(tx, [row.version_id])
        if not awards.holders(tx, version.rule_id, [row.account_id]):
            giving.withdraw(tx, version.rule_id, row.account_id, str(REASONS[TAKEN].get(reason, reason)), by)
            skill_badges.revoke(tx, row.account_id, version.rule_id, now)
        remakings.ask(tx, now, account_id=row.account_id)  # what is summed up from their awards is summed up again
    audit.note(tx, by, audit.REVIEWED, row.account_id, decision=outcome, **({"reason": reason} if reason else {}))
    return outcome


def _meets(tx: Tx, row: ReviewRow) -> bool:
    return states.meets(tx, row.version_id if row.cause == reviews.VOIDED else row.about, row.account_id)


def _award(tx: Tx, row: ReviewRow) -> AwardRow:
    return awards.find(tx, row.version_id, [row.account_id])[row.account_id]


__all__ = ["KEPT", "MET", "TAKEN", "Review", "decide", "open"]
