"""Connections send what they are given and count only what was answered well."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from bench.lines import LoadFailed, ask, drive, pace

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
NOTHING = b"HTTP/1.1 204 No Content\r\n\r\n"
LAST = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"
BAD = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy"
CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
REQUEST = b"GET / HTTP/1.1\r\n\r\n"


@contextmanager
def answering(answer: bytes, *, in_pieces: bool = False) -> Iterator[tuple[int, list[int]]]:
    """Listen, and answer every request in the same way; count what came on each connection."""
    counts: list[int] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def talk(line: socket.socket, place: int) -> None:
        with line:
            waiting = b""
            while block := line.recv(1 << 20):
                waiting += block
                while b"\r\n\r\n" in waiting:
                    waiting = waiting.partition(b"\r\n\r\n")[2]
                    counts[place] += 1
                    for piece in [answer[i : i + 1] for i in range(len(answer))] if in_pieces else [answer]:
                        line.sendall(piece)
                    if answer in {LAST, CUT}:
                        return

    def listen() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            counts.append(0)
            threading.Thread(target=talk, args=(line, len(counts) - 1)).start()

    thread = threading.Thread(target=listen)
    thread.start()
    yield listener.getsockname()[1], counts
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


@pytest.mark.parametrize("answer", [GOOD, NOTHING])
@pytest.mark.parametrize("in_pieces", [False, True])
def test_every_request_is_answered_once(answer: bytes, in_pieces: bool) -> None:  # noqa: FBT001 - a case of a table
    with answering(answer, in_pieces=in_pieces) as (port, counts):
        outcome = drive(port, [REQUEST] * 30, connections=3)

    assert outcome.requests == sum(counts) == 30
    assert len(counts) == outcome.connects == 3
    assert outcome.received == 30 * len(answer)
    assert 0 < min(outcome.latencies) <= outcome.seconds


def test_a_connection_that_the_service_closes_is_opened_again() -> None:
    with answering(LAST) as (port, counts):
        outcome = drive(port, [REQUEST] * 6, connections=2)

    assert counts == [1] * 6
    assert outcome.requests == 6


def test_a_large_request_goes_out_whole() -> None:
    with answering(GOOD) as (port, counts):
        drive(port, [b"x" * 3_000_000 + b"\r\n\r\n"] * 2, connections=2)

    assert sum(counts) == 2


@pytest.mark.parametrize(("answer", "words"), [(BAD, "503: busy"), (CHUNKED, "Content-Length")])
def test_an_answer_that_is_no_success_ends_the_run(answer: bytes, words: str) -> None:
    with answering(answer) as (port, _), pytest.raises(LoadFailed, match=words):
        drive(port, [REQUEST], connections=1)


def test_a_service_that_hangs_up_ends_the_run() -> None:
    with answering(CUT) as (port, _), pytest.raises(LoadFailed, match="hung up"):
        drive(port, [REQUEST], connections=1)


def test_no_time_means_one_request_a_connection() -> None:
    with answering(GOOD) as (port, _):
        assert drive(port, [REQUEST] * 100, connections=4, seconds=0).requests == 4


def test_the_body_of_an_answer_can_be_had() -> None:
    with answering(GOOD, in_pieces=True) as (port, _):
        assert ask(port, REQUEST) == b"hello"


def test_requests_at_a_pace_are_sent_when_they_are_due_and_all_are_answered() -> None:
    with answering(GOOD) as (port, counts):
        outcome = pace(port, [REQUEST] * 20, 4, rate=200)

    assert outcome.requests == sum(counts) == 20
    assert outcome.seconds >= 19 / 200


def test_a_request_that_finds_no_line_free_has_waited_since_it_was_due() -> None:
    with answering(GOOD, in_pieces=True) as (port, _):
        outcome = pace(port, [REQUEST] * 25, 1, rate=1e6)  # each piece waits for the one before to be taken

    assert max(outcome.latencies) > 10 * min(outcome.latencies)
