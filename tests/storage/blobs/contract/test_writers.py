"""Writers that fail, are killed or come together: a reader sees the old object, the new one or none."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from storage.blobs import BlobMissing, Blobs, StoreAway
from storage.blobs.s3 import S3
from tests.storage.blobs.stores import MIB, PART, Stream, keys

ROOT = Path(__file__).parents[4]


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
    # A store far away may say that it cannot answer at this very moment, as Swift does on a busy machine: that shows nothing torn.
    not_now = (StoreAway,) if isinstance(blobs, S3) else ()

    def read() -> set[bytes]:
        seen = set()
        while not done.is_set():
            with suppress(*not_now):
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
