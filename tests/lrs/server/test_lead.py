"""One thread listens at a time; before it waits it calls another, if there is something to do."""

from __future__ import annotations

import queue
import socket
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from lrs.server.ear import ear
from lrs.server.lead import Lead, Seat

if TYPE_CHECKING:
    from collections.abc import Iterator


class Stage:
    """Threads that share a lead, and lines on which the test may speak."""

    def __init__(self, lines: int) -> None:
        self.ear = ear()
        self.urgent = False
        self.lead = Lead(self.ear, lambda: self.urgent)
        self.heard: queue.SimpleQueue[tuple[str, int]] = queue.SimpleQueue()
        self.busy: dict[str, threading.Event] = {}
        self._pairs = [socket.socketpair() for _ in range(lines)]
        self.go = threading.Event()
        self.go.set()
        self.waits = threading.Event()
        self._ending = False
        self._threads: list[threading.Thread] = []
        for _, theirs in self._pairs:
            self.ear.add(theirs.fileno())

    def start(self, name: str, *, waits: bool, at_once: bool = True) -> None:
        """Let a thread take part that is busy with each line until it is told otherwise, and says before that it waits, or does not."""
        self.busy[name] = threading.Event()
        self._threads.append(threading.Thread(target=self._work, args=(name, waits)))
        self._threads[-1].start()
        deadline = time.monotonic() + 5
        while at_once and (self.lead._leader is not None) + len(self.lead._waiting) < len(self._threads):
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def _work(self, name: str, waits: bool) -> None:  # noqa: FBT001
        seat = Seat()
        while not self._ending:
            self.lead.take(seat)
            while self.lead.is_with(seat) and not self._ending:
                heard = self.lead.listen(seat, -1)
                self.heard.put((name, heard or 0))
                self.go.wait(10)
                if waits:
                    self.lead.before_waiting(seat)
                    self.waits.set()
                self.busy[name].wait(10)
                self.busy[name].clear()

    def speak(self, line: int) -> int:
        """Say something on a line; its number."""
        self._pairs[line][0].send(b"x")
        return self._pairs[line][1].fileno()

    def end(self) -> None:
        """Let all go home."""
        self._ending = True
        for number in range(len(self._pairs)):
            self.speak(number)
            self.ear.put_back(self._pairs[number][1].fileno())
        deadline = time.monotonic() + 10
        while any(thread.is_alive() for thread in self._threads):
            assert time.monotonic() < deadline
            for event in self.busy.values():
                event.set()
            self.lead.look()
            time.sleep(0.01)
        for pair in self._pairs:
            for each in pair:
                each.close()


@pytest.fixture
def stage() -> Iterator[Stage]:
    with ExitStack() as after:
        made = Stage(6)
        after.callback(made.end)
        yield made


def now(stage: Stage) -> tuple[str, int]:
    return stage.heard.get(timeout=5)


def nothing(stage: Stage) -> bool:
    time.sleep(0.1)
    return stage.heard.empty()


def test_the_one_that_listens_goes_on_listening(stage: Stage) -> None:
    stage.start("a", waits=False)
    stage.start("b", waits=False)

    for line in range(3):
        number = stage.speak(line)
        assert now(stage) == ("a", number)
        stage.busy["a"].set()


def test_who_waits_calls_another_if_there_is_something_to_do(stage: Stage) -> None:
    stage.start("a", waits=True)
    stage.start("b", waits=False)
    stage.go.clear()
    first = stage.speak(0)
    assert now(stage) == ("a", first)

    second = stage.speak(1)
    stage.go.set()
    assert now(stage) == ("b", second)


def test_who_waits_keeps_the_lead_if_there_is_nothing_to_do(stage: Stage) -> None:
    stage.start("a", waits=True)
    stage.start("b", waits=False)
    first = stage.speak(0)
    assert now(stage) == ("a", first)
    assert stage.waits.wait(5)

    second = stage.speak(1)
    assert nothing(stage)
    stage.busy["a"].set()
    assert now(stage) == ("a", second)


def test_who_waits_calls_another_if_something_is_urgent(stage: Stage) -> None:
    stage.start("a", waits=True)
    stage.start("b", waits=False)
    stage.urgent = True
    first = stage.speak(0)
    assert now(stage) == ("a", first)
    assert stage.waits.wait(5)

    second = stage.speak(1)
    assert now(stage) == ("b", second)


def test_who_has_lost_the_lead_hears_nothing(stage: Stage) -> None:
    stage.start("a", waits=False)
    stage.speak(0)
    assert now(stage)[0] == "a"

    assert stage.lead.listen(Seat(), -1) is None


def test_who_is_stuck_loses_the_lead(stage: Stage) -> None:
    stage.start("a", waits=False)
    stage.start("b", waits=False)
    first, second = stage.speak(0), stage.speak(1)
    assert now(stage) == ("a", first)

    stage.lead.look()
    assert nothing(stage)
    stage.lead.look()
    assert now(stage) == ("b", second)


def test_who_only_listens_keeps_the_lead_for_ever(stage: Stage) -> None:
    stage.start("a", waits=False)
    stage.start("b", waits=False)

    for _ in range(5):
        stage.lead.look()
    number = stage.speak(0)
    assert now(stage) == ("a", number)


def test_what_was_heard_while_all_were_busy_is_not_lost(stage: Stage) -> None:
    stage.start("a", waits=True)
    stage.go.clear()
    first = stage.speak(0)
    assert now(stage) == ("a", first)
    second = stage.speak(1)
    stage.go.set()
    assert nothing(stage)

    stage.start("b", waits=False, at_once=False)
    assert now(stage) == ("b", second)


def test_the_thread_that_had_it_last_is_called_first(stage: Stage) -> None:
    for name in ("a", "b", "c"):
        stage.start(name, waits=True)
    stage.go.clear()
    first = stage.speak(0)
    assert now(stage) == ("a", first)

    second, third = stage.speak(1), stage.speak(2)
    stage.go.set()
    assert {now(stage), now(stage)} == {("c", second), ("b", third)}
