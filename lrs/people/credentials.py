"""Keys for other programs: the key selects the space, the secret is kept as a hash, the scopes say what it may do (xAPI 6.4.2)."""

import hmac
import json
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from lrs.access import Caller
from lrs.people import words
from storage import credentials
from storage.database import Tx

SCOPES = (
    "statements/write",
    "statements/read",
    "statements/read/mine",
    "state",
    "profile",
    "define",
    "all/read",
    "all",
)

_KEY = re.compile(r"[0-9a-f]{32}")


class UnknownScope(ValueError):
    """A scope that xAPI does not name."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made; its secret is shown now and never again."""

    id: UUID
    key: str
    secret: str
    scopes: tuple[str, ...]
    expires: datetime | None


def create(tx: Tx, scopes: tuple[str, ...], days: int | None = None) -> NewKey:
    """Make a key for this space."""
    for scope in scopes:
        if scope not in SCOPES:
            raise UnknownScope(scope)
    now = datetime.now(UTC)
    expires = now + timedelta(days=days) if days is not None else None
    made = NewKey(uuid4(), secrets.token_hex(16), words.new(), scopes, expires)
    kept = credentials.CredentialRow(
        space_id=tx.space,
        id=made.id,
        key=made.key,
        secret_hash=words.digest(made.secret),
        scopes=json.dumps(scopes),
        created=now,
        expires=expires,
        revoked=None,
        kind="server",
    )
    credentials.add(tx, kept)
    return made


def is_key(text: str) -> bool:
    """Tell whether this has the form of a key: nothing else is looked up."""
    return bool(_KEY.fullmatch(text))


def caller_of(tx: Tx, key: str, secret: str) -> Caller | None:
    """Tell which program this is; a wrong key takes as long as a wrong secret."""
    found = credentials.find(tx, key)
    expected = found.secret_hash if found is not None else bytes(32)
    right = hmac.compare_digest(words.digest(secret), expected)
    if found is None or not right or found.revoked is not None:
        return None
    if found.expires is not None and found.expires <= datetime.now(UTC):
        return None
    return Caller(space_id=found.space_id, credential_id=found.id, scopes=frozenset(json.loads(found.scopes)))
