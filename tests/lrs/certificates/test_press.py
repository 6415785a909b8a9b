"""Pages are whole whatever somebody is called, read back letter by letter, and found to be PDF/A-3a and PDF/UA-1 by a validator."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import page as validator
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from lrs.certificates.press import NotDrawn, Press
from lrs.certificates.template import Picture, Template
from lrs.people.emblem import Emblem
from tests.lrs.certificates.hostile import HOSTILE
from tests.lrs.certificates.papers import CERTIFICATE, TEMPLATE, named
from tests.lrs.people.pictures import jpeg, png
from tests.parts.pixels import grey
from tests.parts.poppler import poppler

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    """Give a press of a plain template."""
    with Press(TEMPLATE, {}) as made:
        yield made


def faults(pdf: bytes, profile: str) -> list[str]:
    """Ask the validator what it finds wrong."""
    return [each.rule_id for each in validator.validate_pdf_bytes(pdf, profile=profile).failures]


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_validator_finds_nothing_wrong(press: Press, profile: str) -> None:
    assert faults(press.page(CERTIFICATE), profile) == []


@pytest.mark.parametrize(
    ("was", "becomes", "profile"),
    [
        (b"/Lang(vi)", b"/Lxng(vi)", "ua1"),
        (b"/MarkInfo<</Marked true", b"/MarkInfo<</Marked fals", "ua1"),
        (b"/AFRelationship/Data", b"/AFRelationshxp/Data", "3a"),
        (b"<pdfaid:part>3<", b"<pdfaid:part>1<", "3a"),
        (b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<", "3a"),
    ],
)
def test_the_validator_would_find_what_is_wrong(press: Press, was: bytes, becomes: bytes, profile: str) -> None:
    pdf = press.page(CERTIFICATE)
    assert was in pdf

    assert faults(pdf.replace(was, becomes), profile) != []


def test_the_text_is_read_back_letter_by_letter(press: Press, tmp_path: Path) -> None:
    text = poppler("pdftotext", press.page(CERTIFICATE), tmp_path, "-layout")

    for said in (
        "CHỨNG NHẬN",
        "Nguyễn Thị Hạnh",
        "đã hoàn thành khóa học",
        "Kỹ năng số cơ bản cho mọi người",
        "Hải Phòng, ngày 03 tháng 5 năm 2026",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Thời lượng: 12 giờ",
        "0012/2026/KHCN",
        "7GQX-2M4K-93TD-XK4P",
        "This is to certify that",
    ):
        assert said in text


def test_the_credential_is_attached_byte_by_byte(press: Press) -> None:
    root = PdfFileReader(io.BytesIO(press.page(CERTIFICATE))).root
    attached = root["/AF"][0]

    assert attached["/AFRelationship"] == "/Data"
    assert attached["/EF"]["/F"].data == CERTIFICATE.credential


def test_the_same_certificate_is_drawn_the_same(press: Press) -> None:
    assert press.page(CERTIFICATE) == press.page(CERTIFICATE)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_the_page_stays_whole_whatever_names_say(press: Press, words: str) -> None:
    of = replace(CERTIFICATE, name=words, course=words)
    pdf = press.page(of)

    assert len(PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Kids"]) == 1
    assert faults(pdf, "3a") + faults(pdf, "ua1") == []
    assert around(press.picture(of, DOTS)) == usual()


DOTS = 9
"""An inch: each is the mean of what stands on 3 millimetres, and tells of any change there."""


@cache
def usual() -> list[bytes]:
    """Give what stands around the words that nobody finds strange."""
    with Press(TEMPLATE, {}) as press:
        return around(press.picture(CERTIFICATE, DOTS))


def around(png: bytes) -> list[bytes]:
    """Give what stands above and below the place of the words that differ: no name may move it or reach into it."""
    rows = grey(png)
    return [*rows[: 66 * DOTS * 10 // 254], *rows[138 * DOTS * 10 // 254 + 1 :]]


def test_what_is_around_is_more_than_white(press: Press) -> None:
    other = replace(CERTIFICATE, number="0013/2026/KHCN", day=CERTIFICATE.day.replace(day=4))

    assert around(press.picture(other, DOTS)) != usual()


def test_markup_is_printed_and_not_run(press: Press, tmp_path: Path) -> None:
    said = '#panic("x") $x^2$ \\ *z*'

    assert said in poppler("pdftotext", press.page(named(said)), tmp_path, "-layout")


def test_a_letter_that_no_font_has_is_named(press: Press) -> None:
    press.page(named("Hạnh \U00012000\U0001f9ff"))  # cuneiform may have a font; the last plane's end has none
    pdf = press.page(named("Hạnh \U0003134a"))

    assert "\U0003134a" in press.unknown
    assert faults(pdf, "3a") == []


def with_picture(content: bytes) -> tuple[Template, dict[str, Emblem]]:
    """Give the template a seal."""
    emblem = Emblem.read(content)
    return replace(TEMPLATE, pictures={"seal": Picture(emblem.digest, "Con dấu")}), {emblem.digest: emblem}


def test_pictures_are_drawn(press: Press) -> None:
    with Press(*with_picture(png(40, 40))) as other:
        pdf = other.page(CERTIFICATE)

    assert pdf.count(b"/Subtype/Image") > press.page(CERTIFICATE).count(b"/Subtype/Image")
    assert faults(pdf, "3a") + faults(pdf, "ua1") == []


@pytest.mark.parametrize("content", [jpeg(300, 200), png(40, 40).replace(b"x\x9c", b"x\x9d")])
def test_a_picture_that_only_begins_like_one_is_refused(content: bytes) -> None:
    with Press(*with_picture(content)) as other, pytest.raises(NotDrawn):
        other.page(CERTIFICATE)


def test_a_look_is_a_picture(press: Press) -> None:
    assert press.picture(CERTIFICATE).startswith(b"\x89PNG")


def test_many_are_drawn_some_at_a_time(press: Press) -> None:
    chunks = list(press.chunks(named(f"Người thứ {number}") for number in range(45)))

    assert [len(PdfFileReader(io.BytesIO(each)).root["/Pages"]["/Kids"]) for each in chunks] == [20, 20, 5]


def test_a_press_leaves_nothing_behind() -> None:
    made = Press(TEMPLATE, {})
    folder = made._folder.name
    made.close()

    with pytest.raises(NotDrawn):
        made.page(CERTIFICATE)
    assert not __import__("pathlib").Path(folder).exists()
