"""Sealing: identities as texts that nobody reads without a key, and blind indexes by which they are found all the same (docs/people.md).

The keys stand in a file, one a line, the newest first; the first seals, all of them open.
"""

import fcntl
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lrs.keys import SecretMissing

_BYTES = 32
_NONCE = 12
_BLIND = 16


class NotOurs(Exception):
    """A sealed text does not open: it belongs to another account, was changed, or its key has been taken out of the file."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key, and what is derived from it, one for each space and purpose."""

    id: int
    secret: bytes

    def of(self, space: int, purpose: str) -> bytes:
        """Derive the key of one purpose in one space."""
        return _derived(self.secret, space, purpose)


@lru_cache(maxsize=4096)
def _derived(secret: bytes, space: int, purpose: str) -> bytes:
    return hmac.digest(secret, f"haidang identity {space} {purpose}".encode(), sha256)


class KeyRing:
    """The keys of an installation. Nothing is read before one is asked for, and again when the file is another."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int], tuple[Key, ...]] | None = None

    @property
    def keys(self) -> tuple[Key, ...]:
        """List the keys, the newest first."""
        try:
            status = self.path.stat()
            seen = status.st_mtime_ns, status.st_ino
            if self._read is None or self._read[0] != seen:
                self._read = seen, _parsed(self.path.read_text("ascii"))
        except (OSError, ValueError) as error:
            raise SecretMissing(f"cannot read the keys of identities in {self.path}") from error
        return self._read[1]

    @property
    def fingerprints(self) -> list[str]:
        """Name the keys without giving anything of them away: a backup carries that."""
        return [hmac.digest(key.secret, b"haidang identity fingerprint", sha256).hex()[:32] for key in self.keys]

    @property
    def newest(self) -> Key:
        """The key that seals."""
        return self.keys[0]

    def seal(self, space: int, account: UUID, text: bytes) -> tuple[int, bytes]:
        """Seal a text for one account; give the key's number with it."""
        key, nonce = self.newest, secrets.token_bytes(_NONCE)
        sealed = AESGCM(key.of(space, "sealed")).encrypt(nonce, text, _bound(space, account))
        return key.id, nonce + sealed

    def open(self, space: int, account: UUID, key_id: int, sealed: bytes) -> bytes:
        """Open what was sealed for this account."""
        key = next((key for key in self.keys if key.id == key_id), None)
        if key is None:
            raise NotOurs(f"key {key_id} is not in {self.path}")
        try:
            return AESGCM(key.of(space, "sealed")).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(space, account))
        except (InvalidTag, ValueError):
            raise NotOurs("it was sealed for another account, or changed") from None

    def blind(self, space: int, kind: str, value: str) -> bytes:
        """Make the index by which a value is kept."""
        return _blind(self.newest, space, kind, value)

    def blinds(self, space: int, kind: str, value: str) -> list[bytes]:
        """List the indexes by which a value may be kept, while keys are changed."""
        return [_blind(key, space, kind, value) for key in self.keys]

    def tokens(self, space: int, words: Iterable[str]) -> set[bytes]:
        """Make the indexes of a name's words."""
        return {_blind(self.newest, space, "name", word) for word in words}


def _blind(key: Key, space: int, kind: str, value: str) -> bytes:
    return hmac.digest(key.of(space, f"blind {kind}"), value.encode(), sha256)[:_BLIND]


def _bound(space: int, account: UUID) -> bytes:
    return f"{space} {account}".encode()


def _parsed(text: str) -> tuple[Key, ...]:
    found = []
    for line in text.split("\n"):
        if line.strip():
            number, secret = line.split()
            found.append(Key(int(number), bytes.fromhex(secret)))
    if not found or any(len(key.secret) != _BYTES for key in found) or len({key.id for key in found}) < len(found):
        raise ValueError("each line is a number of its own and 32 bytes as hex digits")
    return tuple(found)


def make(path: Path) -> bool:
    """Make the first key where there is none; say whether it was made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return False
    with _alone(path):
        if path.exists():
            return False
        _write(path, [Key(1, secrets.token_bytes(_BYTES))])
    return True


def add(path: Path) -> Key:
    """Put a new key on top."""
    with _alone(path):
        keys = _parsed(path.read_text("ascii"))
        new = Key(max(key.id for key in keys) + 1, secrets.token_bytes(_BYTES))
        _write(path, [new, *keys])
    return new


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a file's keys for oneself while they are changed."""
    lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _write(path: Path, keys: Iterable[Key]) -> None:
    """Write all keys anew, whole or not at all, readable by their owner alone."""
    text = "".join(f"{key.id} {key.secret.hex()}\n" for key in keys)
    new = path.with_name(f"{path.name}.new")
    with suppress(FileNotFoundError):
        new.unlink()
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
