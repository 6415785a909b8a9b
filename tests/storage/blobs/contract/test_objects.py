"""An object that is put can be read again, whatever its length, and in little memory."""

from __future__ import annotations

import hashlib
import random
import re
import tracemalloc
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from storage.blobs import Blobs, open_blobs
from tests.storage.blobs.stores import MIB, PART, Stream, folder_url, keys

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_put_can_be_read(blobs: Blobs) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)

    put = blobs.put("haiphong/v1/index.html", b"<p>Xin ch\xc3\xa0o")

    assert (put.key, put.size, put.media_type) == ("haiphong/v1/index.html", 12, "text/html")
    assert before < put.modified < datetime.now(UTC) + timedelta(seconds=2)
    with blobs.get("haiphong/v1/index.html") as reading:
        assert reading.read() == b"<p>Xin ch\xc3\xa0o"
        assert (reading.start, reading.stop) == (0, 12)


def test_put_stat_get_and_list_agree(blobs: Blobs) -> None:
    for key, source in (("small.xml", b"<a/>"), ("empty.txt", b""), ("parts.mp4", Stream(PART + 5))):
        put = blobs.put(key, source)

        stat = blobs.stat(key)
        assert (put.key, put.size, put.etag, put.media_type) == (stat.key, stat.size, stat.etag, stat.media_type)
        assert abs(put.modified - stat.modified) <= timedelta(seconds=2)
        with blobs.get(key) as reading:
            assert reading.blob == stat
        assert [*blobs.list(key)] == [stat]
        assert re.fullmatch(r'"[^"]+"', put.etag)
        assert stat.modified.utcoffset() == timedelta(0)
        assert stat.modified.microsecond == 0


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 2 * PART])
def test_a_source_may_have_any_length(blobs: Blobs, size: int) -> None:
    content = random.Random(size).randbytes(size)

    assert blobs.put("film.mp4", content).size == size

    assert blobs.get("film.mp4").read() == content


def test_a_source_may_come_in_small_pieces(blobs: Blobs) -> None:
    assert blobs.put("film.mp4", Stream(PART + 777, piece=1000)).size == PART + 777

    assert blobs.get("film.mp4").read() == b"x" * (PART + 777)


def test_a_source_gives_bytes(blobs: Blobs) -> None:
    class Text:
        def read(self, size: int) -> bytes:
            text: object = "text"[:size]
            return text  # type: ignore[return-value]  # the point of the test

    with pytest.raises(TypeError, match="not str"):
        blobs.put("a", Text())

    assert keys(blobs) == []


def test_a_new_put_takes_the_place_of_the_old_one(blobs: Blobs) -> None:
    first = blobs.put("a", b"one")
    second = blobs.put("a", b"two")

    assert first.etag != second.etag
    assert blobs.stat("a").etag == second.etag
    assert blobs.get("a").read() == b"two"
    assert keys(blobs) == ["a"]


def test_many_puts_of_one_size_have_as_many_etags(blobs: Blobs) -> None:
    etags = {blobs.put("a", f"{number:03}".encode()).etag for number in range(50)}

    assert len(etags) == 50


def test_an_object_can_be_put_from_one_store_into_another(blobs: Blobs, tmp_path: Path) -> None:
    other = open_blobs(folder_url(tmp_path / "other"))
    other.put("a.mp4", Stream(PART + 1))

    with other.get("a.mp4") as reading:
        assert blobs.put("b.mp4", reading).size == PART + 1

    assert blobs.get("b.mp4").read() == b"x" * (PART + 1)


def test_a_long_stream_takes_little_memory_both_ways(blobs: Blobs) -> None:
    blobs.put("warm", b"up")  # connections and imports are not the stream's
    tracemalloc.start()
    try:
        blobs.put("film.mp4", Stream(90 * MIB))
        putting = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        with blobs.get("film.mp4") as reading:
            assert sum(len(piece) for piece in reading) == 90 * MIB
        getting = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert putting < 4 * PART
    assert getting < 4 * MIB


def test_thirty_megabytes_come_back_as_they_went(blobs: Blobs) -> None:
    content = random.Random(30).randbytes(30 * MIB)
    blobs.put("film.mp4", BytesIO(content))

    digest = hashlib.sha256()
    with blobs.get("film.mp4") as reading:
        for piece in reading:
            digest.update(piece)
    assert digest.digest() == hashlib.sha256(content).digest()
