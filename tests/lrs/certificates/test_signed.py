"""A signed PDF is what one of our keys signed, in the one way in which it can be written (more ways to alter it: tests/lrs/checking)."""

from __future__ import annotations

import pytest

from lrs.certificates import signing
from lrs.certificates.increment import ROOM
from lrs.certificates.press import Press
from lrs.certificates.signed import NotGenuine, check
from lrs.certificates.signing import Seal
from tests.lrs.certificates.papers import CERTIFICATE, NOW, TEMPLATE, seal, signed_page, trusted


def test_what_our_key_signed_is_taken() -> None:
    assert check(signed_page(), trusted()) == seal().certificate


def test_what_another_key_signed_is_refused() -> None:
    _, other = signing.own("Sở Mẫu", NOW)

    with pytest.raises(NotGenuine):
        check(signed_page(), [[other]])
    assert check(signed_page(), [[other], *trusted()]) == seal().certificate


def taken(pdf: bytes) -> bool:
    """Tell whether somebody would take it."""
    try:
        check(pdf, trusted())
    except NotGenuine:
        return False
    return True


def test_every_digit_of_the_signature_counts() -> None:
    pdf = signed_page()
    start = pdf.index(b"/Contents <") + 11
    used = len(pdf[start : start + 2 * ROOM].rstrip(b"0"))

    for at in range(start, start + used + 40):
        other = bytearray(pdf)
        other[at] = ord("1") if other[at] != ord("1") else ord("2")
        assert not taken(bytes(other)), at


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: pdf + b"\n",
        lambda pdf: pdf[:-1],
        lambda pdf: pdf[:-200],
        lambda pdf: pdf + pdf,
        lambda pdf: pdf.split(b"\n%%EOF")[0],
        lambda pdf: pdf.replace(b"/Contents <30", b"/Contents <3 0"),
        lambda pdf: pdf[:-400] + b" " + pdf[-400:],
        lambda pdf: pdf + b"1 0 obj\n<<>>\nendobj\nxref\n0 0\ntrailer\n<</Size 1>>\nstartxref\n0\n%%EOF\n",
        lambda _: b"",
        lambda _: b"%PDF-1.7\n",
        lambda pdf: pdf.lower(),
    ],
)
def test_what_was_cut_or_added_to_is_refused(change: object) -> None:
    assert not taken(change(signed_page()))  # type: ignore[operator]


def test_a_signature_is_not_taken_from_one_paper_to_another() -> None:
    with Press(TEMPLATE, {}) as press:
        other = seal().sign(press.page(CERTIFICATE), "Chữ ký của đơn vị cấp", NOW.replace(minute=31))
    ours = signed_page()
    start, end = ours.index(b"/Contents <"), ours.index(b"/ByteRange")

    assert taken(other)
    assert not taken(ours[:start] + other[start:end] + ours[end:])


def test_a_chain_is_held_to_as_well() -> None:
    key, certificate = signing.own("Sở Mẫu", NOW)
    _, above = signing.own("Cơ quan cấp trên", NOW)
    with Press(TEMPLATE, {}) as press:
        pdf = Seal.of(key, certificate, [above]).sign(press.page(CERTIFICATE), "x", NOW)

    assert check(pdf, [[certificate, above]]) == certificate
    with pytest.raises(NotGenuine):
        check(pdf, [[certificate]])
