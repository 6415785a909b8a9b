"""What the answers of a store mean when they are not what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.blobs import Blobs, Range, RangeNotSatisfiable, StoreAway, StoreFull, StoreRefused
from tests.storage.blobs.answers import ERROR, OBJECT, told
from tests.storage.blobs.stores import CALLS

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (500, "InternalError", StoreAway),
        (503, "SlowDown", StoreAway),
        (409, "OperationAborted", StoreAway),
        (507, "InsufficientStorage", StoreFull),
        (507, "SomethingElse", StoreFull),
        (403, "QuotaExceeded", StoreFull),
        (413, "EntityTooLarge", StoreFull),
        (403, "InvalidAccessKeyId", StoreRefused),
        (403, "RequestTimeTooSkewed", StoreRefused),
        (403, "AccessDenied", StoreRefused),
        (401, "Whatever", StoreRefused),
        (301, "PermanentRedirect", StoreRefused),
    ],
)
def test_an_error_has_a_name(status: int, code: str, expected: type[StoreAway]) -> None:
    with told(status, ERROR.format(code=code), Retry_After="100", Location="http://elsewhere.invalid/") as (
        blobs,
        asked,
    ):
        for call in (CALLS["put"], CALLS["get"], CALLS["list"]):
            with pytest.raises(StoreAway, match=code) as raised:
                call(blobs)
            assert type(raised.value) is expected
        assert len(asked) == 4  # the bucket's HEAD, and no call twice


@pytest.mark.parametrize("call", [CALLS["put"], CALLS["copy"]], ids=["put", "copy"])
def test_an_error_after_a_good_beginning_is_an_error(call: Callable[[Blobs], object]) -> None:
    error = ERROR.format(code="InternalError")
    with told(200, error, **OBJECT) as (blobs, _), pytest.raises(StoreAway, match="InternalError"):
        call(blobs)


def test_a_copy_is_asked_for_once() -> None:
    with told(200, "<CopyObjectResult/>", **OBJECT) as (blobs, asked):
        blobs.copy("a/b", "a/c")

        assert asked == ["PUT /bucket/a/c"]


def test_an_etag_that_is_not_told_is_asked_for() -> None:
    with told(200, "content", **OBJECT) as (blobs, asked):
        assert blobs.put("a", b"content").etag == '"1"'
        assert asked == ["HEAD /bucket", "PUT /bucket/a", "HEAD /bucket/a"]

        with pytest.raises(StoreAway, match="7 bytes of 8"):
            blobs.put("a", b"contents")


@pytest.mark.parametrize("status", [200, 403, 404, 502])
@pytest.mark.parametrize("body", ["<html>Please log in</html>", "<broken", "", "{}"])
def test_what_is_no_s3_is_away(status: int, body: str) -> None:
    with told(status, body, Content_Type="text/html") as (blobs, _):
        for call in (CALLS["get"], CALLS["list"], CALLS["delete_all"]):
            with pytest.raises(StoreAway):
                call(blobs)


@pytest.mark.parametrize("content_range", [None, "bytes 0-3/10", "bytes 2-5/*", "bytes 2-6/10"])
def test_a_store_that_does_not_keep_to_ranges_is_away(content_range: str | None) -> None:
    fields = OBJECT | ({"Content_Range": content_range} if content_range else {})
    status, body = (206, "2345") if content_range else (200, "0123456789")
    with told(status, body, **fields) as (blobs, _), pytest.raises(StoreAway, match="does not answer as an S3"):
        blobs.get("a", Range(2, 5))


def test_a_store_that_keeps_to_ranges_is_read() -> None:
    with told(206, "2345", **OBJECT, Content_Range="bytes 2-5/10") as (blobs, _):
        assert blobs.get("a", Range(2, 5)).read() == b"2345"


def test_the_size_is_asked_for_if_a_refused_range_does_not_tell_it() -> None:
    with told(416, "0123456789", **OBJECT) as (blobs, asked):
        with pytest.raises(RangeNotSatisfiable) as raised:
            blobs.get("a", Range(99))

        assert raised.value.size == 10
        assert asked == ["GET /bucket/a", "HEAD /bucket/a"]


@pytest.mark.parametrize("status", [304, 412, 416])
def test_a_judgement_that_nobody_asked_for_is_trouble(status: int) -> None:
    with told(status, "" if status == 304 else "no", **OBJECT) as (blobs, _):
        for call in (CALLS["put"], CALLS["list"]):
            with pytest.raises(StoreAway):
                call(blobs)
