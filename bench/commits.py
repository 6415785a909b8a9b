"""Commits: what lessons send while they are learned, as fast as the service takes them, and at the pace of a hundred learners."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from bench.figures import Figure, Round
from bench.lines import ask, pace
from lrs.keys import Keys
from player import tokens
from storage import attempts, people, spaces
from storage.attempts import AttemptRow
from storage.database import Database
from storage.people import AccountRow
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.load import Load

CONNECTIONS = 8
LEARNERS = 100
A_SECOND = 300
"""What is asked: a hundred learners who commit three times a second, which no lesson does for long."""
SIZES = (100, 10_000)
"""Attempts in the space."""

_ENTER = 1000


@dataclass
class Learner:
    """Somebody who has a lesson open."""

    host: str
    about: dict[str, Any]
    n: int = field(default=0)

    def say(self) -> bytes:
        """Write the next commit: a place, and half a kilobyte of what the lesson remembers."""
        self.n += 1
        remembered = f"trang={self.n};" + "cau-1=dung;cau-2=sai;" * 24
        values = {"cmi.core.lesson_location": str(self.n), "cmi.suspend_data": remembered}
        return post("/commit", self.host, self.about | {"n": self.n, "values": values, "age": 700})


def post(path: str, host: str, body: dict[str, Any]) -> bytes:
    """Write a request as the shell sends it."""
    text = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n"
    return head.encode() + text


class Lesson:
    """A lesson in the service's space, and people who learn it."""

    def __init__(self, load: Load) -> None:
        service = load.service
        self._port = service.port
        file = service.ground.folder / "lesson.zip"
        file.write_bytes(scorm12())
        made = service.haidang("package", "add", "--space", service.space, str(file))
        self._version = UUID(made["files"][0]["version"])
        self._database = Database(service.ground.url)
        self._keys = Keys(service.ground.folder / "data" / "keys" / "secret.key")
        with self._database.read() as tx:
            found = spaces.find_by_slug(tx, service.space)
        if found is None:
            raise LookupError(service.space)
        self._space = found
        self._host = f"c-{self._version.hex}.lms.localhost:{service.port}"
        self.attempts = 0

    def enter(self, count: int) -> list[tuple[UUID, str]]:
        """Give so many people an attempt: its id and its token."""
        now, made = datetime.now(UTC), []
        for start in range(0, count, _ENTER):
            with self._database.write(self._space.id) as tx:
                for _ in range(min(_ENTER, count - start)):
                    account, attempt = uuid4(), uuid4()
                    people.add_account(tx, AccountRow(account, "learner", now))
                    attempts.begin(tx, AttemptRow(attempt, account, self._version, now))
                    made.append((attempt, self._token(attempt)))
        self.attempts += count
        return made

    def learners(self, count: int) -> list[Learner]:
        """Let so many people open the lesson."""
        return [self._open(attempt, token) for attempt, token in self.enter(count)]

    def _open(self, attempt: UUID, token: str) -> Learner:
        begun = json.loads(ask(self._port, post("/begin", self._host, {"token": token})))
        about = {"attempt": str(attempt), "session": begun["session"], "item": "bai-1", "visit": 1, "token": token}
        return Learner(self._host, about)

    def _token(self, attempt: UUID) -> str:
        allowed = tokens.Attempt(self._space.id, self._space.slug, attempt, self._version)
        return tokens.attempt_token(self._keys, allowed)


def measure(load: Load, rounds: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Measure commits among few attempts and among many, and at the pace that is asked."""
    lesson = Lesson(load)
    people_ = lesson.learners(LEARNERS)
    for size in SIZES:
        lesson.enter(size - lesson.attempts)
        load.service.ground.settle()
        figure = Figure(f"commits, {CONNECTIONS} connections", "commits/s", size=size)
        for _ in range(rounds):
            # A learner has one commit on its way at a time: as many as there are connections take turns.
            said = (learner.say() for learner in cycle(people_))
            figure.rounds.append(load.run(list(islice(said, int(load.seconds * 1500))), CONNECTIONS))
            say(figure)
        yield figure
    paced = Figure(f"commits of {LEARNERS} learners at {A_SECOND}/s", "commits/s", size=lesson.attempts)
    for _ in range(rounds):
        said = (learner.say() for learner in cycle(people_))
        outcome = pace(load.service.port, islice(said, int(load.seconds * A_SECOND)), LEARNERS, A_SECOND)
        paced.rounds.append(Round.of(outcome.latencies, outcome.rate))
        say(paced)
    yield paced
