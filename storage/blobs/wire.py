"""The HTTP on which S3 is spoken: how long it waits, what it tries again, and what a failure means."""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self
from xml.etree.ElementTree import ParseError

from minio.error import MinioException, S3Error, ServerError
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPHeaderDict, HTTPSConnectionPool, PoolManager, Retry
from urllib3 import Timeout as Patience
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, MaxRetryError, ReadTimeoutError

from storage.blobs.errors import BlobMissing, StoreAway, StoreFull, StoreRefused

CONNECT = 2.0
SILENCE = 30.0
_CONNECTIONS = 32

_NOT_MODIFIED, _FAILED, _NO_RANGE = 304, 412, 416
_JUDGEMENTS = {_NOT_MODIFIED, _FAILED, _NO_RANGE}
_UNAUTHORISED, _FORBIDDEN, _NO_STORAGE = 401, 403, 507

_MISSING = {"NoSuchKey", "NoSuchBucket"}
# EntityTooLarge is what Swift says of a quota; a part of ours is never too large.
_FULL = {"QuotaExceeded", "EntityTooLarge", "InsufficientStorage", "InsufficientCapacity", "XMinioStorageFull"}
_REFUSED = {
    "SignatureDoesNotMatch": "the secret is wrong",
    "InvalidAccessKeyId": "the key is not known there",
    "RequestTimeTooSkewed": "its clock and ours differ",
    "AuthorizationHeaderMalformed": "the region is another",
    "InvalidRegion": "the region is another",
    "PermanentRedirect": "the region is another",
    "Redirect": "the region is another",
}
_LATE_ERROR = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<Error[\s>]")


class Judged(MinioException):
    """The store answered to a condition or a range instead of sending an object."""

    def __init__(self, status: int, headers: HTTPHeaderDict) -> None:
        super().__init__(status)
        self.not_modified = status == _NOT_MODIFIED
        self.failed = status == _FAILED
        self.headers = headers


class _OnceMore(Retry):
    """What was refused or cut is tried once more; a store that kept silent is not asked again."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: Any = None,
        _stacktrace: Any = None,
    ) -> Self:
        """Say what may still be tried, or raise."""
        if isinstance(error, ReadTimeoutError):
            raise error
        return super().increment(method, url, response, error, _pool, _stacktrace)


class _Connection(HTTPConnection):
    def connect(self) -> None:
        """Connect, then be as patient in sending: urllib3 would give all of a body the time to connect."""
        super().connect()
        self.sock.settimeout(SILENCE)


class _TlsConnection(HTTPSConnection):
    def connect(self) -> None:
        """Connect, then be as patient in sending."""
        super().connect()
        if self.sock:
            self.sock.settimeout(SILENCE)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class Wire(PoolManager):
    """The connections of one process to its store."""

    def __init__(self, *, secure: bool) -> None:
        super().__init__(
            maxsize=_CONNECTIONS,
            timeout=Patience(connect=CONNECT, read=SILENCE),
            retries=_OnceMore(total=1, respect_retry_after_header=False),
            ssl_context=ssl.create_default_context() if secure else None,
        )
        self.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}

    def urlopen(  # type: ignore[override]  # minio passes everything but these two by name
        self, method: str, url: str, **options: Any
    ) -> BaseHTTPResponse:
        """Send a request; a redirect is not followed, its signature would be for another host."""
        response = super().urlopen(method, url, redirect=False, **options)
        if method == "GET" and response.status in _JUDGEMENTS:
            # Said here because minio reads a 304 as an error in XML if the object was XML.
            response.drain_conn()
            response.release_conn()
            raise Judged(response.status, response.headers)
        # Completing an upload and copying take their time: S3 says 200 first, and may have to add an error.
        if method in {"POST", "PUT"} and _LATE_ERROR.match(response.data):
            raise S3Error.fromxml(response)
        return response


@contextmanager
def trouble(store: str, key: str | None = None) -> Iterator[None]:
    """Say what the errors of S3 and of the network mean."""
    try:
        yield
    except S3Error as error:
        if key is not None and error.code in _MISSING:
            raise BlobMissing(key) from None
        raise named(store, error.code or "", error.response.status) from error
    except ServerError as error:
        raise named(store, str(error), error.status_code) from error
    except (MinioException, ParseError, ValueError) as error:
        raise StoreAway(f"{store} does not answer as an S3 does: {error}") from error
    except (HTTPError, OSError) as error:
        reason = error.reason if isinstance(error, MaxRetryError) else error
        raise StoreAway(f"{store} does not answer: {reason}") from error


def named(store: str, code: str, status: int = 0) -> StoreAway:
    """Give an error of S3 the name that it has for our callers."""
    if code in _FULL or status == _NO_STORAGE:
        return StoreFull(f"{store} is full: {code}")
    if code in _REFUSED or status in {_UNAUTHORISED, _FORBIDDEN}:
        return StoreRefused(f"{store} refuses us: {_REFUSED.get(code, 'key, secret or permission are wrong')} ({code})")
    return StoreAway(f"{store} fails: {code}")
