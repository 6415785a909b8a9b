"""A key is made once by a command, and the doctor knows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lrs.certificates import keeping, signing
from lrs.certificates.drawing import NotSigned, paper
from lrs.certificates.pages import prepared
from lrs.certificates.signed import check
from lrs.commands import enter
from lrs.diagnosis import examine
from lrs.token_uri import TokenUri
from tests.lrs.certificates.issued import issued

if TYPE_CHECKING:
    from pathlib import Path

    from lrs.diagnosis import Finding
    from lrs.services import Services
    from storage.certificates import CertificateRow
    from tests.parts.installations import Installation
    from tests.parts.softhsm import Tokens


def looked(installation: Installation, parts: Services | None = None) -> Finding:
    """Ask the doctor about certificates."""
    return next(each for each in examine(parts or installation.services) if each.part == "certificates")


def test_a_key_is_made_once(embedded: Installation) -> None:
    assert "nothing signs them" in looked(embedded).seen

    made = embedded.haidang("certificates", "key", "--name", "Sở Mẫu")
    again = embedded.haidang("certificates", "key", "--name", "Sở Khác")

    assert (made["made"], made["name"], made["own"]) == (True, "Sở Mẫu", True)
    assert (again["made"], again["name"]) == (False, "Sở Mẫu")
    assert "for whom nobody else vouches" in looked(embedded).seen


def file_of(installation: Installation) -> Path:
    """Tell where the key is."""
    path = keeping.file_of(installation.services.config)
    assert path is not None
    return path


def keep(installation: Installation, lasts: timedelta) -> None:
    """Put a key in place whose certificate lasts so long."""
    path = file_of(installation)
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
    path = file_of(embedded)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("no key")

    assert not looked(embedded).fine
    assert embedded.haidang("doctor", code=1)["well"] is False


def test_the_doctor_asks_the_token_and_drawing_says_when_it_is_away(embedded: Installation, tokens: Tokens) -> None:
    now = datetime.now(UTC)
    key, certificate = signing.own("Sở Mẫu", now)
    tokens.make("Office", key, certificate)
    of_token = replace(embedded.services.config, certificate_key=TokenUri.read(tokens.uri("Office")))
    parts = replace(embedded.services, config=of_token)
    first, second = (issued(embedded, embedded.person("learner").account) for _ in range(2))

    with embedded.app.app_context():
        enter("haiphong")

        def drawn(row: CertificateRow) -> bytes:
            return paper(parts, 1, row, partial(prepared, row))

        assert check(drawn(first), [[certificate]]) == certificate
        there = looked(embedded, parts)
        tokens.take_away()
        away = looked(embedded, parts)
        with pytest.raises(NotSigned):
            drawn(second)
        tokens.put_back()
        assert check(drawn(second), [[certificate]]) == certificate

    assert there.fine
    assert "the key “certificates” on the token “Office”" in there.seen
    assert not away.fine
    assert "whether the token is there" in away.seen
