"""Amounts as people write and read them, in both languages."""

import pytest

from lrs.amounts import number, read_size, size, written
from tests.parts.installations import Installation


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("vi", 12, "12 byte"),
        ("en", 999, "999 bytes"),
        ("vi", 1_500, "2 KB"),
        ("vi", 4_326_519, "4,3 MB"),
        ("en", 4_326_519, "4.3 MB"),
        ("en", 20_000_000_000, "20 GB"),
        ("vi", 1_000_000_000, "1 GB"),
        ("en", 12_345_678_901, "12.3 GB"),
        ("vi", 1_500_000_000_000, "1,5 TB"),
        ("en", 2_000_000_000_000_000, "2,000 TB"),
    ],
)
def test_a_size_is_written_as_people_read_it(embedded: Installation, language: str, count: int, words: str) -> None:
    with embedded.app.test_request_context(f"/?lang={language}"):
        assert size(count) == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("750", 750),
        ("500 MB", 500_000_000),
        ("20gb", 20 * 10**9),
        ("1.5TB", 15 * 10**11),
        ("1,5 TB", 15 * 10**11),
    ],
)
def test_a_size_is_read_as_people_write_it(text: str, count: int) -> None:
    assert read_size(text) == count


@pytest.mark.parametrize("count", [0, 1, 999, 1_500, 1_501, 20 * 10**9, 15 * 10**11, 10**12 + 1])
def test_a_size_is_written_so_that_it_can_be_read_again(count: int) -> None:
    assert read_size(written(count)) == count


@pytest.mark.parametrize(
    "text", ["", "much", "-1", "1e9", "20 GiB", "1.500 GB", "1.5.5MB", "٣ GB", "999999999999999 TB"]
)
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is (no size|more than there is)"):
        read_size(text)


@pytest.mark.parametrize(("language", "words"), [("vi", "14.464"), ("en", "14,464")])
def test_thousands_are_marked_as_they_are_where_the_reader_lives(
    embedded: Installation, language: str, words: str
) -> None:
    with embedded.app.test_request_context(f"/?lang={language}"):
        assert number(14_464) == words
