"""SoftHSM: tokens of PKCS#11 in a folder, made by its own program, with keys and certificates for the tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11 import Attribute
from pkcs11.util.x509 import decode_x509_certificate

from tests.parts.left_out import MissingPartError, or_left_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography import x509

    from lrs.certificates.signing import Private

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "573910"


def find_softhsm() -> str:
    """Find it; MissingPartError says what to install."""
    found = shutil.which("softhsm2-util")
    if found is None or not MODULE.exists():
        raise MissingPartError("no softhsm2-util and its module: install Debian's package softhsm2")
    return found


class Tokens:
    """A drawer of tokens."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "tokens"
        self.folder.mkdir()
        self.settings = folder / "softhsm2.conf"
        self.settings.write_text(
            f"directories.tokendir = {self.folder}\nlog.level = ERROR\nlibrary.reset_on_fork = true\n"
        )
        self.pin = folder / "pin"
        self.pin.write_text(f"{PIN}\n")

    def make(self, token: str, key: Private, *certificates: x509.Certificate, label: str = "certificates") -> None:
        """Make a token that holds a key with its certificate, and those above it."""
        path = self.folder.parent / "key.pem"
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        self.run("--init-token", "--free", "--label", token, "--so-pin", PIN, "--pin", PIN)
        self.run("--import", path, "--token", token, "--label", label, "--id", "01", "--pin", PIN)
        path.unlink()
        pkcs11.unload(str(MODULE))
        with pkcs11.lib(str(MODULE)).get_token(token_label=token).open(rw=True, user_pin=PIN) as session:
            for at, each in enumerate(certificates, 1):
                said = decode_x509_certificate(each.public_bytes(Encoding.DER))
                said |= {Attribute.TOKEN: True, Attribute.LABEL: f"{label}{at}", Attribute.ID: bytes([at])}
                session.create_object(said)
        pkcs11.unload(str(MODULE))

    def run(self, *words: str | Path) -> None:
        """Run SoftHSM's program."""
        subprocess.run([find_softhsm(), *words], check=True, capture_output=True)

    def uri(self, token: str, key: str = "object=certificates") -> str:
        """Name a key of a token."""
        return f"pkcs11:token={token};{key}?module-path={MODULE}&pin-source=file:{self.pin}"

    def take_away(self) -> None:
        """Pull all of them out."""
        self.folder.rename(self.folder.with_name("elsewhere"))
        self.folder.mkdir()

    def put_back(self) -> None:
        """Put them in again."""
        self.folder.rmdir()
        self.folder.with_name("elsewhere").rename(self.folder)


@pytest.fixture
def tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tokens]:
    """Give a drawer in which nothing lies yet."""
    with or_left_out():
        find_softhsm()
    drawer = Tokens(tmp_path)
    monkeypatch.setenv("SOFTHSM2_CONF", str(drawer.settings))
    yield drawer
    pkcs11.unload(str(MODULE))
