"""Vietnamese names stand in the order in which a Vietnamese reader looks for them."""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from lrs.people.collation import name_key, text_key

IN_ORDER = [
    "Lê Đức Anh",
    "Nguyễn Đức Anh",
    "Vũ Ngọc Ánh",
    "Trần Văn Ân",
    "Ngô Gia Bảo",
    "Phạm Thị Dung",
    "Đặng Hữu Đạt",
    "Bùi Hoa",
    "Nguyễn Thị Hoà",
    "Bùi Hoá",
    "Bùi Hoạ",
    "Lê Oanh",
    "Lê Ông",
    "Lê Ơn",
    "Hồ Tú",
    "Hồ Tư",
    "Hoàng Yến",
]


def test_names_are_sorted_by_the_given_name_then_by_the_rest() -> None:
    mixed = IN_ORDER[:]
    random.Random(3).shuffle(mixed)

    assert sorted(mixed, key=name_key) == IN_ORDER


def test_other_words_are_sorted_as_they_stand() -> None:
    in_order = ["Phường An Biên", "Phường Ân Thi", "Phường Lê Chân", "Sở Nội vụ", "Sở Y tế"]

    assert sorted([in_order[place] for place in (3, 0, 4, 2, 1)], key=text_key) == in_order


def test_case_and_the_way_of_writing_do_not_count() -> None:
    one, other = "đặng hữu đạt", unicodedata.normalize("NFD", "ĐẶNG HỮU ĐẠT")

    assert [key[:2] for key in name_key(one)] == [key[:2] for key in name_key(other)]


def test_other_alphabets_stand_behind() -> None:
    assert sorted(["Анна", "Zoë", "王 芳", "Yến"], key=name_key)[:2] == ["Yến", "Zoë"]


@given(some.lists(some.text(max_size=12), min_size=1, max_size=6))
def test_any_text_has_a_place(names: list[str]) -> None:
    in_order = sorted(names, key=name_key)

    assert [name_key(one) <= name_key(other) for one, other in pairwise(in_order)] == [True] * (len(names) - 1)
