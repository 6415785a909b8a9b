"""The two tokens of a launch. A lesson can read both, so both are worth little by design (docs/isolation.md).

*Content*: in the path; one version, read-only, the same for a learner and a version all day: the browser's cache survives a relaunch.
*Attempt*: never in an address; this attempt alone, at most four hours.
"""

import hmac
import time
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from itsdangerous import BadData

from lrs.errors import NotFound, SignInNeeded
from lrs.keys import Keys

ATTEMPT_LASTS = 4 * 3600
_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Content:
    """May read one version's files."""

    space_id: int
    version: UUID


@dataclass(frozen=True, slots=True)
class Attempt:
    """May begin sessions of one attempt, and commit to it."""

    space_id: int
    slug: str
    attempt: UUID
    version: UUID


def content_token(keys: Keys, content: Content, account: UUID) -> str:
    """Write a content token: the same text for the same learner and version until midnight (UTC)."""
    learner = hmac.new(keys.key("learner in content token"), account.bytes, sha256).hexdigest()[:16]
    day = int(time.time()) // _DAY
    return keys.signer("content").dumps([content.space_id, content.version.hex, day, learner])


def read_content(keys: Keys, token: str, version: UUID) -> Content:
    """Read a content token that was made for this version today or yesterday: a lesson begun before midnight goes on."""
    try:
        space_id, named, day, _learner = keys.signer("content").loads(token)
    except (BadData, ValueError, TypeError):
        raise NotFound from None
    if named != version.hex or not 0 <= int(time.time()) // _DAY - day <= 1:
        raise NotFound
    return Content(space_id, version)


def attempt_token(keys: Keys, attempt: Attempt) -> str:
    """Write an attempt token."""
    ends = int(time.time()) + ATTEMPT_LASTS
    said = [attempt.space_id, attempt.slug, attempt.attempt.hex, attempt.version.hex, ends]
    return keys.signer("attempt").dumps(said)


def read_attempt(keys: Keys, token: str, version: UUID) -> Attempt:
    """Read an attempt token that still holds, for this version."""
    try:
        space_id, slug, attempt, named, ends = keys.signer("attempt").loads(token)
    except (BadData, ValueError, TypeError):
        raise SignInNeeded from None
    if named != version.hex or ends < time.time():
        raise SignInNeeded
    return Attempt(space_id, slug, UUID(attempt), version)
