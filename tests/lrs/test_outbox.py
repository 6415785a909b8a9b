"""What is done outside the database is done at least once, and holds nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import uuid
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from lrs import metrics
from lrs import outbox as module
from lrs.followers import Followers
from lrs.outbox import Later, Outbox, Rest, Sender, back_off
from storage import outbox
from storage.outbox import Entry
from tests.lrs.sending import NAME, Http, elsewhere
from tests.lrs.test_followers import append, cursor, wait_until
from tests.parts.ports import free_port
from tests.storage.samples import now

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrs.outbox import Target
    from storage.database import Tx
    from storage.statements import StatementRow
    from tests.parts.databases import Ground

ROOT = Path(__file__).parents[2]


class Forwarding:
    """Puts each statement in for some targets; while it is not cured it fails after that."""

    name = "noting"

    def __init__(self, *targets: str, cured: bool = True) -> None:
        self._targets = targets
        self.cured = cured

    def follow(self, tx: Tx, rows: Sequence[StatementRow]) -> None:
        for target in self._targets:
            outbox.put(tx, target, [Entry(row.id, "statement", row.payload) for row in rows], now())
        if not self.cured:
            raise RuntimeError


def put(ground: Ground, space: int, target: str = NAME, count: int = 1) -> list[str]:
    """Put entries in; give back the paths they are posted to."""
    entries = [Entry(uuid.uuid4(), "a kind", "{}") for _ in range(count)]
    with ground.app.write(space) as tx:
        outbox.put(tx, target, entries, now())
    return [f"/{space}/{entry.id}" for entry in entries]


def left(ground: Ground, target: str = NAME) -> int:
    with ground.app.read() as tx:
        return outbox.waiting(tx, target).count


@contextmanager
def sending(ground: Ground, *targets: Target) -> Iterator[None]:
    """Send in threads of this process."""
    senders = Outbox(ground.app, targets)
    senders.start()
    try:
        yield
    finally:
        senders.stop()


@pytest.fixture
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FIRST", 0.05)
    monkeypatch.setattr(module, "_REPORTED_EVERY", 0.0)


def test_entries_are_there_with_the_cursor_or_not_at_all(ground: Ground) -> None:
    space, forwarding = ground.space(), Forwarding(NAME, cured=False)
    said = append(ground, space, 3)
    followers = Followers(ground.app, [forwarding])

    with pytest.raises(RuntimeError):
        followers.catch_up()
    assert left(ground) == 0

    forwarding.cured = True
    followers.catch_up()
    followers.catch_up()
    with ground.app.read(space) as tx:
        assert sorted(str(entry.id) for entry in outbox.due(tx, NAME, now(), 10)) == sorted(said)


def test_what_a_target_takes_is_taken_out(ground: Ground) -> None:
    with elsewhere() as there, sending(ground, Http(there.port)):
        said = put(ground, ground.space("haiphong"), count=3) + put(ground, ground.space("danang"), count=2)
        wait_until(lambda: len(there.got) == 5 and left(ground) == 0)

    assert sorted(there.got) == sorted(said)


@pytest.mark.usefixtures("_hurried")
def test_what_a_target_does_not_take_is_tried_again_under_the_same_name(ground: Ground) -> None:
    space, tries = ground.space(), 0

    def third_time(_path: str) -> int:
        nonlocal tries
        tries += 1
        return 204 if tries == 3 else 503

    (said,) = put(ground, space)
    with elsewhere(third_time) as there, sending(ground, Http(there.port)):
        wait_until(lambda: left(ground) == 0)

    assert there.got == [said] * 3


@pytest.mark.usefixtures("_hurried")
def test_a_failure_stands_in_the_row_by_its_kind_alone(ground: Ground) -> None:
    with elsewhere(lambda _path: 418) as there, sending(ground, Http(there.port)):
        put(ground, ground.space())
        wait_until(lambda: len(there.got) > 2)

    with ground.owner.read() as tx:
        row = tx.run(select(outbox.outbox)).mappings().one()
    assert row["error"] == "ConnectionError"
    assert row["attempts"] == len(there.got)
    assert row["due"] > row["entered"]


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 300), (10_000, 300)])
def test_the_wait_doubles_to_five_minutes(failures: int, seconds: float) -> None:
    assert back_off(failures) == seconds


@pytest.mark.usefixtures("_hurried")
def test_a_dead_target_and_one_that_hangs_hold_neither_another_nor_the_log(ground: Ground) -> None:
    space, let_go = ground.space(), threading.Event()

    def hang(_path: str) -> int:
        let_go.wait()
        return 204

    with elsewhere() as there, elsewhere(hang) as hanging:
        targets = [Http(free_port(), "dead"), Http(hanging.port, "hanging"), Http(there.port)]
        followers = Followers(ground.app, [Forwarding(*(target.name for target in targets))])
        with sending(ground, *targets):
            for _ in range(3):
                said = append(ground, space, 2)
                before = cursor(ground, space)
                followers.catch_up()
                assert cursor(ground, space) > before
                wait_until(lambda: left(ground) == 0)
                assert {path[-36:] for path in there.got[-2:]} == {*said}
            wait_until(lambda: len(hanging.got) == 1)
            assert (left(ground, "dead"), left(ground, "hanging")) == (6, 6)
            let_go.set()
            wait_until(lambda: left(ground, "hanging") == 0)


@pytest.mark.usefixtures("_hurried")
def test_a_space_whose_entries_are_refused_holds_no_other_space(ground: Ground) -> None:
    refused, fine = ground.space("haiphong"), ground.space("danang")
    put(ground, refused, count=20)

    with elsewhere(lambda path: 403 if path.startswith(f"/{refused}/") else 204) as there:
        with sending(ground, Http(there.port)):
            wait_until(lambda: len(there.got) > 2)
            said = put(ground, fine, count=20)
            wait_until(lambda: left(ground) == 20)

        assert {*said} <= {*there.got}


@pytest.mark.usefixtures("_hurried")
def test_an_entry_that_has_to_wait_alone_holds_no_other_of_its_space(ground: Ground) -> None:
    class Choosy(Http):
        def deliver(self, space: int, entry: Entry) -> None:
            try:
                super().deliver(space, entry)
            except ConnectionError:
                raise Later(60) from None

    space = ground.space()
    (first, *others) = put(ground, space, count=5)
    with elsewhere(lambda path: 503 if path == first else 204) as there, sending(ground, Choosy(there.port)):
        wait_until(lambda: left(ground) == 1)
        wait_until(lambda: first in there.got)

    assert sorted(there.got) == sorted([first, *others])
    with ground.owner.read() as tx:
        row = tx.run(select(outbox.outbox)).mappings().one()
    assert row["error"] == "Later"
    assert (row["due"] - now()).total_seconds() > 50


@pytest.mark.usefixtures("_hurried")
def test_what_rests_takes_everything_of_its_kind_with_it_and_nothing_else(ground: Ground) -> None:
    class Kindly(Http):
        def deliver(self, space: int, entry: Entry) -> None:
            super().deliver(space, entry)
            if entry.kind == "a kind":
                raise Rest(60)

    space = ground.space()
    resting, other = put(ground, space, count=5), Entry(uuid.uuid4(), "another kind", "{}")
    with ground.app.write(space) as tx:
        outbox.put(tx, NAME, [other], now())
    with elsewhere() as there, sending(ground, Kindly(there.port)):
        wait_until(lambda: left(ground) == 5)
        wait_until(lambda: len(there.got) == 2)
        assert f"/{space}/{other.id}" in there.got
        with ground.app.read(space) as tx:
            assert outbox.due(tx, NAME, now() + timedelta(seconds=50), 10) == []
        with ground.app.write(space) as tx:
            outbox.hurry(tx, NAME, now(), "a kind")
        wait_until(lambda: len(there.got) == 3)

    assert {*there.got[-1:]} <= {*resting}


@pytest.mark.usefixtures("_hurried")
def test_a_target_with_several_hands_serves_others_while_it_hangs_in_one_space(ground: Ground) -> None:
    hanging, fine, let_go = ground.space("haiphong"), ground.space("danang"), threading.Event()

    def hang(path: str) -> int:
        if path.startswith(f"/{hanging}/"):
            let_go.wait(20)
        return 204

    put(ground, hanging, count=3)
    with elsewhere(hang) as there, sending(ground, Http(there.port, hands=2)):
        wait_until(lambda: len(there.got) == 1)
        said = put(ground, fine, count=20)
        wait_until(lambda: left(ground) == 3)
        assert sorted(there.got[1:]) == sorted(said)
        let_go.set()
        wait_until(lambda: left(ground) == 0)


@pytest.mark.usefixtures("_hurried")
def test_what_another_has_in_hand_is_left_to_it_until_its_claim_runs_out(ground: Ground) -> None:
    """Two who both believe to lead: a database that drops the line of one makes that so."""
    space, let_go = ground.space(), threading.Event()

    def hang(_path: str) -> int:
        let_go.wait()
        return 204

    with elsewhere(hang) as there:
        (said,) = put(ground, space)
        senders = [Sender(ground.app, Http(there.port, lease=lease), threading.Event()) for lease in (60, 60)]
        threads = [threading.Thread(target=sender._round) for sender in senders]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(there.got) == 1)
        let_go.set()
        for thread in threads:
            thread.join()

    assert there.got == [said]


def test_who_is_killed_after_delivering_has_another_deliver_again(ground: Ground) -> None:
    """At least once: the control is that it does arrive twice."""
    space = ground.space()
    victim: list[int] = []

    def kill_first(_path: str) -> int:
        if victim:
            os.kill(victim.pop(), signal.SIGKILL)
        return 204

    with elsewhere(kill_first) as there:
        words = [sys.executable, "-m", "tests.lrs.sending", ground.url, str(there.port)]
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "here\n"
            victim.append(process.pid)
            (said,) = put(ground, space)
            assert process.wait(20) == -signal.SIGKILL
        assert left(ground) == 1

        with sending(ground, Http(there.port)):
            wait_until(lambda: left(ground) == 0, seconds=10)

    assert there.got == [said, said]


@pytest.mark.usefixtures("_hurried")
def test_of_several_senders_one_is_at_work(ground: Ground) -> None:
    with elsewhere() as there, sending(ground, Http(there.port)), sending(ground, Http(there.port)):
        said = put(ground, ground.space(), count=50)
        wait_until(lambda: left(ground) == 0)

    assert sorted(there.got) == sorted(said)


@pytest.mark.usefixtures("_hurried")
def test_how_much_waits_and_how_long_is_counted(ground: Ground) -> None:
    def value(gauge: str) -> float:
        return float(getattr(metrics, gauge).labels(NAME)._value.get())

    delivered = value("DELIVERED")
    statuses = [503]
    put(ground, ground.space(), count=3)
    with elsewhere(lambda _path: statuses[0]) as there, sending(ground, Http(there.port)):
        wait_until(lambda: value("WAITING") == 3)
        before = value("OUTBOX_LAG")
        wait_until(lambda: value("OUTBOX_LAG") > before)  # it grows as long as nobody helps
        statuses[0] = 204
        wait_until(lambda: value("WAITING") == 0)

    assert value("OUTBOX_LAG") == 0
    assert value("DELIVERED") == delivered + 3
