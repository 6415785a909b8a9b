"""Reading the log in order while others write: nothing is missed, nothing comes twice, nothing comes late (docs/followers.md)."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from storage import order, statements
from storage.order import Position
from tests.storage.samples import keep, statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from storage.database import Tx
    from tests.parts.databases import Ground

WRITERS = 6


def append(tx: Tx) -> UUID:
    row = statement()
    assert keep(tx, [row]) == 1
    return row.id


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.005)


class Reader:
    """Reads what is new, and remembers what it saw."""

    def __init__(self, ground: Ground, space: int) -> None:
        self.ground, self.space = ground, space
        self.position = Position()
        self.seen: list[UUID] = []

    def look(self) -> list[UUID]:
        with self.ground.app.read(self.space) as tx:
            rows = order.after(tx, self.position, 20)
        assert [place for place, _ in rows] == sorted({place for place, _ in rows})
        if rows:
            assert rows[0][0] > self.position
            self.position = rows[-1][0]
        self.seen += [row.id for _, row in rows]
        return [row.id for _, row in rows]

    def look_until(self, expected: list[UUID]) -> None:
        """Look again as long as some background job of the server's holds the watermark."""
        before = len(self.seen)
        wait_until(lambda: not self.look() and len(self.seen) >= before + len(expected))
        assert self.seen[before:] == expected


class Careless(Reader):
    """The control: goes by the sequence alone."""

    def look(self) -> list[UUID]:
        log = statements.statements
        query = select(log.c.id, log.c.seq).where(log.c.space_id == self.space, log.c.seq > self.position.seq)
        with self.ground.app.read(self.space) as tx:
            rows = tx.run(query.order_by(log.c.seq)).all()
        if rows:
            self.position = Position(seq=rows[-1].seq)
        self.seen += [row.id for row in rows]
        return [row.id for row in rows]


# Constructed


def test_nothing_is_seen_beyond_a_transaction_that_came_first_and_is_still_open(postgresql: Ground) -> None:
    space = postgresql.space()
    careful, careless = Reader(postgresql, space), Careless(postgresql, space)

    with postgresql.app.write(space) as slow:
        first = append(slow)
        with postgresql.app.write(space) as quick:
            second = append(quick)
        assert careful.look() == []
        assert careless.look() == [second]
    careful.look_until([first, second])

    assert careful.look() == []
    assert careless.look() == []  # it has missed one for good


def test_the_order_is_that_of_transactions_and_not_of_rows(postgresql: Ground) -> None:
    space = postgresql.space()
    reader = Reader(postgresql, space)

    with postgresql.app.write(space) as slow:
        slow.run(text("select pg_current_xact_id()"))
        with postgresql.app.write(space) as quick:
            second = append(quick)
        first = append(slow)
        assert reader.look() == []

    reader.look_until([first, second])


def test_a_transaction_that_is_taken_back_frees_the_others(postgresql: Ground) -> None:
    space = postgresql.space()
    reader = Reader(postgresql, space)

    def fail() -> UUID:
        with postgresql.app.write(space) as slow:
            append(slow)
            with postgresql.app.write(space) as quick:
                kept.append(append(quick))
            raise RuntimeError

    kept: list[UUID] = []
    with suppress(RuntimeError):
        fail()

    reader.look_until(kept)


def test_a_transaction_that_only_reads_holds_nobody_up(postgresql: Ground) -> None:
    space = postgresql.space()
    reader = Reader(postgresql, space)

    with postgresql.app.read(space) as idle:
        statements.count(idle)
        with postgresql.app.write(space) as tx:
            row = append(tx)
        reader.look_until([row])


def test_a_space_is_not_behind_before_its_rows_are_settled(postgresql: Ground) -> None:
    space = postgresql.space()

    def behind() -> list[int]:
        with postgresql.app.read() as tx:
            return order.spaces_behind(tx, "a follower")

    with postgresql.app.write(space) as slow:
        append(slow)
        with postgresql.app.write(space) as quick:
            append(quick)
        assert behind() == []
    wait_until(lambda: behind() == [space])


def test_rows_of_an_earlier_epoch_are_settled_whatever_their_transaction(postgresql: Ground) -> None:
    """A restore brought them from a cluster that had counted further."""
    space = postgresql.space()
    reader = Reader(postgresql, space)
    with postgresql.app.write(space) as tx:
        old = append(tx)
    with postgresql.owner.write() as tx:
        tx.run(text("update statements set txid = '1000000000000'"))
    assert reader.look() == []  # control: in this epoch it lies in the future

    with postgresql.owner.write() as tx:
        tx.run(text("update service set value = '2' where name = 'epoch'"))
    with postgresql.app.write(space) as tx:
        new = append(tx)

    reader.look_until([old, new])


# By chance


class TakenBack(Exception):
    """A writer has changed its mind."""


class Run:
    """Several writers with delays of chance, a reader and its control beside them."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.space = ground, ground.space()
        self.careful, self.careless = Reader(ground, self.space), Careless(ground, self.space)
        self.kept: list[UUID] = []
        self.interleaved = 0
        self._enough = threading.Event()
        self._over = threading.Event()

    def go(self, seconds: float, *, interleave: bool) -> None:
        with ThreadPoolExecutor(WRITERS + 2) as threads:
            writers = [threads.submit(self._write) for _ in range(WRITERS)]
            reader = threads.submit(self._read)
            if interleave:
                writers.append(threads.submit(self._interleave))
            try:
                self._enough.wait(seconds)
                self._enough.set()
                for writer in writers:
                    writer.result()
            finally:
                self._over.set()
            reader.result()
        wait_until(lambda: not self.careful.look() and len(self.careful.seen) >= len(self.kept))
        self.careless.look()

    def _write(self) -> None:
        while not self._enough.is_set():
            ids = []
            with suppress(TakenBack), self.ground.app.write(self.space) as tx:
                for _ in range(random.randint(1, 3)):
                    ids.append(append(tx))
                    time.sleep(random.random() * 0.01)
                if random.random() < 0.1:
                    ids.clear()
                    raise TakenBack
            self.kept += ids

    def _interleave(self) -> None:
        """Commit a row when the control has already gone past it."""
        log = statements.statements
        while not self._enough.is_set():
            with self.ground.app.write(self.space) as tx:
                row = append(tx)
                seq = tx.run(select(log.c.seq).where(log.c.id == row)).scalar_one()
                with self.ground.app.write(self.space) as quick:
                    self.kept.append(append(quick))
                wait_until(lambda: self.careless.position.seq > seq)  # noqa: B023 - called before the next round
            self.kept.append(row)
            self.interleaved += 1

    def _read(self) -> None:
        while not self._over.is_set():
            self.careful.look()
            self.careless.look()


def test_while_many_write_nothing_is_missed_and_nothing_comes_twice(postgresql: Ground) -> None:
    run = Run(postgresql)

    run.go(3.0, interleave=True)

    assert len(run.kept) > 100
    assert sorted(run.careful.seen) == sorted(run.kept)
    assert run.interleaved > 10
    assert len(set(run.kept) - set(run.careless.seen)) >= run.interleaved  # control


def test_with_one_writer_at_a_time_row_order_is_enough(sqlite: Ground) -> None:
    run = Run(sqlite)

    run.go(1.0, interleave=False)

    assert len(run.kept) > 10
    assert run.careful.seen == run.careless.seen
    assert sorted(run.careful.seen) == sorted(run.kept)
