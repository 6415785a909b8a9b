"""The keys that a space signs certificates with: made when they are first needed, kept sealed, and told to everybody by half."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lrs.keys import Keys, SecretMissing
from storage import issuing
from storage.database import Tx
from storage.issuing import KeyRow

_PURPOSE = "issuing keys"
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs."""

    private: Ed25519PrivateKey
    public: bytes


def signer(tx: Tx, keys: Keys) -> Signer:
    """Give the key that signs now; make one where there is none, for which the transaction must be one that writes."""
    row = _signing(tx) or _made(tx, keys)
    return open_sealed(tx.space, keys, row)


def exists(tx: Tx) -> bool:
    """Tell whether there is a key that signs."""
    return _signing(tx) is not None


def rotate(tx: Tx, keys: Keys) -> KeyRow:
    """Make a new key, and let no older one sign any more."""
    issuing.retire(tx, datetime.now(UTC))
    return _made(tx, keys)


def open_sealed(space: int | None, keys: Keys, row: KeyRow) -> Signer:
    """Open a key; SecretMissing if it was sealed by another installation, or changed."""
    try:
        plain = AESGCM(keys.key(_PURPOSE)).decrypt(row.sealed[:_NONCE], row.sealed[_NONCE:], _bound(space, row.public))
    except (InvalidTag, ValueError):
        raise SecretMissing(f"issuing key {row.number} was sealed with another secret than {keys.path}") from None
    return Signer(Ed25519PrivateKey.from_private_bytes(plain), row.public)


def _signing(tx: Tx) -> KeyRow | None:
    return next((row for row in issuing.keys(tx) if row.retired is None), None)


def _made(tx: Tx, keys: Keys) -> KeyRow:
    private = Ed25519PrivateKey.generate()
    public, nonce = private.public_key().public_bytes_raw(), secrets.token_bytes(_NONCE)
    sealed = nonce + AESGCM(keys.key(_PURPOSE)).encrypt(nonce, private.private_bytes_raw(), _bound(tx.space, public))
    number = max((row.number for row in issuing.keys(tx)), default=0) + 1
    row = KeyRow(number, public, sealed, datetime.now(UTC))
    issuing.put(tx, row)
    return _signing(tx) or row  # somebody else may have made one at the same moment


def _bound(space: int | None, public: bytes) -> bytes:
    return f"{space} {public.hex()}".encode()
