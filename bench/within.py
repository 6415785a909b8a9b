"""How soon an award is there: from the moment at which the deciding statement is sent until somebody else can read the award.

Through the service as it is served, and with what it has besides: nothing, statements of others, batches, and a worker that is killed.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from bench.figures import Figure, Round
from bench.lines import LoadFailed, ask, pace
from lrs import config, record
from lrs.outcomes.rules.language import ADL, COMPLETED, PASSED, TERMINATED
from storage import awards, cursors, order, people, remakings, spaces
from storage.database import Database
from storage.people import AccountRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.load import Load

    Besides = Callable[["Class", threading.Event], Iterator[bytes]]

IDLE = "an award, with nothing besides"
BESIDE = "an award, beside 200 statements/s"
BATCHES = "an award, beside batches of 500"
KILLED = "an award, whoever leads being killed"

MOST = 100
"""Awards of each kind."""

OTHERS, RATE, BATCH, KILLS = 400, 200.0, 500, 12

_LESSONS = tuple(f"https://example.org/lesson/{number}" for number in range(1, 13))
_FINAL = "https://example.org/final"
_RULE = {
    "all": [
        {"did": {"activities": list(_LESSONS)}},
        {"score": {"activity": _FINAL, "atLeast": 0.8}},
        {"duration": {"activities": list(_LESSONS), "minutes": 30}},
    ]
}
_LOOK = 0.004
_PATIENCE = 30.0
_CHANCE = Random(8)


class Class:
    """Learners to whom nothing but the test is missing, and others who go on learning."""

    def __init__(self, load: Load, count: int) -> None:
        self._load, self._chance = load, Random(count)
        self.database = Database(load.service.environ["HAIDANG_DATABASE_URL"])
        self._home = config.read(load.service.environ).public_url
        with self.database.read() as tx:
            found = spaces.find_by_slug(tx, load.service.space)
        if found is None:
            raise LoadFailed("the space is not there")
        self.space = found.id
        self._waiting = [self._account() for _ in range(count)]
        self._others = [self._account() for _ in range(OTHERS)]
        learnt = [*self._passed(self._others[0]), *(each for who in self._waiting for each in self._lessons(who))]
        for at in range(0, len(learnt), BATCH):
            self._send(learnt[at : at + BATCH])
        with NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(_RULE, file)
            file.flush()
            load.service.haidang("rule", "add", "--space", load.service.space, "--name", "Hoàn thành", file.name)
        self._until(self._is_settled)

    def _account(self) -> UUID:
        made = AccountRow(uuid4(), "learner", datetime.now(UTC))
        with self.database.write(self.space) as tx:
            people.add_account(tx, made)
        return made.id

    def _is_settled(self) -> bool:
        with self.database.read(self.space) as tx:
            return not remakings.count(tx) and not order.after(tx, cursors.read_cursor(tx, "outcomes"), 1)

    @staticmethod
    def _until(true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not true():
            if time.monotonic() > deadline:
                raise LoadFailed(f"nothing came of it for {_PATIENCE:.0f} s")
            time.sleep(_LOOK)

    def _lessons(self, who: UUID) -> Iterator[dict[str, Any]]:
        for lesson in _LESSONS:
            yield self._said(who, COMPLETED, lesson)
            yield self._said(who, TERMINATED, lesson) | {"result": {"duration": "PT5M"}}

    def _passed(self, who: UUID) -> list[dict[str, Any]]:
        return [self._said(who, PASSED, _FINAL) | {"result": {"score": {"scaled": 0.9}}}]

    def _said(self, who: UUID, verb: str, about: str) -> dict[str, Any]:
        return {
            "id": str(uuid4()),
            "actor": record.actor_of(who, self._home),
            "verb": {"id": verb},
            "object": {"objectType": "Activity", "id": about},
        }

    def going_on(self) -> Iterator[dict[str, Any]]:
        """Let others learn, without end."""
        while True:
            verb = self._chance.choice((f"{ADL}initialized", COMPLETED, TERMINATED))
            yield self._said(self._chance.choice(self._others), verb, self._chance.choice(_LESSONS))

    def request(self, said: Any) -> bytes:
        """Write what is sent."""
        return self._load.writer.write("POST", "/xapi/statements", json.dumps(said).encode())

    def _send(self, said: Any) -> float:
        """Send statements, and again as long as nobody answers: a worker may just have been killed. Tell when they went out."""
        request, begun = self.request(said), 0.0

        def is_sent() -> bool:
            nonlocal begun
            begun = time.perf_counter()
            try:
                ask(self._load.service.port, request)
            except (OSError, LoadFailed):
                return False
            return True

        self._until(is_sent)
        return begun

    def one(self) -> float:
        """Let somebody pass the test; tell how long it takes until their award can be read."""
        who = self._waiting.pop()

        def is_given() -> bool:
            with self.database.read(self.space) as tx:
                return bool(awards.of_account(tx, who))

        begun = self._send(self._passed(who))
        self._until(is_given)
        return time.perf_counter() - begun


def measure(load: Load, asked: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Ask so often how long it takes, with each of what there can be besides."""
    asked = min(asked, MOST)
    school = Class(load, len(_BESIDES) * asked + KILLS)
    for name, besides, rate in _BESIDES:
        with _beside(load, school, besides, rate):
            yield _told(name, [_after_a_while(school) for _ in range(asked)], say)
    yield _told(KILLED, [_killed(load, school) for _ in range(KILLS) if _all_are_back(load)], say)
    school.database.dispose()


def _after_a_while(school: Class) -> float:
    time.sleep(_CHANCE.uniform(0.0, 0.3))  # or it would always meet the follower at the same moment of its round
    return school.one()


def _told(name: str, seconds: list[float], say: Callable[[Figure], None]) -> Figure:
    ordered = sorted(seconds)
    note = f"p95 {ordered[int(0.95 * len(ordered))] * 1e3:,.0f} ms, most {ordered[-1] * 1e3:,.0f} ms of {len(ordered)}"
    figure = Figure(name, "awards/s", [Round.of(seconds, len(seconds) / sum(seconds))], note=note)
    say(figure)
    return figure


def _killed(load: Load, school: Class) -> float:
    """Kill the worker that has been there longest, which leads, and let somebody pass the test at that moment."""
    _first, oldest, *_others = load.service.family()
    os.kill(oldest, signal.SIGKILL)
    return school.one()


def _all_are_back(load: Load) -> bool:
    """Wait until there are as many workers as before, and all of them answer."""
    time.sleep(2.0)
    load.warm_up()
    return True


def _nothing(_school: Class, _enough: threading.Event) -> Iterator[bytes]:
    yield from ()


def _singles(school: Class, enough: threading.Event) -> Iterator[bytes]:
    for said in school.going_on():
        if enough.is_set():
            return
        yield school.request(said)


def _batches(school: Class, enough: threading.Event) -> Iterator[bytes]:
    talk = school.going_on()
    while not enough.is_set():
        yield school.request([next(talk) for _ in range(BATCH)])


_BESIDES: tuple[tuple[str, Besides, float], ...] = (
    (IDLE, _nothing, RATE),
    (BESIDE, _singles, RATE),
    (BATCHES, _batches, 2.0),
)


@contextmanager
def _beside(load: Load, school: Class, what: Besides, rate: float) -> Iterator[None]:
    """Let others send something all the while, so often a second."""
    enough = threading.Event()
    others = threading.Thread(target=pace, args=(load.service.port, what(school, enough), 8, rate))
    others.start()
    try:
        yield
    finally:
        enough.set()
        others.join()
