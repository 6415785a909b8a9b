"""Signatures as Standard Webhooks 1.0.0 has them, pure: a secret each address, HMAC-SHA256 over id, time and body."""

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256

_PREFIX = "whsec_"
_BYTES = 32
"""Between 24 and 64, Signature scheme."""


def new_secret() -> str:
    """Make a secret, as it is shown to whoever checks with it."""
    return _PREFIX + b64encode(secrets.token_bytes(_BYTES)).decode()


def headers(id_: str, seconds: int, body: bytes, signers: Iterable[str]) -> dict[str, str]:
    """Write the three fields; while a secret is changed, each of several signs (Webhook headers)."""
    signatures = [_signature(secret, f"{id_}.{seconds}.".encode() + body) for secret in signers]
    return {"webhook-id": id_, "webhook-timestamp": str(seconds), "webhook-signature": " ".join(signatures)}


def _signature(secret: str, content: bytes) -> str:
    key = b64decode(secret.removeprefix(_PREFIX))
    return f"v1,{b64encode(hmac.digest(key, content, sha256)).decode()}"
