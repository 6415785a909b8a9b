"""What gunicorn itself refuses is said and logged as everything else is; over a socket: tests/hostile/test_bad_input.py."""

import io
import socket
import time
from http import HTTPStatus
from types import SimpleNamespace

import pytest
from gunicorn.http import errors  # type: ignore[import-untyped]  # gunicorn has no types

from lrs.body import Body as Whole
from lrs.errors import Malformed
from lrs.worker import Body, limit_silence, refusal, status_of


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
        (errors.InvalidResponseHeader("x"), 500),
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


def test_a_malformed_body_is_a_broken_line() -> None:
    def fail(*_: int) -> bytes:
        raise errors.InvalidChunkSize(b"x")

    body = Body(SimpleNamespace(read=fail, readline=fail))
    for read in (body.read, body.readline, body.readlines):
        with pytest.raises(OSError, match="malformed"):
            read()


def test_a_body_comes_through_as_it_is() -> None:
    assert Body(io.BytesIO(b"one\ntwo")).read(3) == b"one"
    assert Body(io.BytesIO(b"one\ntwo")).readline() == b"one\n"
    assert Body(io.BytesIO(b"one\ntwo")).readlines() == [b"one\n", b"two"]
    assert list(Body(io.BytesIO(b"one\ntwo"))) == [b"one\n", b"two"]


def test_both_bodies_fit_into_each_other() -> None:
    assert Whole(Body(io.BytesIO(b"0123")), 4, 4).read() == b"0123"
    with pytest.raises(Malformed):
        Whole(Body(io.BytesIO(b"012")), 4, 4).read()


@pytest.mark.parametrize("seconds", [0.05, 0.2])
def test_silence_ends_a_read_and_a_write(seconds: float) -> None:
    one, other = socket.socketpair()
    with one, other:
        limit_silence(one, seconds)

        begun = time.monotonic()
        with pytest.raises(BlockingIOError):
            one.recv(1)
        assert seconds * 0.8 < time.monotonic() - begun < seconds + 2
        with pytest.raises(BlockingIOError):
            one.sendall(b"x" * 100_000_000)


def test_a_line_that_speaks_is_read() -> None:
    one, other = socket.socketpair()
    with one, other:
        limit_silence(one, 0.5)
        other.sendall(b"here")

        assert one.recv(10) == b"here"
