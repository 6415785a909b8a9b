"""The contract of the object store, on a folder and on S3 alike (docs/blobs.md)."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import re
import subprocess
import sys
import threading
import tracemalloc
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage.blobs import (
    BadKey,
    BlobChanged,
    BlobMissing,
    Blobs,
    NotModified,
    Range,
    RangeNotSatisfiable,
    open_blobs,
)
from storage.blobs.s3 import S3
from tests.storage.blobs.stores import MIB, Stream, folder_url, new_bucket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
PART = 8 * MIB

# Each of these broke some store or some client somewhere: signs that URLs, XML, shells or sorting treat as special.
NAMES = [
    "Bài học số 1/Ảnh chụp màn hình.png",
    "#fragment?query&a=b;c+d%20e~f.html",
    "'single' \"double\" `back` <tag>.js",
    " leading/and trailing /blanks ",
    "(brackets)[square]{curly}$@!*^|\\,:.css",
    "A.png",
    "a.png",
    "é composed",
    "e\u0301 decomposed",
    "dấu/chấm..phẩy/...",
    "emoji 😀.mp4",
    "\ufb00 sorts before the emoji only by code points",
    "next\u0085line\u2028separator",
    ".hidden/.htaccess",
    "a" * 255,
    "ế" * 85,
    "~/tilde",
    "-",
    "0",
]


@pytest.fixture(params=["folder", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Name a store that nobody has written to."""
    if request.param == "folder":
        yield folder_url(tmp_path / "the objects #1")
    else:
        server = request.getfixturevalue("s3")
        with new_bucket(server) as name:
            yield server.url(name)


@pytest.fixture
def blobs(url: str) -> Blobs:
    return open_blobs(url)


def keys(blobs: Blobs, prefix: str = "") -> list[str]:
    return [blob.key for blob in blobs.list(prefix)]


# Put and get


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


# A source that fails, a writer that is killed, writers and readers at once


class Gone(BaseException):
    """What a server raises when it wants a worker to go: no Exception."""


@pytest.mark.parametrize("size", [10, PART + 10, 3 * PART])
@pytest.mark.parametrize("error", [ValueError("a broken zip"), OSError(28, "not the store's"), Gone()])
def test_a_source_that_raises_leaves_nothing(blobs: Blobs, size: int, error: BaseException) -> None:
    with pytest.raises(type(error)) as raised:
        blobs.put("a/b.mp4", Stream(size, fails=error))

    assert raised.value is error
    with pytest.raises(BlobMissing):
        blobs.stat("a/b.mp4")
    assert keys(blobs) == []
    assert unfinished(blobs) == 0


def test_a_source_that_raises_leaves_the_old_object(blobs: Blobs) -> None:
    old = blobs.put("a", b"old")

    with pytest.raises(ValueError, match="a broken zip"):
        blobs.put("a", Stream(PART + 10, fails=ValueError("a broken zip")))

    assert blobs.stat("a").etag == old.etag
    assert blobs.get("a").read() == b"old"


def test_nothing_is_seen_of_a_put_before_it_ends(blobs: Blobs) -> None:
    class Watched(Stream):
        def read(self, size: int) -> bytes:
            seen.append(keys(blobs))
            going.append(unfinished(blobs))
            return super().read(size)

    seen: list[list[str]] = []
    going: list[int] = []
    blobs.put("a", Watched(2 * PART, piece=MIB))

    assert len(seen) > 16
    assert not any(seen)
    assert max(going) == 1  # which shows that `unfinished` would find what is left behind
    assert unfinished(blobs) == 0
    assert keys(blobs) == ["a"]


def unfinished(blobs: Blobs) -> int:
    """Count what a put has begun and not ended: temporary files, uploads in parts."""
    if isinstance(blobs, S3):
        # By hand: minio's own call asks for an empty delimiter, to which Swift lists nothing.
        return blobs.client._execute("GET", blobs._bucket, query_params={"uploads": ""}).data.count(b"<Upload>")
    path = blobs.path("a")
    assert path
    return len([*(path.parents[1] / "incoming").iterdir()])


KILLED = """
import sys, time
from storage.blobs import open_blobs

class Endless:
    read_so_far = 0
    def read(self, size):
        if self.read_so_far > 20_000_000:
            print("in the middle", flush=True)
            time.sleep(60)
        self.read_so_far += size
        return b"x" * size

open_blobs(sys.argv[1]).put("a/film.mp4", Endless())
"""


def test_a_killed_writer_leaves_nothing_to_be_seen(url: str, blobs: Blobs) -> None:
    blobs.put("a/other", b"stays")
    with subprocess.Popen([sys.executable, "-c", KILLED, url], cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"in the middle\n"
        writer.kill()

    assert keys(blobs) == ["a/other"]
    with pytest.raises(BlobMissing):
        blobs.get("a/film.mp4")
    blobs.put("a/film.mp4", b"again")
    assert blobs.get("a/film.mp4").read() == b"again"


def test_of_sixteen_writers_one_wins_whole(blobs: Blobs) -> None:
    def write(number: int) -> str:
        start.wait()
        return blobs.put("a", bytes([number]) * 300_000).etag

    start = threading.Barrier(16)
    with ThreadPoolExecutor(16) as writers:
        etags = [*writers.map(write, range(16))]

    content = blobs.get("a").read()
    assert content == content[:1] * 300_000
    assert blobs.stat("a").etag == etags[content[0]]
    assert keys(blobs) == ["a"]
    assert unfinished(blobs) == 0


def test_readers_see_the_old_object_or_the_new_one(blobs: Blobs) -> None:
    def read() -> set[bytes]:
        seen = set()
        while not done.is_set():
            content = blobs.get("a").read()
            assert content == content[:1] * 600_000
            seen.add(content[:1])
        return seen

    blobs.put("a", b"0" * 600_000)
    done = threading.Event()
    with ThreadPoolExecutor(4) as readers:
        reading = [readers.submit(read) for _ in range(4)]
        for digit in b"123456789" * 2:
            blobs.put("a", bytes([digit]) * 600_000)
        done.set()
    assert len(set().union(*(each.result() for each in reading))) > 1


def test_forked_processes_share_a_store(blobs: Blobs) -> None:
    def work(number: int) -> None:
        for again in range(10):
            blobs.put(f"{number}/{again}", f"{number} {again}".encode())
            if blobs.get(f"{number}/{again}").read() != f"{number} {again}".encode():
                os._exit(1)

    blobs.put("before", b"a connection is open now")
    forking = multiprocessing.get_context("fork")
    workers = [forking.Process(target=work, args=(number,)) for number in range(4)]
    for worker in workers:
        worker.start()
    work(4)
    for worker in workers:
        worker.join(60)

    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    assert len(keys(blobs)) == 51


# Ranges and conditions


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


# Names


@pytest.mark.parametrize("key", NAMES, ids=ascii)
def test_a_name_is_kept_as_it_is(blobs: Blobs, key: str) -> None:
    put = blobs.put(key, key.encode())

    assert blobs.get(key).read() == key.encode()
    assert blobs.get(key, Range(None, 1)).read() == key.encode()[-1:]
    assert blobs.stat(key).etag == put.etag
    assert keys(blobs) == [key]
    assert keys(blobs, key) == [key]
    blobs.copy(key, f"copy/of/{key}")
    blobs.delete(key)
    assert keys(blobs) == [f"copy/of/{key}"]
    assert blobs.delete_all("copy/of/") == 1
    assert keys(blobs) == []


def test_names_live_side_by_side_in_the_order_of_their_bytes(blobs: Blobs) -> None:
    crossing = ["a", "a-b", "a-b/c", "a.c", "a/b", "a/b/c", "a/b.d", "a0", "ab/c", "a/" * 20 + "b", "B", "a/B"]
    for name in [*NAMES, *crossing]:
        blobs.put(name, name.encode())

    assert keys(blobs) == sorted([*NAMES, *crossing], key=str.encode)
    assert [blobs.get(name).read().decode() for name in NAMES] == NAMES


def test_a_key_may_be_as_long_and_as_deep_as_it_gets(blobs: Blobs) -> None:
    deep = "a/" * 449 + "bc"
    long = "/".join(["ế" * 85, "b" * 255, "c" * 255, "d" * 132])
    assert {len(key.encode()) for key in (deep, long)} == {900}

    for key in (deep, long):
        blobs.put(key, b"content")
        assert blobs.get(key).read() == b"content"

    assert keys(blobs) == [deep, long] if deep < long else [long, deep]
    assert blobs.delete_all("a/") == 1
    assert keys(blobs) == [long]


def test_an_object_may_have_the_name_of_a_folder(blobs: Blobs) -> None:
    blobs.put("a/b", b"below")
    blobs.put("a", b"above")

    assert keys(blobs) == ["a", "a/b"]
    blobs.delete("a")
    assert blobs.get("a/b").read() == b"below"
    blobs.put("a", b"above")
    assert blobs.delete_all("a/") == 1
    assert blobs.get("a").read() == b"above"


BAD = ["", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a/.", "a\0b", "a\nb", "a\x7f", "\ud800", "\ufffe"]
BAD += ["   ", "\u3000", "a" * 256, "a/" + "ế" * 86, "a/" * 450 + "b"]


@pytest.mark.parametrize("key", BAD, ids=lambda key: ascii(key)[:12])
def test_a_bad_key_is_refused_by_every_call(blobs: Blobs, key: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: blobs.put(key, b""),
        lambda: blobs.get(key),
        lambda: blobs.stat(key),
        lambda: blobs.delete(key),
        lambda: blobs.copy(key, "a"),
        lambda: blobs.copy("a", key),
        lambda: blobs.path(key),
    ]

    for call in calls:
        with pytest.raises(BadKey):
            call()


@pytest.mark.parametrize("prefix", ["/", "../", "a//", "a/../b", "./", "\0", "a/\n"], ids=ascii)
def test_a_bad_prefix_is_refused(blobs: Blobs, prefix: str) -> None:
    with pytest.raises(BadKey):
        blobs.list(prefix)
    with pytest.raises(BadKey):
        blobs.delete_all(prefix)


# Listing, removing, copying


def test_a_prefix_is_the_beginning_of_a_key(blobs: Blobs) -> None:
    names = ["b", "bài/1", "bài/10", "bài/2/x", "bài/2x", "c/bài/1", "bà"]
    for name in names:
        blobs.put(name, b"")

    assert keys(blobs, "bài/") == ["bài/1", "bài/10", "bài/2/x", "bài/2x"]
    assert keys(blobs, "bài/2") == ["bài/2/x", "bài/2x"]
    assert keys(blobs, "bài/2/") == ["bài/2/x"]
    assert keys(blobs, "bài/2/x") == ["bài/2/x"]
    assert keys(blobs, "bài/2/xy") == []
    assert keys(blobs, "b") == sorted(set(names) - {"c/bài/1"})
    assert keys(blobs, ".") == []
    assert keys(blobs, "zzz/") == []


# S3 lists and deletes a thousand at a time; Swift on a small machine takes a minute for three.
@pytest.mark.parametrize("count", [1001, pytest.param(3000, marks=pytest.mark.long)])
def test_any_number_of_objects_is_listed_and_removed(blobs: Blobs, count: int) -> None:
    names = [f"haiphong/v1/{number % 7}/tệp {number}.png" for number in range(count)]
    with ThreadPoolExecutor(8) as writers:
        deque(writers.map(lambda name: blobs.put(name, b"x"), names), maxlen=0)
    blobs.put("haiphong/v10/index.html", b"stays")

    listed = blobs.list("haiphong/v1/")

    assert next(listed).key == min(names)
    assert [blob.key for blob in listed] == sorted(names)[1:]
    assert blobs.delete_all("haiphong/v1/") == count
    assert keys(blobs) == ["haiphong/v10/index.html"]


def test_what_is_removed_is_gone_and_may_be_removed_again(blobs: Blobs) -> None:
    blobs.put("a/b", b"")
    blobs.put("a/c", b"")

    blobs.delete("a/b")
    blobs.delete("a/b")
    blobs.delete("never/was")

    assert keys(blobs) == ["a/c"]
    with pytest.raises(BlobMissing):
        blobs.get("a/b")


def test_removing_a_folder_leaves_its_neighbours(blobs: Blobs) -> None:
    for name in ("s/v1/a", "s/v1/b/c", "s/v10/a", "s/v1", "s/v1.zip"):
        blobs.put(name, b"")

    assert blobs.delete_all("s/v1/") == 2
    assert blobs.delete_all("s/v1/") == 0
    assert keys(blobs) == ["s/v1", "s/v1.zip", "s/v10/a"]


@pytest.mark.parametrize("prefix", ["", "s/v1", "s"])
def test_only_a_folder_is_removed_whole(blobs: Blobs, prefix: str) -> None:
    blobs.put("s/v1/a", b"")

    with pytest.raises(BadKey, match="slash"):
        blobs.delete_all(prefix)

    assert keys(blobs) == ["s/v1/a"]


def test_a_copy_is_an_object_of_its_own(blobs: Blobs) -> None:
    content = random.Random(2).randbytes(PART + 1)
    blobs.put("a.bin", content)

    blobs.copy("a.bin", "b/c.mp4")

    copy = blobs.stat("b/c.mp4")
    assert (copy.size, copy.media_type) == (PART + 1, "video/mp4")
    blobs.put("a.bin", b"changed")
    assert blobs.get("b/c.mp4").read() == content


def test_a_copy_takes_the_place_of_what_was_there(blobs: Blobs) -> None:
    blobs.put("a", b"new")
    blobs.put("b", b"old")

    blobs.copy("a", "b")

    assert blobs.get("b").read() == b"new"


def test_a_copy_onto_itself_changes_nothing(blobs: Blobs) -> None:
    before = blobs.put("a", b"content")

    blobs.copy("a", "a")

    assert blobs.stat("a").etag == before.etag
    assert blobs.get("a").read() == b"content"


@pytest.mark.parametrize("target", ["b", "a"])
def test_what_is_not_there_is_not_copied(blobs: Blobs, target: str) -> None:
    with pytest.raises(BlobMissing) as raised:
        blobs.copy("a", target)

    assert raised.value.key == "a"
    assert keys(blobs) == []


# Opening


def test_a_store_that_was_never_written_to_is_empty(blobs: Blobs) -> None:
    assert keys(blobs) == []
    assert keys(blobs, "a/b") == []
    with pytest.raises(BlobMissing):
        blobs.stat("a")
    with pytest.raises(BlobMissing):
        blobs.get("a")
    blobs.delete("a")
    assert blobs.delete_all("a/") == 0


def test_preparing_may_be_repeated(url: str) -> None:
    for _ in range(2):
        open_blobs(url).prepare()

    blobs = open_blobs(url)
    blobs.put("a", b"content")
    blobs.prepare()
    assert blobs.get("a").read() == b"content"


def test_two_processes_may_be_the_first(url: str) -> None:
    def first(number: int) -> None:
        start.wait()
        open_blobs(url).put(str(number), b"")

    start = threading.Barrier(8)
    with ThreadPoolExecutor(8) as writers:
        deque(writers.map(first, range(8)), maxlen=0)

    assert keys(open_blobs(url)) == [str(number) for number in range(8)]


def test_a_store_does_not_tell_its_secret(url: str) -> None:
    blobs = open_blobs(url)

    told = f"{blobs} {blobs!r} {getattr(blobs, '_address', '')!r}"

    assert "a/secret" not in told
    assert "a%2Fsecret" not in told
