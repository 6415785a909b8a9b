"""The secret of an installation, and the keys derived from it: one for each purpose, so that none can be used for another."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from itsdangerous import URLSafeSerializer

_BYTES = 32


class SecretMissing(Exception):
    """There is no secret yet, or it cannot be read; `haidang migrate` makes one."""


@dataclass(frozen=True)
class Keys:
    """Keys by purpose. Nothing is read before the first one is asked for."""

    path: Path

    @cached_property
    def _secret(self) -> bytes:
        try:
            secret = bytes.fromhex(self.path.read_text("ascii").strip())
        except (OSError, ValueError) as error:
            raise SecretMissing(f"cannot read the secret in {self.path}") from error
        if len(secret) != _BYTES:
            raise SecretMissing(f"the secret in {self.path} is not {_BYTES} bytes as hex digits")
        return secret

    def key(self, purpose: str) -> bytes:
        """Derive the key of one purpose."""
        return hmac.digest(self._secret, f"haidang {purpose}".encode(), hashlib.sha256)

    def signer(self, purpose: str) -> URLSafeSerializer:
        """Sign small values for one purpose; the same value always gives the same text."""
        return URLSafeSerializer(
            self.key(purpose),
            salt=purpose,
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )

    @property
    def fingerprint(self) -> str:
        """Name this secret without giving anything of it away: a backup carries it."""
        return self.key("fingerprint").hex()[:32]


def make(path: Path) -> bool:
    """Make the secret where there is none, readable by its owner alone; say whether it was made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True
