"""A template is filled in once, and what was filled in is not looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lrs.certificates.sheet import look, sheet
from lrs.certificates.template import Words
from tests.lrs.certificates.papers import CERTIFICATE, TEMPLATE


def test_words_in_braces_are_filled_in() -> None:
    template = replace(TEMPLATE, closing=Words("{unit}: {hours} giờ, {score}, {day}", "{course} {number}"))

    told = sheet(template, replace(CERTIFICATE, unit="Tổ 3", score="Giỏi"))

    assert told["closing"]["main"] == "Tổ 3: 12 giờ, Giỏi, ngày 03 tháng 5 năm 2026"
    assert told["closing"]["also"] == f"{CERTIFICATE.course} 0012/2026/KHCN"


def test_a_name_that_looks_like_a_word_in_braces_stays_a_name() -> None:
    template = replace(TEMPLATE, closing=Words("{name} ({hours})"))

    assert sheet(template, replace(CERTIFICATE, name="{hours}"))["closing"]["main"] == "{hours} (12)"


def test_a_paper_in_english_has_no_second_language() -> None:
    told = sheet(replace(TEMPLATE, language="en"), replace(CERTIFICATE, until=date(2028, 5, 3)))

    assert told["heading"] == {"main": "CERTIFICATE", "also": ""}
    assert told["place_and_day"] == "Hải Phòng, 3 May 2026"
    assert told["place_and_day_also"] == ""
    assert told["small"] == [
        "No. 0012/2026/KHCN",
        "Code: 7GQX-2M4K-93TD-XK4P",
        "Valid until 3 May 2028",
        "Check it at https://chungnhan.example.org",
    ]


def test_without_a_place_the_day_begins_with_a_capital() -> None:
    told = sheet(replace(TEMPLATE, place=Words()), CERTIFICATE)

    assert told["place_and_day"] == "Ngày 03 tháng 5 năm 2026"


def test_pages_look_as_the_template_says() -> None:
    told = look(replace(TEMPLATE, ink="green"), {"seal": "seal.png"})

    assert (told["ink"], told["frame"], told["seal"], told["emblem"]) == ("#14532d", "double", "seal.png", None)
