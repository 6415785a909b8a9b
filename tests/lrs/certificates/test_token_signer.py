"""A certificate that a token signed is what one is that a file's key signed, whoever looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from lrs import config
from lrs.certificates import keeping, signing
from lrs.certificates.press import Press
from lrs.certificates.signed import check
from tests.lrs.certificates.papers import CERTIFICATE, NOW, TEMPLATE
from tests.parts.left_out import or_left_out
from tests.parts.poppler import find_poppler, poppler

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography import x509

    from lrs.certificates.signing import Private
    from tests.parts.softhsm import Tokens


def of_ecdsa() -> tuple[Private, x509.Certificate]:
    """Make a key as ours are."""
    return signing.own("Sở Mẫu", NOW)


def of_rsa() -> tuple[Private, x509.Certificate]:
    """Make a key as authorities vouch for."""
    key = rsa.generate_private_key(65537, 2048)
    return key, signing.vouched("Sở Mẫu", key, NOW)


@pytest.mark.parametrize("make", [of_ecdsa, of_rsa])
def test_a_paper_is_signed_by_a_token(tokens: Tokens, tmp_path: Path, make: object) -> None:
    with or_left_out():
        find_poppler()
    key, certificate = make()  # type: ignore[operator]
    tokens.make("Office", key, certificate)
    ours = config.read({"HAIDANG_CERTIFICATE_KEY": tokens.uri("Office")})

    with Press(TEMPLATE, {}) as press:
        pdf = keeping.seal_of(ours).sign(press.page(CERTIFICATE), "Chữ ký", NOW)

    assert check(pdf, [[certificate]]) == certificate
    assert "Signature is Valid" in poppler("pdfsig", pdf, tmp_path)
    assert keeping.file_of(ours) is None
