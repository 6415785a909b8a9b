"""A connection: what it takes, when a request is there, and how long it waits."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

import pytest
from gunicorn.http import errors  # type: ignore[import-untyped]  # gunicorn has no types

from lrs.server.head import MOST, Unusual
from lrs.server.line import AT_HAND, FAREWELL, IDLE, SILENCE, Line, limit_silence

if TYPE_CHECKING:
    from tests.lrs.server.pairs import Pair

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


def post(length: int) -> bytes:
    return b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % length


def takes(pair: Pair, data: bytes) -> Line:
    """Send bytes, and take them."""
    line, theirs = pair
    theirs.sendall(data)
    before, deadline = len(line.came), time.monotonic() + 5
    while len(line.came) < before + len(data):
        assert time.monotonic() < deadline
        line.take()
    return line


def test_a_request_is_there_when_its_head_is_whole(pair: Pair) -> None:
    assert not takes(pair, GET[:-1]).has_request()
    assert not pair[0].is_idle
    assert takes(pair, GET[-1:]).has_request()


def test_a_small_body_is_waited_for(pair: Pair) -> None:
    assert not takes(pair, post(5) + b"1234").has_request()
    assert takes(pair, b"5" + GET).has_request()
    assert pair[0].head is not None
    assert pair[0].give(pair[0].head.length) == b"12345"
    pair[0].head = None
    assert pair[0].has_request()  # what came along with it


@pytest.mark.parametrize(("length", "there"), [(AT_HAND, False), (AT_HAND + 1, True)])
def test_a_large_body_is_not(pair: Pair, length: int, there: bool) -> None:  # noqa: FBT001
    assert takes(pair, post(length)).has_request() is there


def test_a_body_that_is_cut_is_a_request_too(pair: Pair) -> None:
    line = takes(pair, post(5) + b"123")
    pair[1].shutdown(socket.SHUT_WR)
    while not line.ended:
        line.take()

    assert line.has_request()


def test_nothing_to_take_is_no_end(pair: Pair) -> None:
    pair[0].take()

    assert not pair[0].ended
    assert pair[0].is_idle


@pytest.mark.parametrize("data", [b"GET / HTTP/1.1\r\nX: " + b"x" * MOST + b"\r\n\r\n", b"\r\n\r\n"])
def test_what_is_no_usual_head_is_left_as_it_came(pair: Pair, data: bytes) -> None:
    line = takes(pair, data)

    with pytest.raises(Unusual):
        line.has_request()
    assert line.came == data


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"x" * (MOST + 1), errors.LimitRequestLine),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * MOST, errors.LimitRequestHeaders),
        (b"GET / HTTP/1.1\nX", errors.InvalidHeader),
    ],
)
def test_what_can_become_no_head_is_refused_before_it_ends(pair: Pair, data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        takes(pair, data).has_request()


def patience(line: Line) -> float:
    line.wait()
    return line.deadline - time.monotonic()


def test_patience_depends_on_what_is_missing(pair: Pair) -> None:
    line = pair[0]
    assert IDLE - 1 < patience(line) <= IDLE
    takes(pair, GET[:-2])
    line.has_request()
    assert SILENCE - 1 < patience(line) <= SILENCE
    first = line.deadline
    time.sleep(0.05)
    takes(pair, b"X: y\r\n")
    assert line.deadline == float("inf")  # somebody has it in hand
    line.has_request()
    patience(line)
    assert line.deadline == first  # a head that comes a byte at a time is not waited for longer
    takes(pair, b"Content-Length: 9\r\n\r\n1")
    line.has_request()
    patience(line)
    assert line.deadline > first
    line.say_farewell()
    assert FAREWELL - 1 < patience(line) <= FAREWELL
    first = line.deadline
    time.sleep(0.01)
    patience(line)
    assert line.deadline == first  # nor is somebody who goes on speaking


def test_what_waited_for_an_answer_is_not_blamed_for_it(pair: Pair) -> None:
    line = takes(pair, GET + GET[:5])
    assert line.has_request()
    line.head = None
    line._began -= SILENCE + 1

    line.renew()
    assert SILENCE - 1 < patience(line) <= SILENCE


def test_who_has_lost_patience_ends_the_line_and_keeps_what_came(pair: Pair) -> None:
    pair[1].sendall(b"half")
    time.sleep(0.05)
    pair[0].lose_patience()

    pair[0].take()
    assert (bytes(pair[0].came), pair[0].ended) == (b"half", False)
    pair[0].take()
    assert pair[0].ended
    pair[0].socket.sendall(b"still heard")
    assert pair[1].recv(100) == b"still heard"


def test_after_the_farewell_nothing_is_listened_to(pair: Pair) -> None:
    line, theirs = pair
    line.say_farewell()
    theirs.sendall(GET)
    time.sleep(0.05)

    line.take()
    assert line.came == b""
    assert theirs.recv(10) == b""
    theirs.close()
    deadline = time.monotonic() + 5
    while not line.ended:
        assert time.monotonic() < deadline
        line.take()


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
