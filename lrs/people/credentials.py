"""Keys for other programs: the key selects the space, the secret is kept as a hash, the scopes say what it may do (docs/credentials.md)."""

import hmac
import json
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from lrs.access import ALL, PUBLISH, Caller, Key
from lrs.people import words
from lrs.people.keeper import keeper
from lrs.xapi import actors
from storage import credentials
from storage.credentials import CredentialRow
from storage.database import Tx

SCOPES = (
    "statements/write",
    "statements/read",
    "statements/read/mine",
    "state",
    "profile",
    "define",
    "all/read",
    ALL,
    PUBLISH,
)

SERVER = "server"
BROWSER = "browser"
LAUNCH = "launch"

BROWSER_RATE = 600
"""Requests a minute, for a key that everybody who opens a page can read."""

LAUNCH_LASTS = 4
"""Hours, at most."""

MAY: dict[str, tuple[str, ...]] = {
    SERVER: SCOPES,
    BROWSER: ("statements/write",),
    LAUNCH: ("statements/write", "statements/read/mine", "state", "profile"),
}
"""The scopes that a kind of key may have."""

_KEY = re.compile(r"[0-9a-f]{32}")
_ORIGIN = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
_USUAL_PORTS = {"http": ":80", "https": ":443"}


class UnknownScope(ValueError):
    """A scope that there is not, or that this kind of key cannot have."""


class NoOrigin(ValueError):
    """Something that no browser would send as the origin of a page."""


class TooLong(ValueError):
    """A launch key that would outlive its launch."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made; its secret is shown now and never again."""

    id: UUID
    key: str
    secret: str
    scopes: tuple[str, ...]
    expires: datetime | None


def create(tx: Tx, scopes: tuple[str, ...], days: int | None = None, *, rate: int | None = None) -> NewKey:
    """Make a key for a server."""
    return _make(tx, SERVER, scopes, _in(days=days), rate=rate)


def create_for_browsers(
    tx: Tx, origins: tuple[str, ...], days: int | None = None, *, rate: int | None = None
) -> NewKey:
    """Make a key for pages of some origins: everybody who opens them can read it, so it can only write statements."""
    return _make(tx, BROWSER, MAY[BROWSER], _in(days=days), rate=rate or BROWSER_RATE, origins=_origins(origins))


def launch(
    tx: Tx,
    actor: dict[str, Any],
    registration: UUID | None,
    origins: tuple[str, ...],
    hours: int = LAUNCH_LASTS,
) -> NewKey:
    """Make a key for one launch: for pages of some origins, in the name of one actor."""
    if not 0 < hours <= LAUNCH_LASTS:
        raise TooLong(f"{hours} hours")
    bound = actors.key(actor)
    if bound is None:
        raise ValueError("an actor without an identifier is nobody")
    made_for = {"origins": _origins(origins), "actor": bound, "registration": registration}
    return _make(tx, LAUNCH, MAY[LAUNCH], _in(hours=hours), rate=BROWSER_RATE, **made_for)


def origin(text: str) -> str:
    """Write an origin as browsers do: scheme, host, and the port where it is not the usual one."""
    found = _ORIGIN.fullmatch(text.lower())
    if found is None:
        raise NoOrigin(text)
    scheme, host, port = found[1], found[2], found[3] or ""
    return f"{scheme}://{host}{'' if port == _USUAL_PORTS[scheme] else port}"


def _origins(given: tuple[str, ...]) -> str:
    if not given:
        raise NoOrigin("none")
    return json.dumps(sorted({origin(each) for each in given}))


def _in(*, days: int | None = None, hours: int | None = None) -> datetime | None:
    if days is None and hours is None:
        return None
    return datetime.now(UTC) + timedelta(days=days or 0, hours=hours or 0)


def _make(tx: Tx, kind: str, scopes: tuple[str, ...], expires: datetime | None, **made_for: Any) -> NewKey:
    for scope in scopes:
        if scope not in MAY[kind]:
            raise UnknownScope(scope)
    made = NewKey(uuid4(), secrets.token_hex(16), words.new(), scopes, expires)
    row = CredentialRow(
        space_id=tx.space,
        id=made.id,
        key=made.key,
        secret_hash=words.digest(made.secret),
        scopes=json.dumps(scopes),
        created=datetime.now(UTC),
        expires=expires,
        revoked=None,
        kind=kind,
        **made_for,
    )
    credentials.add(tx, row)
    return made


def revoke(tx: Tx, key: str) -> bool:
    """Take a key back; this process forgets it at once. Say whether this space had it."""
    keeper().known.forget(key)
    return credentials.revoke(tx, key, datetime.now(UTC))


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
    return Caller(
        space_id=found.space_id,
        credential_id=found.id,
        scopes=frozenset(json.loads(found.scopes)),
        key=Key(
            expires=found.expires,
            rate=found.rate,
            origins=None if found.origins is None else frozenset(json.loads(found.origins)),
            actor=found.actor,
            registration=found.registration,
        ),
    )
