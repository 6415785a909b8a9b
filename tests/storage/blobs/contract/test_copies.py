"""A copy is an object of its own."""

from __future__ import annotations

import random

import pytest

from storage.blobs import BlobMissing, Blobs
from tests.storage.blobs.stores import PART, keys


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
