"""Writing down who did what to whom (docs/people.md): by the names of things, never by anybody's name."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import orjson

from storage import audit
from storage.audit import DeedRow
from storage.database import Tx

LOOKED, ADDED, CHANGED, ROLE, CLOSED, OPENED = (
    "identity.looked",
    "account.added",
    "identity.changed",
    "account.role",
    "account.closed",
    "account.opened",
)
CAME_BY_LINK = "link.used"
LINK, PASSWORD, ENDED, SIGNED_IN = "link.made", "password.set", "sessions.ended", "signed.in"
UNIT_MADE, UNIT_MOVED, UNIT_ENDED, UNIT_RENAMED = "unit.made", "unit.moved", "unit.ended", "unit.renamed"
JOINED = "unit.joined"
SPACE_CHANGED = "space.changed"
MAILED, ASKED, HURRIED = "link.mailed", "link.asked", "letters.hurried"
REGISTERED, CLAIMED, DOORS = "account.registered", "progress.claimed", "registering.set"
LESSON_OPENED, LESSON_CLOSED, LESSON_TAGGED = "lesson.opened", "lesson.closed", "lesson.tagged"
COURSE_MADE, COURSE_PUBLISHED, COURSE_OPENED, COURSE_CLOSED = (
    "course.made",
    "course.published",
    "course.opened",
    "course.closed",
)
CODE_GIVEN, CODE_TAKEN, BATCH_MADE, BATCH_CHANGED = "course.code", "course.no-code", "batch.made", "batch.changed"
ENROLLED, COURSE_LEFT, EXPORTED = "course.enrolled", "course.left", "course.exported"
KEY_MADE, KEY_REVOKED = "key.made", "key.revoked"
REVIEWED, CONFIRMED = "award.reviewed", "learner.confirmed"
ACTOR_KNOWN, ACTOR_PASSED, ACTOR_FORGOTTEN = "actor.known", "actor.passed", "actor.forgotten"
RULE_ADDED, RULE_CHANGED = "rule.added", "rule.changed"
RULE_ENDED, RULE_RESUMED = "rule.ended", "rule.resumed"
SKILLS_CHANGED, SKILLS_TAKEN = "skills.changed", "skills.exported"
RULE_PAPER, PAPERS_TAKEN = "rule.certificate", "certificate.exported"
ISSUING_ROTATED, ISSUING_WITHDRAWN = "issuing.rotated", "issuing.withdrawn"
TEMPLATE = "certificate.template"
WEBHOOK_ADDED, WEBHOOK_CHANGED, WEBHOOK_REMOVED = "webhook.added", "webhook.changed", "webhook.removed"
WEBHOOK_PAUSED, WEBHOOK_RESUMED, WEBHOOK_ROTATED = "webhook.paused", "webhook.resumed", "webhook.rotated"
WEBHOOK_GIVEN_UP, CONTACT_TOLD = "webhook.given-up", "identity.told"
TAKEN_BACK, NAMED_ANEW = "certificate.revoked", "certificate.renamed"
PAPER_LINK, PAPER_LINKS_ENDED, PAPER_SENT = "certificate.link", "certificate.links-ended", "certificate.sent"
PAPERS_ASKED = "certificate.job"


def note(tx: Tx, actor: UUID | None, act: str, subject: UUID | None = None, **detail: object) -> None:
    """Write one deed down, in the transaction that does it."""
    audit.add(tx, [_deed(actor, act, subject, detail)])


def note_look(tx: Tx, actor: UUID | None, subjects: Iterable[UUID], why: str) -> None:
    """Write down that somebody was shown who these people are."""
    seen = [str(each) for each in subjects]
    if seen:
        audit.add(tx, [_deed(actor, LOOKED, UUID(seen[0]) if len(seen) == 1 else None, {"at": why, "accounts": seen})])


def _deed(actor: UUID | None, act: str, subject: UUID | None, detail: dict[str, object]) -> DeedRow:
    return DeedRow(uuid4(), datetime.now(UTC), actor, act, subject, orjson.dumps(detail).decode())
