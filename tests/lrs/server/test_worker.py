"""A process of gunicorn's with our worker in it, over real lines; what is hostile: tests/hostile/test_bad_input.py."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lrs.server.line import FAREWELL, IDLE
from tests.hostile.raw import Line, head
from tests.parts.nginx import listens
from tests.parts.ports import free_port
from tests.parts.program import Program

if TYPE_CHECKING:
    from collections.abc import Iterator

GET = head("GET", "/", "a")


class Tried:
    """The process, and what it says."""

    def __init__(self, folder: Path, **settings: int) -> None:
        self.port = free_port()
        names = {f"TRIED_{name.upper()}": str(value) for name, value in settings.items()}
        environ = os.environ | {"TRIED_PORT": str(self.port), "PYTHONPATH": str(Path(__file__).parents[3])} | names
        words = [sys.executable, "-m", "gunicorn", "-c", "python:tests.lrs.server.tried"]
        self.program = Program(words, folder, name="tried", env=environ)
        self.program.wait_until(lambda: listens(self.port))

    def line(self) -> Line:
        return Line(self.port)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.program.log.read_text().splitlines()]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    """Give a process with one thread: whoever keeps it keeps everybody waiting."""
    made = Tried(tmp_path_factory.mktemp("tried"))
    yield made
    made.program.stop()


def asks(line: Line, data: bytes, method: str = "GET") -> tuple[int, bytes]:
    line.send(data)
    answer = line.answer(method)
    return answer.status, answer.body


def post(body: bytes, path: str = "/", **fields: Any) -> bytes:
    return head("POST", path, "a", Content_Length=len(body), **fields) + body


def test_requests_on_one_line_are_answered_in_their_order(tried: Tried) -> None:
    bodies = [b"%d" % number * number for number in range(20)]

    with tried.line() as line:
        line.send(b"".join(post(body) for body in bodies) + GET)
        assert [line.answer().body for _ in range(21)] == [*bodies, b""]


def test_a_request_may_come_in_any_pieces(tried: Tried) -> None:
    data = post(b"xin chao") + post(b"x" * 100_000) + head("POST", "/", "a", Transfer_Encoding="chunked")
    data += b"3\r\nxin\r\n0\r\n\r\n" + GET

    for size in (1, 7, 60_000):
        with tried.line() as line:
            for at in range(0, len(data) if size > 1 else 400, size):
                line.send(data[at : at + size])
            if size == 1:
                line.send(data[400:])
            assert [len(line.answer().body) for _ in range(4)] == [8, 100_000, 3, 0]


def test_who_sends_slowly_keeps_no_thread(tried: Tried) -> None:
    halves = [(GET, 5), (post(b"x" * 60_000), 1000), (GET, len(GET) - 1)] * 10
    slow = [tried.line() for _ in halves]
    for line, (data, half) in zip(slow, halves, strict=True):
        line.send(data[:half])

    with tried.line() as quick:
        assert asks(quick, GET) == (200, b"")
    for line, (data, half) in zip(slow, halves, strict=True):
        line.send(data[half:])
        assert line.answer().status == 200
        line.__exit__()


def test_a_last_answer_arrives_though_much_was_left_unread(tried: Tried) -> None:
    for more in (100, 70_000, 5_000_000):
        with tried.line() as line:
            line.send(head("POST", "/ignore", "a", Content_Length=10_000_000))
            line.send(b"x" * more)
            assert line.answer().body == b"too much"


def test_a_line_goes_on_after_a_body_that_nobody_wanted(tried: Tried) -> None:
    with tried.line() as line:
        assert asks(line, post(b"x" * 65_000, "/ignore"))[0] == 413
        assert asks(line, post(b"x" * 66_000, "/ignore"))[0] == 413
        assert asks(line, GET)[0] == 200


@pytest.mark.parametrize("wish", [{"Connection": "close"}, {}])
def test_a_line_is_hung_up_when_it_is_wished(tried: Tried, wish: dict[str, str]) -> None:
    data = head("GET", "/", "a", **wish)

    with tried.line() as line:
        assert asks(line, data if wish else data.replace(b"1.1", b"1.0"))[0] == 200
        line.receive(b"")
        assert line.answer().status == 0


def test_a_line_on_which_nothing_goes_on_is_hung_up(tried: Tried) -> None:
    begun = time.monotonic()

    with tried.line() as line, tried.line() as mute:
        assert asks(line, GET)[0] == 200
        assert (line.answer().status, mute.answer().status) == (0, 0)
    assert IDLE - 1 < time.monotonic() - begun < IDLE + 5


def test_a_mistake_is_told_in_two_languages_and_logged_without_its_words(tried: Tried) -> None:
    with tried.line() as line:
        status, body = asks(line, head("GET", "/fail", "a"))
    with tried.line() as line:
        line.send(head("GET", "/fail-late", "a"))
        assert line.answer().status == 0  # cut, so that nobody takes half for the whole
    with tried.line() as line:
        assert asks(line, GET)[0] == 200

    assert (status, len(body.decode().splitlines())) == (500, 2)
    bugs = [line for line in tried.lines() if line.get("says") is None and line["event"] == "bug"]
    assert [bug["kind"] for bug in bugs] == ["LookupError"] * 2
    assert "secret" not in tried.program.log.read_text()


def test_when_there_are_too_many_lines_the_next_waits_for_one_to_end(tmp_path: Path) -> None:
    tried = Tried(tmp_path, lines=3)
    taken = [tried.line() for _ in range(3)]
    for line in taken:
        assert asks(line, GET)[0] == 200

    with taken[1], taken[2], tried.line() as late:
        late.send(GET)
        begun = time.monotonic()
        taken[0].__exit__()
        assert late.answer().status == 200
        assert time.monotonic() - begun < IDLE - 1
    tried.program.stop()


def test_an_upload_goes_on_while_the_process_ends(tmp_path: Path) -> None:
    tried = Tried(tmp_path, threads=2)
    data = post(b"x" * 300_000)
    with tried.line() as line:
        line.send(data[:200_000])
        time.sleep(0.2)
        tried.program.process.send_signal(signal.SIGTERM)
        time.sleep(FAREWELL + 1)
        line.send(data[200_000:])
        assert len(line.answer().body) == 300_000
    assert tried.program.process.wait(10) == 0


def test_what_has_begun_is_ended_before_the_process_ends(tmp_path: Path) -> None:
    tried = Tried(tmp_path, threads=2)
    with tried.line() as working, tried.line() as sending, tried.line() as idle, tried.line() as asking:
        working.send(head("GET", "/wait?1.5", "a"))
        sending.send(post(b"xin chao")[:-3])
        assert asks(idle, GET)[0] == asks(asking, GET)[0] == 200
        begun = time.monotonic()
        tried.program.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert not listens(tried.port)
        asking.send(GET)  # on its way when the end was announced
        last = asking.answer()
        assert (last.status, last.headers["Connection"]) == (200, "close")
        sending.send(b"hao")
        assert sending.answer().body == b"xin chao"
        assert working.answer().status == 200
        assert idle.answer().status == 0
        assert tried.program.process.wait(10) == 0
        assert FAREWELL - 1 < time.monotonic() - begun < FAREWELL + 4


def test_answers_that_can_wait_are_ended_together_and_none_is_forgotten(tried: Tried) -> None:
    lines = [tried.line() for _ in range(40)]  # more than are put off at most
    for line in lines:
        assert asks(line, GET)[0] == 200  # all are welcome
    with tried.line() as busy:
        busy.send(head("GET", "/wait?1", "a"))
        time.sleep(0.2)
        for line in lines:
            line.send(head("GET", "/together", "a") * 3)
        assert busy.answer().status == 200

    answers = [[line.answer().body for _ in range(3)] for line in lines]
    for line in lines:
        line.__exit__()
    together = [int(body) for each in answers for body in each]
    assert max(together) > 1
    assert min(together) > 0


def test_an_answer_that_can_wait_does_not_wait_for_nothing(tried: Tried) -> None:
    with tried.line() as line:
        for _ in range(3):
            begun = time.monotonic()
            assert asks(line, head("GET", "/together", "a")) == (200, b"1")
            assert time.monotonic() - begun < 1


def test_an_answer_that_can_wait_does_not_wait_for_a_long_one(tmp_path: Path) -> None:
    tried = Tried(tmp_path, threads=4)
    with tried.line() as waits, tried.line() as works:
        assert asks(waits, GET)[0] == asks(works, GET)[0] == 200
        for _ in range(5):  # so that one thread hears both, one after the other, at least once
            begun = time.monotonic()
            waits.send(head("GET", "/together", "a"))
            works.send(head("GET", "/wait?1", "a"))
            assert waits.answer().status == 200
            assert time.monotonic() - begun < 0.9
            assert works.answer().status == 200
    tried.program.stop()


def test_a_thread_that_is_stuck_keeps_nobody_waiting(tmp_path: Path) -> None:
    tried = Tried(tmp_path, threads=4)
    with tried.line() as stuck, tried.line() as quick:
        stuck.send(head("GET", "/wait?3", "a"))
        time.sleep(0.1)
        begun = time.monotonic()
        assert asks(quick, GET)[0] == 200
        assert time.monotonic() - begun < 2
        assert stuck.answer().status == 200
    tried.program.stop()
