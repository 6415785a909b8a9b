"""What goes over the line for what the application says."""

from __future__ import annotations

import http.client
import socket
import sys
from typing import TYPE_CHECKING, Any

import pytest

from lrs.server.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Lines = tuple[socket.socket, socket.socket]


@pytest.fixture
def lines() -> Iterator[Lines]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.settimeout(5)
        yield ours, theirs


def heard(lines: Lines) -> bytes:
    """Read all that was sent."""
    lines[0].shutdown(socket.SHUT_WR)
    return b"".join(iter(lambda: lines[1].recv(65536), b""))


def read(lines: Lines, method: str = "GET") -> http.client.HTTPResponse:
    lines[0].shutdown(socket.SHUT_WR)
    answer = http.client.HTTPResponse(lines[1], method=method)
    answer.begin()
    return answer


def say(lines: Lines, body: Iterable[bytes], *fields: tuple[str, str], status: str = "200 OK", **of: Any) -> Answer:
    answer = Answer(lines[0], of.get("method", "GET"), of.get("version", "HTTP/1.1"), stays=of.get("stays", True))
    answer.start(status, list(fields))
    answer.send(body)
    return answer


def test_what_has_a_length_goes_out_as_it_is(lines: Lines) -> None:
    answer = say(lines, [b"xin ", b"chao"], ("Content-Length", "8"), ("X-A", "b"))

    found = read(lines)
    assert (found.status, found.reason, found.read()) == (200, "OK", b"xin chao")
    assert found.headers["X-A"] == "b"
    assert found.headers["Connection"] == "keep-alive"
    assert found.headers["Date"].endswith("GMT")
    assert answer.stays


def test_what_has_no_length_goes_out_in_chunks(lines: Lines) -> None:
    answer = say(lines, iter([b"xin ", b"", b"chao"]))

    data = heard(lines)
    assert b"Transfer-Encoding: chunked\r\n" in data
    assert data.endswith(b"\r\n\r\n4\r\nxin \r\n4\r\nchao\r\n0\r\n\r\n")
    assert answer.stays


def test_what_has_no_length_ends_an_old_line(lines: Lines) -> None:
    answer = say(lines, [b"xin chao"], version="HTTP/1.0")

    data = heard(lines)
    assert data.startswith(b"HTTP/1.0 200 OK\r\n")
    assert b"Transfer-Encoding" not in data
    assert b"Connection: close\r\n" in data
    assert not answer.stays


@pytest.mark.parametrize(
    ("method", "status", "length"),
    [("HEAD", "200 OK", "8"), ("GET", "304 Not Modified", "8"), ("GET", "204 No Content", None)],
)
def test_what_has_no_body_has_none_whatever_is_said(lines: Lines, method: str, status: str, length: str | None) -> None:
    answer = say(lines, [b"xin chao"], ("Content-Length", "8"), method=method, status=status)

    data = heard(lines)
    assert data.endswith(b"\r\n\r\n")
    assert b"chao" not in data
    assert b"chunked" not in data
    assert (b"Content-Length: 8\r\n" in data) is (length is not None)
    assert answer.stays


def test_how_the_line_is_used_is_not_the_applications_to_say(lines: Lines) -> None:
    say(lines, [], ("Connection", "upgrade"), ("Transfer-Encoding", "gzip"), ("Content-Length", "0"))

    data = heard(lines)
    assert b"upgrade" not in data
    assert b"gzip" not in data


@pytest.mark.parametrize(
    ("status", "field"),
    [
        ("200 OK", ("X", "a\r\nSet-Cookie: b")),
        ("200 OK", ("X", "a\nb")),
        ("200 OK", ("X", "a\0")),
        ("200 OK", ("X\r\nY", "a")),
        ("200 OK", ("", "a")),
        ("200 OK\r\nX: y", ("X", "a")),
        ("OK", ("X", "a")),
    ],
)
def test_nothing_is_smuggled_into_a_head(lines: Lines, status: str, field: tuple[str, str]) -> None:
    answer = Answer(lines[0], "GET", "HTTP/1.1", stays=True)

    with pytest.raises(ValueError, match="cannot be sent"):
        answer.start(status, [field])
    assert not answer.begun
    assert heard(lines) == b""


def test_a_head_can_be_taken_back_until_it_is_out(lines: Lines) -> None:
    answer = Answer(lines[0], "GET", "HTTP/1.1", stays=True)
    answer.start("200 OK", [("Content-Length", "1")])
    with pytest.raises(RuntimeError):
        answer.start("500 Internal Server Error", [])

    try:
        "".encode("nothing")
    except LookupError:
        answer.start("500 Internal Server Error", [("Content-Length", "0")], sys.exc_info())  # type: ignore[arg-type]
        answer.send([])
        with pytest.raises(LookupError):
            answer.start("500 Internal Server Error", [], sys.exc_info())  # type: ignore[arg-type]
    assert read(lines).status == 500


def test_a_body_without_a_head_is_a_mistake(lines: Lines) -> None:
    with pytest.raises(RuntimeError):
        Answer(lines[0], "GET", "HTTP/1.1", stays=True).send([b"x"])


def test_the_head_and_the_first_piece_go_out_in_one(lines: Lines) -> None:
    answer = Answer(lines[0], "GET", "HTTP/1.1", stays=True)
    answer.start("200 OK", [("Content-Length", "8")])

    answer.write(b"xin chao")
    assert lines[1].recv(65536).endswith(b"\r\n\r\nxin chao")
