"""Objects in a bucket of any S3, through minio's client."""

import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, cast

from minio import Minio
from minio.commonconfig import REPLACE, CopySource
from minio.deleteobjects import DeleteObject
from minio.error import S3Error
from urllib3 import BaseHTTPResponse, HTTPHeaderDict

from storage.blobs.address import S3Address
from storage.blobs.blob import PIECE, Blob, Reading
from storage.blobs.conditions import Range, judge, lone_tag
from storage.blobs.errors import BlobChanged, NotModified, RangeNotSatisfiable, StoreAway
from storage.blobs.keys import check_folder, check_key, check_prefix, is_key
from storage.blobs.source import Readable, Source
from storage.blobs.wire import Judged, Wire, named, trouble
from storage.media_types import media_type
from storage.waiting import about_to_wait

if TYPE_CHECKING:
    from minio.helpers import DictType

_PART = 8 * 1024 * 1024
FOR_GOOD = "private, max-age=31536000, immutable"
"""What caches are told of an object that never changes."""

_AT_ONCE = 1000  # deletions in one request
_PARTIAL = 206
_CONTENT_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+)")


class _Client(Minio):
    """minio's client, with a copy that asks once: minio's own first asks how large the source is, in case it is above 5 GiB."""

    def copy_at_once(self, bucket: str, source: str, target: str, kind: str | None) -> None:
        """Copy an object with all that is said of it, or with another media type alone."""
        headers: DictType = dict(CopySource(bucket, source).gen_copy_headers().items())
        if kind is not None:
            headers |= {"Content-Type": kind, "x-amz-metadata-directive": REPLACE}
        self._execute("PUT", bucket, object_name=target, headers=headers)


class S3:
    """A store whose objects lie in one bucket."""

    def __init__(self, address: S3Address) -> None:
        self._address = address
        self._bucket = address.bucket
        self._client: tuple[int, _Client] | None = None
        self._prepared = False

    def __str__(self) -> str:
        return f"the bucket {self._bucket} at {self._address.host}"

    def path(self, key: str) -> None:
        """Say that no file here holds an object."""
        check_key(key)

    def prepare(self) -> None:
        """Make the bucket if it isn't there."""
        with self._trouble():
            if not self.client.bucket_exists(self._bucket):
                try:
                    self.client.make_bucket(self._bucket)
                except S3Error:  # somebody else may have been faster
                    if not self.client.bucket_exists(self._bucket):
                        raise
        self._prepared = True

    def put(self, key: str, source: bytes | Readable, *, sha256: str = "") -> Blob:
        """Store an object whole, in place of the one before, or not at all; one that comes with its hash will never change."""
        check_key(key)
        if not self._prepared:
            self.prepare()
        reader = _Watched(source)
        try:
            with self._trouble():
                written = self.client.put_object(
                    self._bucket,
                    key,
                    cast("BinaryIO", reader),  # of which minio uses read() only
                    -1,
                    media_type(key),
                    part_size=_PART,
                    num_parallel_uploads=1,  # each more would hold a part in memory
                    metadata={"Cache-Control": FOR_GOOD, "sha256": sha256} if sha256 else None,
                )
        except Exception:
            self._prepared = False  # so that a bucket that was taken away is made again
            if reader.error:
                raise reader.error from None
            raise
        if written.etag:
            with self._trouble():
                return _blob(key, reader.size, written.etag, _time(written.http_headers))
        blob = self.stat(key)  # Ceph doesn't name the etag of an object in parts
        if blob.size != reader.size:
            raise StoreAway(f"{self} has {blob.size} bytes of {reader.size}: {key}")
        return blob

    def get(
        self, key: str, wanted: Range | None = None, *, if_match: str | None = None, if_none_match: str | None = None
    ) -> Reading:
        """Open an object for reading; conditions are taken as the header fields have them."""
        check_key(key)
        asked = {
            "Range": str(wanted) if wanted else None,
            "If-Match": lone_tag(if_match),
            "If-None-Match": lone_tag(if_none_match),
        }
        headers: dict[str, str | list[str] | tuple[str]] = {name: value for name, value in asked.items() if value}
        with self._trouble(key):
            try:
                response = self.client.get_object(self._bucket, key, request_headers=headers)
            except Judged as judged:
                raise self._judgement(key, judged, if_none_match) from None
        try:
            with self._trouble():
                span, size = _sent(response)
                blob = _blob(key, size, response.headers.get("etag"), _time(response.headers))
                # Again, whatever the store made of it: the fields may hold more than one tag.
                judge(key, blob.etag, if_match, if_none_match)
                _check_span(span, wanted.resolve(size) if wanted else (0, size))
        except BaseException:
            _close(response)
            raise
        return Reading(blob, span, self._pieces(response), lambda: _close(response))

    def stat(self, key: str) -> Blob:
        """Say what is known of an object."""
        check_key(key)
        with self._trouble(key):
            found = self.client.stat_object(self._bucket, key)
            return _blob(key, found.size, found.etag, found.last_modified)

    def list(self, prefix: str) -> Iterator[Blob]:
        """Find the objects whose keys begin so, in the order of their keys."""
        check_prefix(prefix)
        return self._list(prefix)

    def delete(self, key: str) -> None:
        """Remove an object if it is there."""
        check_key(key)
        with self._trouble():
            try:
                self.client.remove_object(self._bucket, key)
            except S3Error as error:
                if error.code not in {"NoSuchKey", "NoSuchBucket"}:
                    raise

    def delete_all(self, folder: str) -> int:
        """Remove each object below a folder, `a/b/`, and count them."""
        check_folder(folder)
        listed = self._list(folder)
        count = 0
        while batch := [DeleteObject(blob.key) for blob in islice(listed, _AT_ONCE)]:
            with self._trouble():
                for failed in self.client.remove_objects(self._bucket, batch):
                    raise named(str(self), failed.code)
            count += len(batch)
        return count

    def copy(self, source: str, target: str) -> None:
        """Store an object a second time, under another key."""
        check_key(source)
        check_key(target)
        kind = media_type(target)
        same = kind == media_type(source)  # then the hash can stay with it
        with self._trouble(source):
            if source == target:
                self.client.stat_object(self._bucket, source)
            else:
                self.client.copy_at_once(self._bucket, source, target, None if same else kind)

    @property
    def client(self) -> _Client:
        """The client of this process: a connection opened before a fork must not be used after it."""
        if self._client is None or self._client[0] != os.getpid():
            self._client = os.getpid(), self._connect()
        return self._client[1]

    def _connect(self) -> _Client:
        address = self._address
        return _Client(
            address.host,
            address.key,
            address.secret,
            secure=address.secure,
            region=address.region,
            http_client=Wire(secure=address.secure),
        )

    def _trouble(self, key: str | None = None) -> AbstractContextManager[None]:
        about_to_wait()
        return trouble(str(self), key)

    def _judgement(self, key: str, judged: Judged, if_none_match: str | None) -> Exception:
        if judged.not_modified:
            return NotModified(judged.headers.get("etag") or lone_tag(if_none_match) or "")
        if judged.failed:
            return BlobChanged(key)
        told = _CONTENT_RANGE.fullmatch(judged.headers.get("content-range", ""))
        return RangeNotSatisfiable(int(told[3]) if told else self.stat(key).size)

    def _pieces(self, response: BaseHTTPResponse) -> Iterator[bytes]:
        with self._trouble():
            yield from response.stream(PIECE, decode_content=False)

    def _list(self, prefix: str) -> Iterator[Blob]:
        found = self.client.list_objects(self._bucket, prefix, recursive=True)
        while True:
            with self._trouble():
                try:
                    entry = next(found, None)
                except S3Error as error:
                    if error.code != "NoSuchBucket":
                        raise
                    entry = None
                if entry is None:
                    return
                # A console's mark of an empty folder, "a/", is no object of ours.
                blob = is_key(entry.object_name) and _blob(
                    entry.object_name, entry.size, entry.etag, entry.last_modified
                )
            if blob:
                yield blob


class _Broken(Exception):
    """A source raised: an Exception whatever it was, for minio aborts an upload on those only."""


class _Watched:
    """A source that remembers what it raised, to tell it from the store's own trouble."""

    def __init__(self, source: bytes | Readable) -> None:
        self._source = Source(source)
        self.error: BaseException | None = None

    @property
    def size(self) -> int:
        """How much was read."""
        return self._source.size

    def read(self, size: int) -> bytes:
        """Read exactly so many bytes unless the end comes first."""
        try:
            return self._source.read(size)
        except BaseException as error:
            self.error = error
            raise _Broken from error


def _blob(key: str, size: int | None, etag: str | None, modified: datetime | None) -> Blob:
    if size is None or not etag or modified is None:
        raise ValueError(f"size, etag or time are missing: {key}")
    tag = etag.removeprefix("W/").strip('"')
    return Blob(key, size, f'"{tag}"', media_type(key), modified.astimezone(UTC).replace(microsecond=0))


def _time(headers: HTTPHeaderDict) -> datetime:
    return parsedate_to_datetime(headers.get("last-modified") or headers.get("date", ""))


def _sent(response: BaseHTTPResponse) -> tuple[tuple[int, int], int]:
    """Read from where to where the store sends, and the size of the whole."""
    if response.status != _PARTIAL:
        size = int(response.headers.get("content-length", ""))
        return (0, size), size
    told = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", ""))
    if not told or told[1] is None:
        raise ValueError("a part without its range")
    return (int(told[1]), int(told[2]) + 1), int(told[3])


def _check_span(sent: tuple[int, int], wanted: tuple[int, int]) -> None:
    if sent != wanted:
        raise ValueError(f"it sends the bytes {sent} instead of {wanted}")


def _close(response: BaseHTTPResponse) -> None:
    response.close()
    response.release_conn()
