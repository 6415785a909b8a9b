"""What gunicorn itself refuses is said as everything else is; over a socket: tests/hostile/test_bad_input.py."""

from http import HTTPStatus

import pytest
from gunicorn.http import errors  # type: ignore[import-untyped]  # gunicorn has no types

from lrs.server.refusal import refusal, status_of


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.InvalidRequestLine("x"), 400),
        (errors.InvalidRequestMethod("x"), 400),
        (errors.InvalidHTTPVersion("x"), 400),
        (errors.InvalidHeader("x"), 400),
        (errors.InvalidHeaderName("x"), 400),
        (errors.InvalidChunkSize(b"x"), 400),
        (errors.UnsupportedTransferCoding("x"), 400),
        (errors.ObsoleteFolding("x"), 400),
        (errors.LimitRequestLine(9000, 4094), 414),
        (errors.LimitRequestHeaders("x"), 431),
        (errors.ExpectationFailed("x"), 417),
        (ValueError("x"), 500),
    ],
)
def test_what_cannot_be_read_is_the_senders_and_what_we_said_is_ours(error: Exception, status: int) -> None:
    assert status_of(error) == status


@pytest.mark.parametrize("status", [HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR])
def test_a_refusal_is_a_whole_answer_in_two_languages(status: HTTPStatus) -> None:
    head, _, body = refusal(status, "an-id").partition(b"\r\n\r\n")

    assert head.startswith(f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode())
    assert f"Content-Length: {len(body)}".encode() in head
    assert b"Connection: close" in head
    assert b"X-Request-Id: an-id" in head
    assert b"X-Content-Type-Options: nosniff" in head
    assert len(body.decode().splitlines()) == 2
