"""Bytes as people write and read them, in both languages."""

import pytest

from lrs.amounts import read_size, size
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
        ("vi", 1_500_000_000_000, "1,5 TB"),
        ("en", 2_000_000_000_000_000, "2,000 TB"),
    ],
)
def test_a_size_is_written_as_people_read_it(embedded: Installation, language: str, count: int, words: str) -> None:
    with embedded.app.test_request_context(f"/?lang={language}"):
        assert size(count) == words


@pytest.mark.parametrize(
    ("text", "count"), [("0", 0), ("750", 750), ("500 MB", 500_000_000), ("20gb", 20 * 10**9), ("1.5TB", 15 * 10**11)]
)
def test_a_size_is_read_as_people_write_it(text: str, count: int) -> None:
    assert read_size(text) == count


@pytest.mark.parametrize("text", ["", "much", "-1", "1e9", "20 GiB", "1,5 GB", "1.5.5MB", "٣ GB"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no size"):
        read_size(text)
