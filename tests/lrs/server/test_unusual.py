"""Requests that are left to gunicorn's parser."""

from __future__ import annotations

import io
import socket
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from gunicorn.http import errors  # type: ignore[import-untyped]  # gunicorn has no types

from lrs.body import Body as Whole
from lrs.errors import Malformed
from lrs.server.unusual import Body, UnusualRequest
from tests.lrs.server.test_head import TOLD

if TYPE_CHECKING:
    from tests.lrs.server.pairs import Pair

CHUNKS = b"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


def request(pair: Pair, came: bytes, coming: bytes = b"") -> UnusualRequest:
    pair[0].came += came
    if coming:
        pair[1].sendall(coming)
    return UnusualRequest(pair[0], TOLD)


def test_chunks_are_put_together_and_what_follows_is_left(pair: Pair) -> None:
    asked = request(pair, CHUNKS + b"3\r\nxin\r\n", b"5\r\n chao\r\n0\r\n\r\nGET /")

    assert asked.environ["PATH_INFO"] == "/a"
    assert asked.environ["wsgi.input"].read() == b"xin chao"
    assert asked.environ["wsgi.multithread"] is True
    assert asked.stays
    assert asked.finish()
    assert pair[0].came == b"GET /"


def test_an_expectation_is_met(pair: Pair) -> None:
    asked = request(pair, b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")

    assert pair[1].recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    pair[1].sendall(b"xin")
    assert asked.environ["wsgi.input"].read() == b"xin"
    assert asked.finish()


def test_a_name_with_an_underscore_is_not_taken_for_another(pair: Pair) -> None:
    asked = request(pair, b"GET / HTTP/1.1\r\nHost: a\r\nX_Forwarded_For: 1\r\nScript_Name: /a\r\n\r\n")

    assert "HTTP_X_FORWARDED_FOR" not in asked.environ
    assert "HTTP_SCRIPT_NAME" not in asked.environ
    assert asked.environ["SCRIPT_NAME"] == ""


def test_what_is_no_request_is_refused(pair: Pair) -> None:
    with pytest.raises(errors.ParseException):
        request(pair, b"nonsense\r\n\r\n")


def test_what_breaks_off_is_no_request(pair: Pair) -> None:
    pair[1].shutdown(socket.SHUT_WR)

    with pytest.raises(errors.NoMoreData):
        request(pair, b"GET / HTTP/1.1\r\nX_")


def test_the_line_cannot_be_used_after_a_body_that_is_broken(pair: Pair) -> None:
    asked = request(pair, CHUNKS + b"nonsense\r\n")

    with pytest.raises(OSError, match="malformed"):
        asked.environ["wsgi.input"].read()
    assert not asked.finish()


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
