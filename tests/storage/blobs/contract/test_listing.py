"""Lists in the order of the keys, and what is removed, alone or with its folder."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.blobs import BadKey, BlobMissing, Blobs
from tests.storage.blobs.stores import keys


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


# The tests' S3 lists a hundred at a time (tests/parts/swift.py), others a thousand, and a thousand is what all delete at a time:
# Swift on a small machine takes a minute for three.
@pytest.mark.parametrize("count", [201, *(pytest.param(many, marks=pytest.mark.long) for many in (1001, 3000))])
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
