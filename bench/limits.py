"""The limit in the same run: how fast the database itself takes the very rows that the service has just written.

Batches are beside COPY, single statements beside one prepared statement and one commit each; into copies of the service's own tables with
the same indexes and partitions, without its checks, its policies and its foreign keys.
"""

from __future__ import annotations

import selectors
import threading
import time
from typing import TYPE_CHECKING, Protocol

import psycopg
from psycopg import pq, sql

from bench import replay
from bench.lines import LoadFailed
from bench.service import plain
from bench.sqlite_limits import SqliteLimits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.replay import Table, Written
    from bench.service import Ground

MOST_SINGLES = 6000
MOST_BATCHED = 40_000


class Limits(Protocol):
    """What both databases' limits can be asked for."""

    def commits(self, connections: int) -> float:
        """Write statements one a transaction; give statements a second."""

    def copies(self, size: int, connections: int) -> float:
        """Write statements so many a transaction; give statements a second."""

    def bulk(self) -> float:
        """Write all in one transaction; give statements a second."""


def of(ground: Ground) -> Limits:
    """Give the limits of a database."""
    return PostgresLimits(plain(ground.url)) if ground.kind == "postgresql" else SqliteLimits(ground.url)


class PostgresLimits:
    """The limits of a PostgreSQL."""

    def __init__(self, url: str) -> None:
        self._conninfo = url
        with self._connect() as connection:
            self._tables = replay.tables(connection)

    def commits(self, connections: int) -> float:
        """Write the newest single statements again: one prepared statement each, all connections busy at any time."""
        rows = self._ready(1, MOST_SINGLES)
        lines = [_Commits(self._connect(), self._tables) for _ in range(connections)]
        for line in lines:
            line.prepare(rows)
        left = iter(rows)
        with selectors.DefaultSelector() as poll:
            begin = time.perf_counter()
            for line in lines:
                if line.send(next(left, None)):
                    poll.register(line.socket, selectors.EVENT_READ, line)
            while poll.get_map():
                for key, _ in poll.select():
                    line = key.data
                    if line.done() and not line.send(next(left, None)):
                        poll.unregister(line.socket)
            seconds = time.perf_counter() - begin
        for line in lines:
            line.close()
        return len(rows) / seconds

    def copies(self, size: int, connections: int) -> float:
        """Write the newest batches again by COPY, a transaction each."""
        rows = self._ready(size, MOST_BATCHED // size)
        blocks = [_blocks(self._tables, [one]) for one in rows]
        return size * len(rows) / self._copy(blocks, connections)

    def bulk(self) -> float:
        """Write the newest batches of 100 again, all in one transaction."""
        rows = self._ready(100, MOST_BATCHED // 100)
        return 100 * len(rows) / self._copy([_blocks(self._tables, rows)], 1)

    def _ready(self, statements: int, most: int) -> list[Written]:
        """Read the rows and make empty copies for them."""
        with self._connect() as connection:
            rows = replay.written(connection, self._tables, statements, most)
            if not rows:
                raise LoadFailed(f"there are not even {statements} statements: there is nothing to replay")
            replay.make_copies(connection, self._tables)
        return rows

    def _copy(self, transactions: Sequence[list[tuple[sql.Composed, bytes]]], connections: int) -> float:
        """Share the transactions out to connections, a thread each; give the seconds until all are done."""
        opened = [self._connect() for _ in range(connections)]
        left = iter(transactions)
        lock = threading.Lock()
        failed: list[Exception] = []

        def work(connection: psycopg.Connection) -> None:
            try:
                for blocks in _shared(left, lock):
                    with connection.transaction():
                        for command, lines in blocks:
                            with connection.cursor().copy(command) as into:
                                into.write(lines)
            except psycopg.Error as error:
                failed.append(error)

        threads = [threading.Thread(target=work, args=(connection,)) for connection in opened]
        begin = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begin
        for connection in opened:
            connection.close()
        if failed:
            raise failed[0]
        return seconds

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self._conninfo, autocommit=True)


def _shared(
    left: Iterator[list[tuple[sql.Composed, bytes]]], lock: threading.Lock
) -> Iterator[list[tuple[sql.Composed, bytes]]]:
    while True:
        with lock:
            blocks = next(left, None)
        if blocks is None:
            return
        yield blocks


def _blocks(tables: Sequence[Table], rows: Sequence[Written]) -> list[tuple[sql.Composed, bytes]]:
    """Put together what is copied into each table."""
    joined = [(table, b"".join(line for one in rows for line in one.lines.get(table.name, ()))) for table in tables]
    return [
        (sql.SQL("copy {} ({}) from stdin").format(table.copy, table.listed), lines) for table, lines in joined if lines
    ]


class _Commits:
    """One connection that commits single statements; libpq is driven directly, so that the client costs next to nothing."""

    def __init__(self, connection: psycopg.Connection, tables: Sequence[Table]) -> None:
        self._connection = connection
        self._tables = tables
        self._known: dict[tuple[int, ...], bytes] = {}
        self._values: dict[int, tuple[bytes, list[bytes | None]]] = {}
        self._line = connection.pgconn
        self.socket = self._line.socket

    def prepare(self, rows: Sequence[Written]) -> None:
        """Prepare a statement for every shape that the rows have, and take the rows apart, before the clock runs."""
        for one in rows:
            shape = tuple(len(one.lines.get(table.name, ())) for table in self._tables)
            if shape not in self._known:
                name = f"insert_{len(self._known)}".encode()
                result = self._line.prepare(name, _insert(self._tables, shape).as_bytes(self._connection))
                if result.status != pq.ExecStatus.COMMAND_OK:
                    raise LoadFailed(result.error_message.decode(errors="replace"))
                self._known[shape] = name
            values = [
                value for table in self._tables for line in one.lines.get(table.name, ()) for value in _values(line)
            ]
            self._values[id(one)] = self._known[shape], values

    def send(self, one: Written | None) -> bool:
        """Begin to write one; tell whether there was one."""
        if one is None:
            return False
        self._line.send_query_prepared(*self._values[id(one)])
        self._line.flush()
        return True

    def done(self) -> bool:
        """Take what has come; tell whether the commit is known."""
        self._line.consume_input()
        if self._line.is_busy():
            return False
        while result := self._line.get_result():
            if result.status != pq.ExecStatus.COMMAND_OK:
                raise LoadFailed(result.error_message.decode(errors="replace"))
        return True

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def _insert(tables: Sequence[Table], shape: Sequence[int]) -> sql.Composed:
    """Write one statement that inserts so many rows into each table."""
    parts = []
    number = 0
    for table, count in zip(tables, shape, strict=True):
        rows = []
        for _ in range(count):
            slots = [f"${number + place}::{kind}" for place, kind in enumerate(table.types, 1)]
            rows.append(sql.SQL("({})".format(", ".join(slots))))
            number += len(slots)
        if rows:
            into = sql.SQL("insert into {} ({}) overriding system value values ")
            parts.append(into.format(table.copy, table.listed) + sql.SQL(", ").join(rows))
    beside = [
        sql.SQL("w{} as (").format(sql.SQL(str(place))) + part + sql.SQL(")") for place, part in enumerate(parts[1:])
    ]
    return (sql.SQL("with ") + sql.SQL(", ").join(beside) + sql.SQL(" ") + parts[0]) if beside else parts[0]


_ESCAPES = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


def _values(line: bytes) -> list[bytes | None]:
    """Take a line of COPY's text format apart."""
    return [None if part == rb"\N" else _plain(part) for part in line.removesuffix(b"\n").split(b"\t")]


def _plain(part: bytes) -> bytes:
    if b"\\" not in part:
        return part
    first, *rest = part.split(b"\\")
    plain = [first]
    escaped = iter(rest)
    for piece in escaped:
        if piece:
            plain.append(_ESCAPES.get(piece[:1], piece[:1]) + piece[1:])
        else:  # a backslash for itself: what follows is as it stands
            plain.append(b"\\" + next(escaped, b""))
    return b"".join(plain)
