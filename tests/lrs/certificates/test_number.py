"""Numbers as they are printed, the year they count in, and codes as people type them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lrs.certificates import number
from lrs.certificates.number import Number


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Number(12, 2026, "KHCN"), "0012/2026/KHCN"),
        (Number(12, 2026), "0012/2026"),
        (Number(311243, 2026), "311243/2026"),
    ],
)
def test_a_number_as_it_is_printed(given: Number, said: str) -> None:
    assert str(given) == said


@pytest.mark.parametrize(("zone", "year"), [("Asia/Ho_Chi_Minh", 2027), ("UTC", 2026), ("America/New_York", 2026)])
def test_a_year_begins_where_the_space_is(zone: str, year: int) -> None:
    assert number.year_of(datetime(2026, 12, 31, 18, tzinfo=UTC), zone) == year


def test_a_code_is_read_as_people_type_it() -> None:
    code = number.new_code()

    assert number.read_code(number.spaced(code)) == code
    assert number.read_code(f" {number.spaced(code).lower().replace('-', ' ')} ") == code
    assert len({number.new_code() for _ in range(2000)}) == 2000


@pytest.mark.parametrize("text", ["", "7GQX-2M4K-93TD", "7GQX-2M4K-93TD-XK4PP", "7GQX-2M4K-93TD-XK4Đ", "' or 1=1; --"])
def test_what_is_no_code_is_nothing(text: str) -> None:
    assert not number.read_code(text)


def test_letters_that_look_alike_mean_the_same() -> None:
    assert number.read_code("OOOO-1111-IIII-7777") == "0000LLLLLLLL7777"


def test_a_code_is_ten_bytes_and_back() -> None:
    for _ in range(200):
        code = number.new_code()

        assert len(number.code_bytes(code)) == 10
        assert number.code_of(number.code_bytes(code)) == code
    assert number.code_of(b"\0" * 10) == "2" * 16
