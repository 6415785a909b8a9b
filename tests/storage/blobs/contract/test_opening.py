"""A store nobody has written to, nor prepared, and what it tells of itself."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.blobs import BlobMissing, Blobs, open_blobs
from tests.storage.blobs.stores import keys


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
