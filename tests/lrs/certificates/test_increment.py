"""A place for a signature is appended: nothing that was there changes, and what is no page of ours is refused."""

from __future__ import annotations

import pytest

from lrs.certificates.increment import ROOM, NotOurPdf, prepare
from lrs.certificates.press import Press
from tests.lrs.certificates.papers import CERTIFICATE, NOW, TEMPLATE


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Draw one certificate."""
    with Press(TEMPLATE, {}) as press:
        return press.page(CERTIFICATE)


def test_what_was_there_stays_byte_by_byte(pdf: bytes) -> None:
    assert prepare(pdf, "Chữ ký", "Sở Mẫu", NOW).before.startswith(pdf)


def test_the_range_covers_all_but_the_digits(pdf: bytes) -> None:
    place = prepare(pdf, "Chữ ký", "Sở Mẫu", NOW)
    whole = place.filled(b"\x30\x03abc")
    start, before, after, rest = (int(each) for each in place.after.split(b"[")[1].split(b"]")[0].split())

    assert (start, before, after + rest) == (0, len(place.before), len(whole))
    assert whole[before:after] == b"<" + (b"\x30\x03abc".ljust(ROOM, b"\0")).hex().upper().encode() + b">"


def test_a_signature_that_does_not_fit_is_refused(pdf: bytes) -> None:
    with pytest.raises(NotOurPdf):
        prepare(pdf, "Chữ ký", "Sở Mẫu", NOW).filled(b"x" * (ROOM + 1))


@pytest.mark.parametrize("spoilt", [b"", b"%PDF-1.7", b"no PDF at all\ntrailer\n<<>>%%EOF"])
def test_what_is_no_page_of_ours_is_refused(spoilt: bytes) -> None:
    with pytest.raises(NotOurPdf):
        prepare(spoilt, "x", "y", NOW)


@pytest.mark.parametrize(
    "part", [b"/StructTreeRoot/", b"/ParentTreeNextKey", b"/Nums[", b"/ID[", b"/Root ", b"/Size ", b"/Type/Page/"]
)
def test_a_page_that_lacks_a_part_is_refused(pdf: bytes, part: bytes) -> None:
    assert part in pdf

    with pytest.raises(NotOurPdf):
        prepare(pdf.replace(part, b"/Xx" + part[3:]), "x", "y", NOW)
