"""The two stores that the tests of the object store run on, and sources to put into them."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from minio.deleteobjects import DeleteObject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from storage.blobs import Blobs
    from tests.parts.s3 import S3Server

MIB = 1024 * 1024
PART = 8 * MIB
"""What S3 takes at a time: longer objects are put in parts."""


def folder_url(folder: Path) -> str:
    """Give a folder's address as the service's configuration takes it."""
    return f"file://{quote(str(folder))}"


@contextmanager
def new_bucket(s3: S3Server) -> Iterator[str]:
    """Think up a bucket's name, and remove the bucket if a test made it."""
    name = f"blobs-{secrets.token_hex(6)}"
    yield name
    client, bucket = s3.client(), s3.bucket(name)
    if client.bucket_exists(bucket):
        objects = client.list_objects(bucket, recursive=True)
        left = [DeleteObject(entry.object_name) for entry in objects if entry.object_name]
        assert [*client.remove_objects(bucket, left)] == []
        client.remove_bucket(bucket)


def keys(blobs: Blobs, prefix: str = "") -> list[str]:
    """Name what is in a store."""
    return [blob.key for blob in blobs.list(prefix)]


class Stream:
    """A source that is made while it is read, in pieces of its own size, and that may fail at some point."""

    def __init__(self, size: int, fails: BaseException | None = None, piece: int = 100_000) -> None:
        self._left = size
        self._fails = fails
        self._piece = piece

    def read(self, size: int) -> bytes:
        found = min(size, self._left, self._piece)
        self._left -= found
        if not found and self._fails:
            raise self._fails
        return b"x" * found


CALLS: dict[str, Callable[[Blobs], object]] = {
    "prepare": lambda blobs: blobs.prepare(),
    "put": lambda blobs: blobs.put("a/b", b"content"),
    "put in parts": lambda blobs: blobs.put("a/b", Stream(20 * MIB)),
    "get": lambda blobs: blobs.get("a/b"),
    "stat": lambda blobs: blobs.stat("a/b"),
    "list": lambda blobs: [*blobs.list("a")],
    "delete": lambda blobs: blobs.delete("a/b"),
    "delete_all": lambda blobs: blobs.delete_all("a/"),
    "copy": lambda blobs: blobs.copy("a/b", "a/c"),
}
"""Every call that a store has to answer, or to fail."""
