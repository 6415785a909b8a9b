"""What follows from statements happens once, whoever is killed when."""

from __future__ import annotations

import logging
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from lrs import followers as module
from lrs import metrics
from lrs.followers import BATCH, Followers
from storage import cursors, sqlite
from storage.database import Database
from storage.order import Position
from tests.lrs.noting import Noting, make_notes, noted
from tests.storage.samples import keep, now, statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from storage.database import Tx
    from storage.statements import StatementRow
    from tests.parts.databases import Ground
    from tests.parts.postgres import PostgresServer

ROOT = Path(__file__).parents[2]


def wait_until(happened: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def append(ground: Ground, space: int, count: int = 1, **changes: object) -> list[str]:
    """Append statements in one transaction; give back their ids."""
    rows = [statement(**changes) for _ in range(count)]
    with ground.app.write(space) as tx:
        keep(tx, rows)
    return [str(row.id) for row in rows]


def cursor(ground: Ground, space: int, follower: str = "noting") -> Position:
    with ground.app.read(space) as tx:
        return cursors.read_cursor(tx, follower)


@contextmanager
def running(*followers: Followers) -> Iterator[None]:
    """Let them run in threads of their own."""
    for each in followers:
        each.start()
    try:
        yield
    finally:
        for each in followers:
            each.stop()


@pytest.fixture(autouse=True)
def _notes(request: pytest.FixtureRequest) -> None:
    make_notes(request.getfixturevalue("ground"))


# Catching up


def test_everything_is_followed_in_order_and_in_batches(ground: Ground) -> None:
    space, noting = ground.space(), Noting()
    said = append(ground, space, 2 * BATCH + 5)

    assert Followers(ground.app, [noting]).catch_up() == len(said)

    assert noted(ground) == said
    assert noting.batches == [BATCH, BATCH, 5]


def test_what_was_followed_is_not_followed_again(ground: Ground) -> None:
    space, followers = ground.space(), Followers(ground.app, [Noting()])
    first = append(ground, space)
    followers.catch_up()

    assert followers.catch_up() == 0
    second = append(ground, space)
    assert Followers(ground.app, [Noting()]).catch_up() == 1  # another process would go on there, too

    assert noted(ground) == first + second


def test_each_follower_follows_each_space(ground: Ground) -> None:
    one, other = ground.space("haiphong"), ground.space("danang")
    said = append(ground, one, 3) + append(ground, other, 2)

    assert Followers(ground.app, [Noting("noting"), Noting("another")]).catch_up() == 2 * len(said)

    for name in ("noting", "another"):
        assert sorted(noted(ground, name)) == sorted(said)


def test_without_statements_there_is_nothing_to_do(ground: Ground) -> None:
    ground.space()

    assert Followers(ground.app, [Noting()]).catch_up() == 0
    assert Followers(ground.app, []).catch_up() == 0


# Failing


class Failing(Noting):
    """Fails after it has written, as long as a statement of some verb is among those it is given."""

    cured = False

    def follow(self, tx: Tx, rows: Sequence[StatementRow]) -> None:
        super().follow(tx, rows)
        if not self.cured and any(row.verb == "poison" for row in rows):
            raise RuntimeError("the words of a learner")


def test_who_fails_after_writing_leaves_nothing_and_is_tried_again(ground: Ground) -> None:
    space, failing = ground.space(), Failing()
    said = append(ground, space) + append(ground, space, verb="poison")
    followers = Followers(ground.app, [failing])

    with pytest.raises(RuntimeError):
        followers.catch_up()
    assert noted(ground) == []
    assert cursor(ground, space) == Position()

    failing.cured = True
    assert followers.catch_up() == 2
    assert noted(ground) == said
    assert cursor(ground, space) > Position()


class Heard(logging.Handler):
    """Listens to our log, however it is set up."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append({"event": record.getMessage()} | record.__dict__["fields"])

    def of(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["event"] == event]


@pytest.fixture
def heard() -> Iterator[Heard]:
    """Listen to our log."""
    logger, handler = logging.getLogger("haidang"), Heard()
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


def test_who_fails_keeps_no_other_space_and_no_other_follower_waiting(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, heard: Heard
) -> None:
    monkeypatch.setattr(module, "_BACK_OFF", 0.1)
    spaces = [ground.space(slug) for slug in ("haiphong", "danang", "hue")]
    failing = Failing("failing")
    stuck = append(ground, spaces[1], verb="poison")
    others = append(ground, spaces[0]) + append(ground, spaces[2])

    with running(Followers(ground.app, [failing, Noting("sound")])):
        wait_until(lambda: sorted(noted(ground, "failing")) == sorted(others))
        wait_until(lambda: sorted(noted(ground, "sound")) == sorted(others + stuck))
        assert cursor(ground, spaces[1], "failing") == Position()
        failing.cured = True
        wait_until(lambda: sorted(noted(ground, "failing")) == sorted(others + stuck))

    told = heard.of("follower failed")
    assert {(line["follower"], line["space"], line["kind"]) for line in told} == {
        ("failing", spaces[1], "RuntimeError")
    }
    assert "the words of a learner" not in str(told)


def test_who_fails_does_not_fill_the_log(ground: Ground, monkeypatch: pytest.MonkeyPatch, heard: Heard) -> None:
    monkeypatch.setattr(module, "_BACK_OFF", 60)
    stuck, sound = ground.space("haiphong"), ground.space("danang")
    append(ground, stuck, verb="poison")

    with running(Followers(ground.app, [Failing()])):
        for _ in range(5):
            said = append(ground, sound)
            wait_until(lambda: noted(ground)[-1:] == said)  # noqa: B023 - called before the next round

    assert len(heard.of("follower failed")) == 1


def test_a_table_that_is_missing_does_not_end_the_thread(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, heard: Heard
) -> None:
    """As when a worker starts before the migration."""
    monkeypatch.setattr(module, "_BACK_OFF", 0.1)
    space = ground.space()
    with ground.owner.write() as tx:
        tx.run(text("alter table cursors rename to not_yet"))

    with running(Followers(ground.app, [Noting()])):
        wait_until(lambda: bool(heard.of("follower failed")))
        with ground.owner.write() as tx:
            tx.run(text("alter table not_yet rename to cursors"))
        said = append(ground, space)
        wait_until(lambda: noted(ground) == said)


@pytest.mark.parametrize("ground", ["postgresql"], indirect=True)
def test_a_server_that_goes_away_is_waited_for(ground: Ground, postgres: PostgresServer) -> None:
    space = ground.space()
    with running(Followers(ground.app, [Noting()])):
        first = append(ground, space)
        wait_until(lambda: noted(ground) == first)

        try:
            postgres.stop()
        finally:
            postgres.restart()

        second = append(ground, space)
        wait_until(lambda: noted(ground) == first + second)


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_a_writer_that_takes_its_time_is_waited_for(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, heard: Heard
) -> None:
    monkeypatch.setattr(module, "_BACK_OFF", 0.1)
    monkeypatch.setattr(sqlite, "_BUSY_MS", 50)
    said = append(ground, ground.space())
    ground.app.dispose()

    foreign = sqlite3.connect(ground.app.url.database or "", isolation_level=None)
    foreign.execute("begin immediate")
    with running(Followers(ground.app, [Noting()])):
        wait_until(lambda: bool(heard.of("follower waits")))
        foreign.execute("rollback")
        foreign.close()
        wait_until(lambda: noted(ground) == said)


def test_who_is_told_to_stop_finishes_the_batch_in_hand(ground: Ground) -> None:
    said = append(ground, ground.space(), 20)
    begun = threading.Event()

    class Slow(Noting):
        def follow(self, tx: Tx, rows: Sequence[StatementRow]) -> None:
            begun.set()
            super().follow(tx, rows)

    followers = Followers(ground.app, [Slow(pause=0.01)])
    with running(followers):
        begun.wait()
        followers.stop()
        assert noted(ground) == said


# One at a time


def test_of_several_one_follows(ground: Ground) -> None:
    space = ground.space()
    candidates = [(f"{number}", Database(ground.url)) for number in range(3)]

    with running(*[Followers(database, [Noting(who=who)]) for who, database in candidates]):
        for number in range(1, 6):
            append(ground, space)
            wait_until(lambda: len(noted(ground)) == number)  # noqa: B023 - called before the next round

    assert sorted(len(noted(ground, who)) for who, _ in candidates) == [0, 0, 5]
    for _, database in candidates:
        database.dispose()


def test_who_stops_leaves_the_place_to_another(ground: Ground) -> None:
    space, other = ground.space(), Database(ground.url)
    first, second = Followers(ground.app, [Noting(who="first")]), Followers(other, [Noting(who="second")])

    with running(first):
        said = append(ground, space)
        wait_until(lambda: noted(ground, "first") == said)
        with running(second):
            first.stop()
            more = append(ground, space)
            wait_until(lambda: noted(ground, "second") == more)

    assert noted(ground) == said + more
    other.dispose()


def test_two_that_catch_up_at_once_do_everything_once(ground: Ground) -> None:
    """As `haidang follow --once` beside a running service, or a leader whose connection was cut while it worked."""
    said = [each for slug in ("haiphong", "danang") for each in append(ground, ground.space(slug), BATCH + 10)]
    together = threading.Barrier(4)

    def catch_up(number: int) -> int:
        followers = Followers(ground.app, [Noting(who=str(number))])
        together.wait()
        return followers.catch_up()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(catch_up, range(4))) == len(said)

    assert sorted(noted(ground)) == sorted(said)


def test_whoever_is_killed_when_everything_is_done_once(ground: Ground) -> None:
    space = ground.space()
    said: list[str] = []
    enough = threading.Event()

    def talk() -> None:
        while not enough.is_set():
            said.extend(append(ground, space, 3))
            time.sleep(0.01)

    def follow() -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "tests.lrs.noting", ground.url]
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        return process

    with ThreadPoolExecutor(1) as threads:
        talking = threads.submit(talk)
        processes = {str(process.pid): process for process in (follow(), follow())}
        try:
            for left in (1, 0):
                wait_until(lambda: any(len(noted(ground, who)) > 50 for who in processes))
                (leading,) = [who for who in processes if noted(ground, who)]
                processes[leading].send_signal(signal.SIGKILL)
                processes.pop(leading).communicate()
                killed = time.monotonic()
                if left:
                    wait_until(lambda: any(noted(ground, who) for who in processes), seconds=10)
                    assert time.monotonic() - killed < 10
        finally:
            enough.set()
            for process in processes.values():
                process.kill()
                process.communicate()
        talking.result()

    assert set(noted(ground)) <= set(said)
    Followers(ground.app, [Noting()]).catch_up()
    wait_until(lambda: len(noted(ground)) >= len(said))
    assert {each for each, times in Counter(noted(ground)).items() if times > 1} == set()
    assert noted(ground) == said


# Keeping nobody waiting


def test_a_space_that_is_far_behind_keeps_no_other_waiting(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 5)
    monkeypatch.setattr(module, "TURN", 0.0)
    many = append(ground, ground.space("haiphong"), 40)
    said = append(ground, ground.space("danang"))

    with running(Followers(ground.app, [Noting()])):
        wait_until(lambda: len(noted(ground)) == len(many) + 1)

    assert noted(ground).index(said[0]) <= 10


class Long:
    """A job that is never done, in many spaces."""

    name = "long"

    def __init__(self, ground: Ground, count: int) -> None:
        self._ground = ground
        self._spaces = [ground.space(f"city-{number}") for number in range(count)]
        self.slices: list[tuple[int, int]] = []

    def spaces(self, tx: Tx) -> list[int]:  # noqa: ARG002 - a job is asked so
        return self._spaces

    def work(self, database: Database, space: int) -> int:  # noqa: ARG002 - a job is asked so
        """Note how much had been followed when a space had its slice."""
        self.slices.append((space, len(noted(self._ground))))
        append(self._ground, space)
        return 1


def test_between_any_two_slices_of_what_is_long_those_who_follow_have_their_turn(ground: Ground) -> None:
    job = Long(ground, 5)

    with running(Followers(ground.app, [Noting()], jobs=[job])):
        wait_until(lambda: len(job.slices) > 10)

    # What came in during a slice has been followed before the next; and each space has as many slices as any other.
    assert [count for _, count in job.slices] == [*range(len(job.slices))]
    assert len({space for space, _ in job.slices[:5]}) == len({space for space, _ in job.slices[5:10]}) == 5


# Figures


def lag() -> float:
    return float(metrics.LAG.labels("noting")._value.get())


def test_the_lag_is_that_of_the_space_that_waits_longest(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BACK_OFF", 60)
    failing = Failing()
    for slug, minutes in (("haiphong", 1), ("danang", 60), ("hue", 2)):
        append(ground, ground.space(slug), verb="poison", stored=now() - timedelta(minutes=minutes))
    append(ground, ground.space("hanoi"))

    with running(Followers(ground.app, [failing])):
        wait_until(lambda: 3600 <= lag() < 3660)
        before = lag()
        wait_until(lambda: lag() > before)  # it grows as long as nobody helps
    failing.cured = True
    with running(Followers(ground.app, [failing])):
        wait_until(lambda: lag() == 0)


def test_what_was_followed_is_counted(ground: Ground) -> None:
    def counted() -> float:
        return float(metrics.FOLLOWED.labels("noting")._value.get())

    before = counted()
    append(ground, ground.space(), 3)

    Followers(ground.app, [Noting()]).catch_up()

    assert counted() == before + 3
