"""SQLite for several threads and processes that loses nothing."""

from __future__ import annotations

import fcntl
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from storage import people, statements
from storage import sqlite as module
from storage.cursors import cursors
from storage.database import Database
from storage.errors import DatabaseAway, SettingsUnsafe
from tests.storage.samples import keep, latest, now, statement

if TYPE_CHECKING:
    from tests.parts.databases import Ground

ROOT = Path(__file__).parents[2]
PROCESSES, THREADS, ROUNDS = 4, 4, 15


def test_every_connection_waits_for_the_disk(sqlite: Ground) -> None:
    with sqlite.app.connect() as one, sqlite.app.connect() as other:
        for connection in (one, other):
            assert connection.scalar(text("pragma journal_mode")) == "wal"
            assert connection.scalar(text("pragma synchronous")) == 2  # FULL
            assert connection.scalar(text("pragma foreign_keys")) == 1


def test_check_says_what_acknowledged_rests_on(sqlite: Ground) -> None:
    assert sqlite.app.check() == {"journal_mode": "wal", "synchronous": "FULL"}


@pytest.mark.parametrize("setting", ["synchronous=NORMAL", "synchronous=OFF", "journal_mode=DELETE"])
def test_check_refuses_what_loses_writes(sqlite: Ground, setting: str) -> None:
    with sqlite.app.connect() as connection:
        connection.connection.dbapi_connection.execute(f"pragma {setting}")  # type: ignore[union-attr]  # the driver's own

    with pytest.raises(SettingsUnsafe, match=setting.partition("=")[0]):
        sqlite.app.check()


def test_processes_and_threads_that_write_at_once_lose_nothing(sqlite: Ground) -> None:
    space = sqlite.space()
    words = [sys.executable, "-m", "tests.storage.writers", sqlite.url, str(space), str(THREADS), str(ROUNDS)]

    writers = [subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(PROCESSES)]
    said = [(writer.communicate(timeout=60)[1], writer.returncode) for writer in writers]

    assert said == [("", 0)] * PROCESSES
    with sqlite.app.read(space) as tx:
        everything = PROCESSES * THREADS * ROUNDS
        assert statements.count(tx) == len(people.list_accounts(tx)) == everything
        assert [seq for seq, _ in latest(tx, everything)] == [*range(everything, 0, -1)]
        assert [*tx.run(cursors.select().with_only_columns(cursors.c.seq)).scalars()] == [ROUNDS] * PROCESSES * THREADS
        assert tx.run(text("pragma integrity_check")).scalar_one() == "ok"


def test_a_writer_that_another_program_holds_up_is_told_to_come_back(
    sqlite: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BUSY_MS", 50)
    space = sqlite.space()
    sqlite.app.dispose()

    foreign = sqlite3.connect(sqlite.app.url.database or "", isolation_level=None)
    foreign.execute("begin immediate")
    with pytest.raises(DatabaseAway, match="locked"), sqlite.app.write(space):
        pass
    foreign.execute("rollback")
    foreign.close()

    with sqlite.app.write(space) as tx:
        keep(tx, [statement()])


def test_a_thread_that_waits_too_long_behind_another_is_told_to_come_back(
    sqlite: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    space = sqlite.space()

    with sqlite.app.write(space), pytest.raises(DatabaseAway, match="too long"), sqlite.app.write(space):
        pass

    with sqlite.app.write(space) as tx:
        keep(tx, [statement()])


def test_a_writer_waits_in_line_before_it_begins(sqlite: Ground) -> None:
    """Waiting inside SQLite instead is what made it slow."""
    space = sqlite.space()
    path = f"{sqlite.app.url.database}.lock"
    begun = threading.Event()

    def write() -> None:
        with sqlite.app.write(space) as tx:
            begun.set()
            people.add_account(tx, people.AccountRow(sqlite_id, "learner", now()))

    sqlite_id = statement().id
    with Path(path).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        writer = threading.Thread(target=write)
        writer.start()
        assert not begun.wait(0.1)
        with sqlite3.connect(sqlite.app.url.database or "") as foreign:
            foreign.execute("begin immediate")  # so nobody has begun to write
        foreign.close()
    writer.join()

    assert begun.is_set()


def test_the_line_can_be_read_by_its_owner_alone(sqlite: Ground) -> None:
    sqlite.space()

    assert Path(f"{sqlite.app.url.database}.lock").stat().st_mode & 0o777 == 0o600


def test_a_disk_that_is_full_is_told_as_away(sqlite: Ground) -> None:
    space = sqlite.space()

    def fill() -> None:
        with sqlite.app.write(space) as tx:
            pages = tx.run(text("pragma page_count")).scalar_one()
            tx.run(text(f"pragma max_page_count={pages + 1}"))
            keep(tx, [statement(payload="x" * 100_000)])

    with pytest.raises(DatabaseAway, match="full"):
        fill()
    sqlite.app.dispose()

    with sqlite.app.write(space) as tx:
        keep(tx, [statement(payload="x" * 100_000)])


def test_databases_do_not_keep_files_open_for_ever(sqlite: Ground) -> None:
    def open_files() -> int:
        return len([*Path("/dev/fd").iterdir()])

    before = open_files()
    for number in range(5):
        database = Database(sqlite.url)
        with database.write() as tx:
            tx.run(text("select 1"))
        database.dispose()
        del database, tx
        assert open_files() <= before + 1, number
