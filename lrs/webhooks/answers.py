"""What the answer of another system means, pure: a table (docs/webhooks.md, Once, and never none)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

NO_NAME, FORBIDDEN, AWAY, SLOW, TLS, BROKEN = "no_name", "forbidden", "away", "slow", "tls", "broken"
"""Why there is no answer at all."""

DONE, GONE, MOVED, DENIED, NOWHERE, BUSY, TROUBLE, REFUSED = (
    "delivered",
    "gone",
    "moved",
    "denied",
    "nowhere",
    "busy",
    "trouble",
    "refused",
)

_OF_STATUS = {
    401: DENIED,
    403: DENIED,
    404: NOWHERE,
    405: NOWHERE,
    408: BUSY,
    410: GONE,
    421: NOWHERE,
    425: BUSY,
    429: BUSY,
}
_OF_HUNDREDS = {2: DONE, 3: MOVED, 4: REFUSED, 5: TROUBLE}

ALONE = frozenset({REFUSED})
"""What says that one event is not wanted; everything else that fails is about the address, and lets all of it rest."""

_FIRST, _FIRST_ALONE, _LONGEST = 5.0, 60.0, 3600.0
_MOST = 86400.0


@dataclass(frozen=True, slots=True)
class Answer:
    """How an attempt ended: in one word, with the status if there was one, and how long we are asked to wait."""

    word: str
    status: int | None = None
    wait: float = 0.0


def meaning(status: int, retry_after: str, now: datetime) -> Answer:
    """Tell what a status means."""
    word = _OF_STATUS.get(status) or _OF_HUNDREDS.get(status // 100, BROKEN)
    return Answer(word, status, _seconds(retry_after, now))


def rest(answer: Answer, failures: int) -> float:
    """Tell how many seconds to wait after so many failures in a row: twice as long each time, and as long as we are asked to."""
    first = _FIRST_ALONE if answer.word in ALONE else _FIRST
    return max(min(first * 2.0 ** min(failures - 1, 30), _LONGEST), min(answer.wait, _MOST))


def _seconds(text: str, now: datetime) -> float:
    """Read `Retry-After` (RFC 9110 10.2.3): seconds, or a moment; nonsense asks nothing."""
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return 0.0
    until = until.replace(tzinfo=until.tzinfo or UTC)
    return max(0.0, (until - now).total_seconds())
