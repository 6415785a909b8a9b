"""The kinds of events that other systems are told of, and how long each is worth telling, pure (docs/webhooks.md)."""

from datetime import timedelta

REMINDER, AWARD, COURSE = "reminder.due", "award.given", "course.completed"
ISSUED, REVOKED = "certificate.issued", "certificate.revoked"
TEST = "webhook.test"

EVENTS = (REMINDER, AWARD, COURSE, ISSUED, REVOKED)
"""What an address can ask for."""

_PATIENCE = {REMINDER: timedelta(days=1), TEST: timedelta(hours=1)}


def patience(event: str) -> timedelta:
    """Tell for how long an event is worth telling."""
    return _PATIENCE.get(event, timedelta(days=3))
