"""A key is made once by a command, and the doctor knows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lrs.certificates import signing
from lrs.diagnosis import examine

if TYPE_CHECKING:
    from lrs.diagnosis import Finding
    from tests.parts.installations import Installation


def looked(installation: Installation) -> Finding:
    """Ask the doctor about certificates."""
    return next(each for each in examine(installation.services) if each.part == "certificates")


def test_a_key_is_made_once(embedded: Installation) -> None:
    assert "nothing signs them" in looked(embedded).seen

    made = embedded.haidang("certificates", "key", "--name", "Sở Mẫu")
    again = embedded.haidang("certificates", "key", "--name", "Sở Khác")

    assert (made["made"], made["name"], made["own"]) == (True, "Sở Mẫu", True)
    assert (again["made"], again["name"]) == (False, "Sở Mẫu")
    assert "for whom nobody else vouches" in looked(embedded).seen


def keep(installation: Installation, lasts: timedelta) -> None:
    """Put a key in place whose certificate lasts so long."""
    path = installation.services.config.certificate_key
    path.parent.mkdir(parents=True, exist_ok=True)
    key, certificate = signing.own("Sở Mẫu", datetime.now(UTC) - timedelta(days=100), lasts)
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )


def test_the_doctor_says_when_a_certificate_ends_soon_and_when_it_has(embedded: Installation) -> None:
    keep(embedded, timedelta(days=110))
    soon = looked(embedded)
    keep(embedded, timedelta(days=90))
    over = looked(embedded)

    assert (soon.fine, soon.warning) == (True, True)
    assert "get another certificate" in soon.advice
    assert not over.fine
    assert "HAIDANG_CERTIFICATE_KEY" in over.advice


def test_what_is_no_key_is_not_fine(embedded: Installation) -> None:
    path = embedded.services.config.certificate_key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("no key")

    assert not looked(embedded).fine
    assert embedded.haidang("doctor", code=1)["well"] is False
