"""SQLite's limit: the newest statements again, into copies of their tables in a file of its own, as durable as the service's.

SQLite does not tell which transaction wrote a row. What belongs to a statement carries its `seq` or its `id`; a row with neither, such as
an activity's definition, is left out.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.lines import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LOG = "statements"
MOST_SINGLES = 6000
MOST_BATCHED = 40_000
_OURS = (
    f"select name, sql from sqlite_master where type = 'table' and sql like '%space_id%' order by name <> '{LOG}', name"  # noqa: S608
)

Rows = dict[str, list[tuple[Any, ...]]]


class SqliteLimits:
    """The limits of a file."""

    def __init__(self, url: str) -> None:
        self._path = Path(url.removeprefix("sqlite:///"))
        self._copy = self._path.with_name("limit.db")

    def commits(self, connections: int) -> float:
        """Write the newest statements again, one a transaction."""
        return self._write(1, MOST_SINGLES, connections)

    def copies(self, size: int, connections: int) -> float:
        """Write the newest statements again, so many a transaction."""
        return self._write(size, MOST_BATCHED // size * size, connections)

    def bulk(self) -> float:
        """Write the newest statements again, all in one transaction."""
        return self._write(MOST_BATCHED, MOST_BATCHED, 1)

    def _write(self, size: int, most: int, connections: int) -> float:
        rows = self._read(most)
        transactions = [_merged(rows[start : start + size]) for start in range(0, len(rows), size)]
        self._make_copies()
        left = iter(transactions)
        lock = threading.Lock()
        opened = [self._connect() for _ in range(connections)]
        threads = [threading.Thread(target=_work, args=(connection, left, lock)) for connection in opened]
        begin = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begin
        with closing(opened[0]):
            there = opened[0].execute(f"select count(*) from {LOG}").fetchone()[0]  # noqa: S608 - a name of ours
        for connection in opened[1:]:
            connection.close()
        if there != len(rows):
            raise LoadFailed(f"of {len(rows)} statements {there} were written")
        return len(rows) / seconds

    def _read(self, most: int) -> list[Rows]:
        """Read the newest statements, each with what belongs to it."""
        with closing(sqlite3.connect(self._path)) as connection:
            columns = {name: _columns(connection, name) for name, _ in connection.execute(_OURS)}
            place = {name: columns[LOG].index(name) for name in ("space_id", "seq", "id")}
            log = connection.execute(f"select * from {LOG} order by seq desc limit ?", (most,)).fetchall()[::-1]  # noqa: S608
            found: list[Rows] = [defaultdict(list, {LOG: [row]}) for row in log]
            by = {
                name: {
                    tuple(row[place[part]] for part in ("space_id", name)): one
                    for row, one in zip(log, found, strict=True)
                }
                for name in ("seq", "id")
            }
            for table, names in columns.items():
                key = next((name for name in ("seq", "id") if name in names), None)
                if table == LOG or key is None:
                    continue
                here = names.index("space_id"), names.index(key)
                for row in connection.execute(f"select * from {table}"):  # noqa: S608
                    one = by[key].get((row[here[0]], row[here[1]]))
                    if one is not None:
                        one[table].append(row)
        return found

    def _make_copies(self) -> None:
        for file in self._copy.parent.glob(f"{self._copy.name}*"):
            file.unlink()
        with closing(sqlite3.connect(self._path)) as source, closing(self._connect()) as copy:
            copy.execute("PRAGMA journal_mode=WAL")
            tables = dict(source.execute(_OURS).fetchall())
            for statement in tables.values():
                copy.execute(statement)
            for table, statement in source.execute(
                "select tbl_name, sql from sqlite_master where type = 'index' and sql <> ''"
            ):
                if table in tables:
                    copy.execute(statement)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._copy, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous=FULL")
        return connection


def _work(connection: sqlite3.Connection, left: Iterator[Rows], lock: threading.Lock) -> None:
    """Write what is left; one lock stands for SQLite's one writer."""
    while True:
        with lock:
            rows = next(left, None)
            if rows is None:
                return
            connection.execute("BEGIN IMMEDIATE")
            for table, lines in rows.items():
                slots = ", ".join("?" * len(lines[0]))
                connection.executemany(f"insert into {table} values ({slots})", lines)  # noqa: S608
            connection.execute("COMMIT")


def _merged(rows: Sequence[Rows]) -> Rows:
    merged: Rows = defaultdict(list)
    for one in rows:
        for table, lines in one.items():
            merged[table].extend(lines)
    return merged


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"pragma table_info({table})")]
