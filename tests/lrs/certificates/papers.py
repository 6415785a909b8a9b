"""Certificates to draw in tests, of an office that does not exist, and what other programs say about a PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lrs.certificates import signing
from lrs.certificates.press import Press
from lrs.certificates.sheet import Certificate
from lrs.certificates.template import BEGIN, Words

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography import x509

NOW = datetime(2026, 5, 3, 8, 30, tzinfo=UTC)

TEMPLATE = replace(
    BEGIN,
    closing=Words("Thời lượng: {hours} giờ", "{hours} hours"),
    above=Words("ỦY BAN NHÂN DÂN THÀNH PHỐ", "CITY PEOPLE’S COMMITTEE"),
    organisation=Words("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "DEPARTMENT OF SCIENCE AND TECHNOLOGY"),
    place=Words("Hải Phòng", "Hải Phòng"),
    signatory="Trần Văn Mẫu",
)

CERTIFICATE = Certificate(
    number="0012/2026/KHCN",
    name="Nguyễn Thị Hạnh",
    course="Kỹ năng số cơ bản cho mọi người",
    day=date(2026, 5, 3),
    moment=NOW,
    code="7GQX2M4K93TDXK4P",
    where="https://chungnhan.example.org",
    payload="HTTPS://CHUNGNHAN.EXAMPLE.ORG/K/" + "A7" * 80,
    credential='{"credentialSubject": {"name": "Nguyễn Thị Hạnh 王"}}'.encode(),
    hours="12",
)


def named(name: str) -> Certificate:
    """Make a certificate for somebody."""
    return replace(CERTIFICATE, name=name)


@cache
def own() -> tuple[signing.Private, x509.Certificate]:
    """Make a key that nobody vouches for, and its certificate."""
    return signing.own("Sở Mẫu", NOW)


@cache
def seal() -> signing.Seal:
    """Give that key as it signs."""
    return signing.Seal.of(*own(), [])


def put_in_place(path: Path) -> None:
    """Let an installation sign with that key."""
    key, certificate = own()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )


@cache
def signed_page() -> bytes:
    """Draw and sign one certificate, once."""
    with Press(TEMPLATE, {}) as press:
        return seal().sign(press.page(CERTIFICATE), "Chữ ký của đơn vị cấp", NOW)


def trusted() -> list[list[x509.Certificate]]:
    """List whom the tests believe."""
    return [[seal().certificate]]
