"""What is signed holds for others too: pdfsig, pyHanko and the validator of PDF/A agree."""

from __future__ import annotations

import stat
from datetime import timedelta
from typing import TYPE_CHECKING

import page as validator
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from lrs.certificates import signing
from lrs.certificates.signing import NoSigningKey, Seal
from tests.lrs.certificates.papers import NOW, seal, signed_page
from tests.parts.hanko import finds_whole
from tests.parts.poppler import poppler

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_signed_page_is_still_for_archives_and_for_everybody(profile: str) -> None:
    assert validator.validate_pdf_bytes(signed_page(), profile=profile).failures == []


def test_pdfsig_finds_the_signature_valid(tmp_path: Path) -> None:
    said = poppler("pdfsig", signed_page(), tmp_path)

    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "Sở Mẫu" in said


def test_pdfsig_would_find_a_change(tmp_path: Path) -> None:
    pdf = signed_page()

    assert "Digest Mismatch" in poppler("pdfsig", pdf.replace(b"/Lang(vi)", b"/Lang(en)"), tmp_path)


def test_pyhanko_finds_it_whole_and_by_our_key() -> None:
    assert finds_whole(signed_page(), seal().certificate, NOW)


def pem(path: Path, key: object, certificate: object) -> Path:
    """Write a key and its certificate."""
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # type: ignore[attr-defined]
        + certificate.public_bytes(Encoding.PEM)  # type: ignore[attr-defined]
    )
    return path


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "certificates.pem"

    assert signing.make(path, "Sở Mẫu", NOW)
    first = path.read_bytes()
    assert not signing.make(path, "Sở Khác", NOW)

    assert path.read_bytes() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    made = Seal.load(path)
    assert (made.name, made.own) == ("Sở Mẫu", True)


def test_pkcs12_is_read_with_its_passphrase(tmp_path: Path) -> None:
    key, certificate = signing.own("Sở Mẫu", NOW)
    path = tmp_path / "office.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"k", key, certificate, None, BestAvailableEncryption("mở".encode()))
    )

    with pytest.raises(NoSigningKey):
        Seal.load(path, b"another")
    assert Seal.load(path, "mở".encode()).name == "Sở Mẫu"


def test_a_key_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSigningKey, match="haidang certificates key"):
        Seal.load(tmp_path / "none.pem")


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n"])
def test_what_is_no_key_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(content)

    with pytest.raises(NoSigningKey, match="cannot read"):
        Seal.load(path)


def test_a_certificate_of_another_key_is_refused(tmp_path: Path) -> None:
    _, certificate = signing.own("Sở Mẫu", NOW)

    with pytest.raises(NoSigningKey, match="not that of its key"):
        Seal.load(pem(tmp_path / "a.pem", ec.generate_private_key(ec.SECP256R1()), certificate))
    with pytest.raises(NoSigningKey, match="neither"):
        Seal.load(pem(tmp_path / "b.pem", ed25519.Ed25519PrivateKey.generate(), certificate))
    with pytest.raises(NoSigningKey, match="not that of its key"):
        Seal.load(pem(tmp_path / "c.pem", rsa.generate_private_key(65537, 2048), certificate))


@pytest.mark.parametrize("moment", [NOW - timedelta(days=1), NOW + timedelta(days=3)])
def test_nothing_is_signed_outside_of_the_certificates_days(moment: object) -> None:
    made = Seal.of(*signing.own("Sở Mẫu", NOW, timedelta(days=2)), [])

    with pytest.raises(NoSigningKey, match="get a new one"):
        made.sign(b"never looked at", "x", moment)  # type: ignore[arg-type]
