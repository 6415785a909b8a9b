"""A request and its answer, whatever the application makes of it."""

from __future__ import annotations

import http.client
import io
import json
import socket
from typing import TYPE_CHECKING

import pytest

from lrs.logs import CAN_WAIT
from lrs.server.exchange import Exchange, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrs.logs import Application, Environ, StartResponse
    from tests.lrs.server.pairs import Pair


class Asked:
    """A request that was read, and of whose body something may be left."""

    def __init__(self, *, stays: bool = True, finishes: bool = True) -> None:
        self.environ: Environ = {"REQUEST_METHOD": "GET", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO()}
        self.stays = stays
        self._finishes = finishes

    def finish(self) -> bool:
        return self._finishes


class Body:
    """A body that can be closed, and may break."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self._pieces = pieces
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def close(self) -> None:
        self.closed = True


def says(body: Iterable[bytes], length: int = 3) -> Application:
    def application(_environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", str(length))])
        return body

    return application


def exchange(pair: Pair, application: Application, asked: Asked | None = None, *, stays: bool = True) -> Exchange:
    made = Exchange(pair[0], asked or Asked(), stays=stays)
    made.ask(application)
    return made


def heard(pair: Pair) -> bytes:
    if not pair[0].leaving:
        pair[0].socket.shutdown(socket.SHUT_WR)
    return b"".join(iter(lambda: pair[1].recv(65536), b""))


def test_an_answer_is_sent_and_its_body_closed(pair: Pair) -> None:
    body = Body(b"xin")

    exchange(pair, says(body)).end()
    assert heard(pair).endswith(b"\r\n\r\nxin")
    assert body.closed
    assert not pair[0].over
    assert not pair[0].leaving


@pytest.mark.parametrize(("stays", "asked"), [(False, Asked()), (True, Asked(stays=False))])
def test_the_line_is_over_if_either_wants_it(pair: Pair, stays: bool, asked: Asked) -> None:  # noqa: FBT001
    exchange(pair, says([b"xin"]), asked, stays=stays).end()

    assert pair[0].over
    assert b"Connection: close\r\n" in heard(pair)


def test_a_body_that_cannot_be_read_past_ends_the_line_politely(pair: Pair) -> None:
    exchange(pair, says([b"xin"]), Asked(finishes=False)).end()

    assert pair[0].leaving
    assert heard(pair).endswith(b"xin")


@pytest.mark.parametrize("error", [BrokenPipeError(), ConnectionResetError(), BlockingIOError(), TimeoutError()])
def test_a_line_that_broke_is_nobodys_mistake(pair: Pair, error: OSError, caplog: pytest.LogCaptureFixture) -> None:
    body = Body(b"x", error)

    exchange(pair, says(body)).end()
    assert pair[0].over
    assert body.closed
    assert caplog.records == []


def test_a_mistake_before_the_head_is_told(pair: Pair, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "haidang")

    def fails(_environ: Environ, _start: StartResponse) -> Iterable[bytes]:
        raise LookupError("secret")

    made = exchange(pair, fails)
    assert not made.can_wait
    made.end()
    assert heard(pair).startswith(b"HTTP/1.1 500 ")
    assert [record.message for record in caplog.records] == ["bug", "request"]
    assert "secret" not in json.dumps([record.__dict__.get("fields") for record in caplog.records])


def test_a_mistake_in_the_middle_cuts_the_line(pair: Pair, caplog: pytest.LogCaptureFixture) -> None:
    exchange(pair, says(Body(b"x", OSError("the disk")))).end()

    assert pair[0].over
    assert heard(pair).endswith(b"\r\n\r\nx")
    assert [record.message for record in caplog.records] == ["bug"]


def test_a_body_may_say_late_what_it_is(pair: Pair) -> None:
    said: list[str] = []

    def later(environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
        said.append("asked")
        start_response("204 No Content", [])
        yield b""

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        environ[CAN_WAIT] = True
        return later(environ, start_response)

    made = exchange(pair, application)
    assert made.can_wait
    assert said == []
    made.end()
    assert heard(pair).startswith(b"HTTP/1.1 204 No Content\r\n")


def test_a_refusal_says_farewell(pair: Pair) -> None:
    refuse(pair[0], ValueError("secret"))

    answer = http.client.HTTPResponse(pair[1])
    answer.begin()
    assert (answer.status, pair[0].leaving) == (500, True)
    assert "secret" not in answer.read().decode()
