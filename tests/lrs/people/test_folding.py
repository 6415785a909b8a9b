"""A name is found by its words and how they begin, whatever its accents and case."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrs.people.folding import asked, beginnings, fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Thị Hoà", "nguyen thi hoa"),
        ("ĐẶNG HỮU ĐẠT", "dang huu dat"),
        (unicodedata.normalize("NFD", "Trần Đức Ưng"), "tran duc ung"),
        ("Zoë Ångström-Łódź", "zoe angstrom-lodz"),
        ("ﬁ Ⅻ", "fi xii"),
    ],
)
def test_marks_and_case_are_taken_away(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_come_once_and_in_their_order() -> None:
    assert words("  Hoà, hòa  HOÁ – Nguyễn (HP-07)") == ["hoa", "nguyen", "hp", "07"]


def test_a_name_is_found_by_its_words_and_how_they_begin() -> None:
    assert beginnings("Lê Ý Thuỳ") == {"le", "y", "th", "thu", "thuy"}


@pytest.mark.parametrize(
    ("query", "found"), [("Nguyễn H", ["nguyen"]), ("Ý", ["y"]), ("a b", ["a", "b"]), ("", []), (" - ", [])]
)
def test_single_letters_count_where_there_is_nothing_else(query: str, found: list[str]) -> None:
    assert asked(query) == found


@given(some.text())
def test_any_text_folds_to_the_same_however_it_is_written(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(some.text(alphabet="nguyễn thị hoà đặng HỮU ", max_size=40))
def test_who_types_the_beginning_of_a_name_finds_it(name: str) -> None:
    for word in asked(name):
        assert word in beginnings(name) or len(word) == 1
