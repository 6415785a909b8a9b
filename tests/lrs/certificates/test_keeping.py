"""The key of an installation is read once, again when it is another, and what is missing is said with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from lrs import config
from lrs.certificates import signing
from lrs.certificates.keeping import file_of, seal_of
from lrs.certificates.signing import NoSigningKey
from tests.lrs.certificates.papers import NOW

if TYPE_CHECKING:
    from pathlib import Path


def test_a_key_is_read_once_until_it_is_another(tmp_path: Path) -> None:
    ours = config.read({"HAIDANG_DATA": str(tmp_path)})
    with pytest.raises(NoSigningKey, match="haidang certificates key"):
        seal_of(ours)

    path = file_of(ours)
    assert path is not None
    signing.make(path, "Sở Mẫu", NOW)
    first = seal_of(ours)
    assert seal_of(ours) is first
    path.unlink()
    signing.make(path, "Sở Khác", NOW)

    assert seal_of(ours).name == "Sở Khác"


def test_a_passphrase_stands_in_a_file(tmp_path: Path) -> None:
    key, certificate = signing.own("Sở Mẫu", NOW)
    path, secret = tmp_path / "office.p12", tmp_path / "passphrase"
    locked = BestAvailableEncryption(b"a passphrase")
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"k", key, certificate, None, locked))
    ours = config.read({"HAIDANG_CERTIFICATE_KEY": str(path), "HAIDANG_CERTIFICATE_PASSPHRASE_FILE": str(secret)})

    with pytest.raises(NoSigningKey, match="passphrase"):
        seal_of(ours)
    secret.write_text("a passphrase\n")
    assert seal_of(ours).name == "Sở Mẫu"
