"""Ranges and conditions, without any store."""

import pytest

from storage.blobs import BlobChanged, NotModified, Range, RangeNotSatisfiable
from storage.blobs.conditions import judge, lone_tag


@pytest.mark.parametrize(
    ("wanted", "field"),
    [(Range(0, 0), "bytes=0-0"), (Range(5), "bytes=5-"), (Range(None, 5), "bytes=-5"), (Range(None, 0), "bytes=-0")],
)
def test_a_range_is_written_as_in_http(wanted: Range, field: str) -> None:
    assert str(wanted) == field


@pytest.mark.parametrize(("first", "last"), [(None, None), (-1, None), (None, -1), (5, 4), (-5, -1)])
def test_a_range_that_makes_no_sense_is_refused(first: int | None, last: int | None) -> None:
    with pytest.raises(ValueError, match="a range"):
        Range(first, last)


def test_a_range_is_resolved_against_every_size() -> None:
    content = bytes(range(8))
    for size in range(9):
        for first in range(10):
            for last in range(first, 10):
                assert cut(content[:size], Range(first, last)) == content[:size][first : last + 1]
            assert cut(content[:size], Range(first)) == content[:size][first:]
            assert cut(content[:size], Range(None, first)) == content[:size][max(0, size - first) :]


def cut(content: bytes, wanted: Range) -> bytes:
    try:
        start, stop = wanted.resolve(len(content))
    except RangeNotSatisfiable as error:
        assert error.size == len(content)  # noqa: PT017 - nothing else says which sizes are refused
        return b""
    assert 0 <= start < stop <= len(content)
    return content[start:stop]


def test_if_match_is_judged_before_if_none_match() -> None:
    # RFC 9110, section 13.2.2
    with pytest.raises(BlobChanged):
        judge("a", '"1"', '"2"', '"1"')
    with pytest.raises(NotModified):
        judge("a", '"1"', '"1"', '"1"')
    judge("a", '"1"', '"1"', '"2"')


@pytest.mark.parametrize(
    ("field", "tag"),
    [
        ('"a"', '"a"'),
        ('  "a"  ', '"a"'),
        ('""', '""'),
        ('W/"a"', None),
        ('"a", "b"', None),
        ("*", None),
        ("a", None),
        ("", None),
        (None, None),
    ],
)
def test_one_strong_tag_is_passed_on_to_the_store(field: str | None, tag: str | None) -> None:
    assert lone_tag(field) == tag
