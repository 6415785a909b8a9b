"""The address of an object store. What is wrong with one is said without repeating it: it holds a secret."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_BUCKET = re.compile(r"(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class S3Address:
    """A bucket, the server it is on, and the key to it."""

    host: str
    secure: bool
    key: str
    secret: str = field(repr=False)
    bucket: str
    region: str

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read s3+https://KEY:SECRET@HOST:PORT/BUCKET?region=us-east-1."""
        parts = _split(url)
        try:
            port = parts.port
            # unquote would put a sign of its own where the bytes are no UTF-8, and sign with that
            key, secret = (unquote(part or "", errors="strict") for part in (parts.username, parts.password))
            options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True) if parts.query else [])
        except ValueError:
            raise ValueError(
                "the object store's address has the form s3+https://KEY:SECRET@HOST:PORT/BUCKET?region=us-east-1,"
                " key and secret percent-encoded"
            ) from None
        if not key or not secret:
            raise ValueError("the object store's address has a key and a secret: s3+https://KEY:SECRET@...")
        if not parts.hostname or not _HOST.fullmatch(parts.hostname):
            raise ValueError("the object store's address names a host after the @, by its name or IPv4 address")
        bucket = parts.path.removeprefix("/").removesuffix("/")
        if not _BUCKET.fullmatch(bucket):
            raise ValueError(
                "the object store's address names a bucket after the host: 3 to 63 small letters, digits, dots, hyphens"
            )
        region = options.pop("region", "us-east-1")
        if options or not region or parts.fragment:
            raise ValueError("the object store's address ends with ?region=... or nothing")
        host = parts.hostname if port is None else f"{parts.hostname}:{port}"
        return cls(host, parts.scheme == "s3+https", key, secret, bucket, region)


def parse_folder(url: str) -> Path:
    """Read file:///an/absolute/path."""
    parts = _split(url)
    path = unquote(parts.path)
    if parts.netloc or parts.query or parts.fragment or not path.startswith("/") or "\0" in path:
        raise ValueError("the object store's folder is given as file:///an/absolute/path, with %23 for # and %3F for ?")
    if not path.strip("/"):
        raise ValueError("the object store's folder is not the whole disk: file:///an/absolute/path")
    return Path(path)


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise ValueError("the object store's address is no URL") from None
