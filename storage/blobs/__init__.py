"""The object store: unpacked lessons, attachments and backups, in a folder or in any S3 (docs/blobs.md)."""

from storage.blobs.address import S3Address, parse_folder
from storage.blobs.blob import Blob, Blobs, Reading
from storage.blobs.conditions import Range
from storage.blobs.errors import (
    BadKey,
    BlobChanged,
    BlobMissing,
    NotModified,
    RangeNotSatisfiable,
    StoreAway,
    StoreFull,
    StoreRefused,
)
from storage.blobs.folder import Folder
from storage.blobs.source import Readable

__all__ = [
    "BadKey",
    "Blob",
    "BlobChanged",
    "BlobMissing",
    "Blobs",
    "NotModified",
    "Range",
    "RangeNotSatisfiable",
    "Readable",
    "Reading",
    "StoreAway",
    "StoreFull",
    "StoreRefused",
    "open_blobs",
]


def open_blobs(url: str) -> Blobs:
    """Give the store at an address, touching nothing yet."""
    scheme = url.partition("://")[0]
    if scheme == "file":
        return Folder(parse_folder(url))
    if scheme in {"s3+http", "s3+https"}:
        from storage.blobs.s3 import S3  # noqa: PLC0415 - minio takes 0.4 s to import, which a folder needn't pay

        return S3(S3Address.parse(url))
    raise ValueError("the object store's address begins with file://, s3+https:// or s3+http://")
