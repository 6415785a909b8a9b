"""Bodies: those that are there, those that are coming, and those that nobody wants."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from lrs.body import Body as Whole
from lrs.errors import Malformed
from lrs.server import usual
from lrs.server.head import Head
from lrs.server.line import limit_silence
from lrs.server.usual import PAST, UsualRequest

if TYPE_CHECKING:
    from tests.lrs.server.pairs import Pair


def request(pair: Pair, came: bytes, length: int) -> UsualRequest:
    line = pair[0]
    line.came += came
    line.head = Head({}, length, stays=True)
    return UsualRequest(line, line.head)


def test_a_body_that_is_there_is_read_and_the_rest_is_left(pair: Pair) -> None:
    asked = request(pair, b"one\ntwoGET", 7)

    assert asked.environ["wsgi.input"].readlines() == [b"one\n", b"two"]
    assert asked.finish()
    assert pair[0].came == b"GET"
    assert pair[0].head is None


def test_who_asks_and_where_is_told(pair: Pair) -> None:
    environ = request(pair, b"", 0).environ

    assert (environ["REMOTE_ADDR"], environ["REMOTE_PORT"]) == ("127.0.0.1", str(pair[1].getsockname()[1]))
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("127.0.0.1", str(pair[1].getpeername()[1]))
    assert environ["gunicorn.socket"] is pair[0].socket


def test_a_body_that_is_coming_is_read_as_it_comes(pair: Pair) -> None:
    asked = request(pair, b"one\n", 11)
    pair[1].sendall(b"two\n345GET")

    body = asked.environ["wsgi.input"]
    assert body.readline() == b"one\n"
    assert body.read(6) == b"two\n34"
    assert body.read() == b"5"
    assert body.read() == b""
    assert asked.finish()
    assert pair[0].socket.recv(10) == b"GET"


def test_a_body_that_is_cut_ends_early_and_is_noticed(pair: Pair) -> None:
    asked = request(pair, b"012", 5)
    pair[1].sendall(b"3")
    pair[1].shutdown(socket.SHUT_WR)

    with pytest.raises(Malformed):
        Whole(asked.environ["wsgi.input"], 100, 5).read()
    assert not asked.finish()


@pytest.mark.parametrize(("left", "fine"), [(1, True), (PAST, True), (PAST + 1, False)])
def test_a_body_that_nobody_wanted_is_read_past_if_it_is_short(pair: Pair, left: int, fine: bool) -> None:  # noqa: FBT001
    asked = request(pair, b"0", left + 1)
    pair[1].sendall(b"x" * left)

    asked.environ["wsgi.input"].raw.readinto(bytearray(1))
    assert asked.finish() is fine


def test_a_body_that_nobody_wanted_is_not_waited_for_long(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usual, "MOMENT", 0.1)
    asked = request(pair, b"0", 100)
    pair[1].sendall(b"1")

    assert not asked.finish()


def test_silence_in_a_body_is_an_error_of_the_line(pair: Pair) -> None:
    asked = request(pair, b"0", 100)
    limit_silence(pair[0].socket, 0.05)

    with pytest.raises(BlockingIOError):
        asked.environ["wsgi.input"].read()
    assert not asked.finish()
