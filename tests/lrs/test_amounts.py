"""Amounts as people read them, in both languages."""

import pytest

from lrs.amounts import number, size
from tests.parts.installations import Installation


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("vi", 12, "12 byte"),
        ("en", 999, "999 bytes"),
        ("vi", 1_500, "2 KB"),
        ("vi", 4_326_519, "4,3 MB"),
        ("en", 4_326_519, "4.3 MB"),
        ("vi", 1_000_000_000, "1 GB"),
        ("en", 12_345_678_901, "12.3 GB"),
    ],
)
def test_a_size_is_written_as_people_read_it(embedded: Installation, language: str, count: int, words: str) -> None:
    with embedded.app.test_request_context(f"/?lang={language}"):
        assert size(count) == words


@pytest.mark.parametrize(("language", "words"), [("vi", "14.464"), ("en", "14,464")])
def test_thousands_are_marked_as_they_are_where_the_reader_lives(
    embedded: Installation, language: str, words: str
) -> None:
    with embedded.app.test_request_context(f"/?lang={language}"):
        assert number(14_464) == words
