"""What a reader asks for: a part of an object, only what is new to it, only what is still the same."""

from __future__ import annotations

import random

import pytest

from storage.blobs import BlobChanged, BlobMissing, Blobs, NotModified, Range, RangeNotSatisfiable
from tests.storage.blobs.stores import MIB, PART, Stream


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [
        (Range(0, 0), 0, 1),
        (Range(2, 5), 2, 6),
        (Range(2), 2, 10),
        (Range(9), 9, 10),
        (Range(5, 999), 5, 10),
        (Range(0), 0, 10),
        (Range(0, 9), 0, 10),
        (Range(None, 3), 7, 10),
        (Range(None, 10), 0, 10),
        (Range(None, 999), 0, 10),
    ],
    ids=str,
)
def test_a_range_gives_its_bytes(blobs: Blobs, wanted: Range, start: int, stop: int) -> None:
    blobs.put("a", b"0123456789")

    with blobs.get("a", wanted) as reading:
        assert (reading.start, reading.stop) == (start, stop)
        assert reading.read() == b"0123456789"[start:stop]
        assert reading.blob == blobs.stat("a")


@pytest.mark.parametrize("wanted", [Range(10), Range(10, 20), Range(999, 1000), Range(None, 0)], ids=str)
def test_a_range_past_the_end_tells_the_size(blobs: Blobs, wanted: Range) -> None:
    blobs.put("a", b"0123456789")

    with pytest.raises(RangeNotSatisfiable) as raised:
        blobs.get("a", wanted)

    assert raised.value.size == 10


@pytest.mark.parametrize("wanted", [Range(0), Range(0, 5), Range(None, 5)], ids=str)
def test_an_empty_object_has_no_ranges(blobs: Blobs, wanted: Range) -> None:
    blobs.put("a", b"")

    with pytest.raises(RangeNotSatisfiable) as raised:
        blobs.get("a", wanted)

    assert raised.value.size == 0


def test_a_range_may_reach_across_parts(blobs: Blobs) -> None:
    content = random.Random(1).randbytes(2 * PART + 100)
    blobs.put("film.mp4", content)

    assert blobs.get("film.mp4", Range(PART - 50, PART + 49)).read() == content[PART - 50 : PART + 50]
    assert blobs.get("film.mp4", Range(None, 200)).read() == content[-200:]


@pytest.mark.parametrize("field", ["{etag}", '"other", {etag}', "W/{etag}", "*"])
@pytest.mark.parametrize("key", ["manifest.xml", "page.html", "parts.mp4"])
def test_what_the_reader_has_is_not_sent_again(blobs: Blobs, field: str, key: str) -> None:
    etag = blobs.put(key, Stream(PART + 1) if key == "parts.mp4" else b"<a/>").etag

    with pytest.raises(NotModified) as raised:
        blobs.get(key, if_none_match=field.format(etag=etag))
    with pytest.raises(NotModified):
        blobs.get(key, Range(0, 1), if_none_match=field.format(etag=etag))

    assert raised.value.etag == etag


@pytest.mark.parametrize("field", ['"other"', 'W/"other", "another"', "nonsense", ""])
def test_what_the_reader_does_not_have_is_sent(blobs: Blobs, field: str) -> None:
    blobs.put("a", b"content")

    assert blobs.get("a", if_none_match=field).read() == b"content"


@pytest.mark.parametrize(
    ("field", "same"),
    [
        ("{etag}", True),
        ('"other", {etag}', True),
        ("*", True),
        ('"other"', False),
        ("W/{etag}", False),
        ("nonsense", False),
    ],
)
def test_a_reading_goes_on_only_if_the_object_is_the_same(blobs: Blobs, field: str, *, same: bool) -> None:
    etag = blobs.put("a", b"content").etag

    if same:
        assert blobs.get("a", Range(3), if_match=field.format(etag=etag)).read() == b"tent"
    else:
        with pytest.raises(BlobChanged):
            blobs.get("a", Range(3), if_match=field.format(etag=etag))


def test_if_match_of_an_object_that_was_replaced_fails(blobs: Blobs) -> None:
    etag = blobs.put("a", b"old").etag
    blobs.put("a", b"new")

    with pytest.raises(BlobChanged):
        blobs.get("a", if_match=etag)


@pytest.mark.parametrize(("match", "none_match"), [(None, None), ("*", None), ('"a"', None), (None, "*")])
def test_what_is_not_there_is_missing_on_any_condition(blobs: Blobs, match: str | None, none_match: str | None) -> None:
    blobs.put("other", b"")

    with pytest.raises(BlobMissing) as raised:
        blobs.get("a/b", if_match=match, if_none_match=none_match)
    with pytest.raises(BlobMissing):
        blobs.get("a/b", Range(5), if_match=match, if_none_match=none_match)

    assert raised.value.key == "a/b"


def test_a_reading_may_be_left_in_the_middle(blobs: Blobs) -> None:
    blobs.put("film.mp4", Stream(20 * MIB))

    for _ in range(20):
        with blobs.get("film.mp4") as reading:
            assert next(reading)[:1] == b"x"
    assert blobs.stat("film.mp4").size == 20 * MIB


def test_a_reading_is_read_like_a_file(blobs: Blobs) -> None:
    blobs.put("a", b"0123456789" * 100_000)

    with blobs.get("a") as reading:
        assert reading.read(0) == b""
        assert reading.read(13) == b"0123456789012"
        assert reading.read(7) == b"3456789"
        assert b"".join(reading) == b"0123456789" * 99_998
        assert reading.read(5) == b""
        assert reading.read() == b""
