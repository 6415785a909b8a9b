"""The database: one engine a process, one transaction a use case, the space of a transaction.

SQLite (WAL, synchronous=FULL) is the embedded default, PostgreSQL the production reference. Named queries take a `Tx` and stand beside
their tables; where PostgreSQL has something better, the two bodies stand side by side.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakSet

from sqlalchemy import URL, Connection, CursorResult, Engine, Executable, Table, event, make_url, text
from sqlalchemy import exc as sa
from sqlalchemy.dialects import postgresql as postgresql_dialect
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.engine import create_engine

from storage import postgresql, sqlite
from storage.errors import AlreadyThere, ConnectionLost, DatabaseAway, NoSpace
from storage.waiting import about_to_wait

__all__ = ["Connection", "Database", "Tx", "attempt", "translated"]

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Tx:
    """One transaction, in one space or in none."""

    connection: Connection
    space_id: int | None
    afterwards: list[Callable[[], object]] = field(default_factory=list)
    """What is to be done once everything is on disk."""

    @property
    def space(self) -> int:
        """The space that leads every key."""
        if self.space_id is None:
            raise NoSpace
        return self.space_id

    @property
    def postgresql(self) -> bool:
        """Whether the better of two bodies can run."""
        return self.connection.dialect.name == "postgresql"

    def insert(self, table: Table) -> postgresql_dialect.Insert | sqlite_dialect.Insert:
        """Begin an insert that may say what to do where a row is already: both databases can, each in a class of its own."""
        return postgresql_dialect.insert(table) if self.postgresql else sqlite_dialect.insert(table)

    def run(self, statement: Executable, values: Any = None) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement."""
        result = self.connection.execute(statement, values)
        assert isinstance(result, CursorResult)  # noqa: S101 - narrows a type: Core never returns another
        return result


class Database:
    """A database that is named but not touched until somebody asks it something."""

    def __init__(self, url: str, *, role: str | None = postgresql.APPLICATION, pool: int = 16) -> None:
        self.url: URL = make_url(url)
        self.dialect = self.url.get_backend_name()
        if self.dialect not in {"sqlite", "postgresql"}:
            raise ValueError(f"this is neither SQLite nor PostgreSQL: {self.dialect}")
        self._role = role
        self._pool = pool
        self.start_anew()
        _databases.add(self)

    def start_anew(self) -> None:
        """Forget what was open: a fork left the child with locks whose holders are gone and with sockets of its parent."""
        self._engine: Engine | None = None
        self._at_hand: list[Connection] = []
        self._making = threading.Lock()
        self._lock = sqlite.WriteLock(self.url.database or "") if self.dialect == "sqlite" else None

    @property
    def engine(self) -> Engine:
        """The engine of this process, made when it is first asked for."""
        with self._making:
            if self._engine is None:
                self._engine = self._make_engine()
            return self._engine

    def _make_engine(self) -> Engine:
        if self.dialect == "sqlite":
            engine = create_engine(self.url, pool_size=self._pool, max_overflow=0, pool_timeout=2)
            event.listen(engine, "connect", sqlite.prepare)
            event.listen(engine, "begin", sqlite.begin)
            return engine
        return create_engine(
            self.url.set(drivername="postgresql+psycopg"),
            isolation_level="AUTOCOMMIT",  # transactions begin where we say: see postgresql.open_transaction
            pool_size=self._pool,
            max_overflow=0,
            pool_timeout=2,  # a request that waits longer is told to come back: 503
            connect_args=postgresql.connect_arguments(self._role),
        )

    def connect(self) -> Connection:
        """Take a connection; a request keeps one for all its transactions."""
        about_to_wait()
        with suppress(IndexError):
            return self._at_hand.pop()
        with translated():
            return self.engine.connect()

    def close_idle(self) -> None:
        """Close the connections that nobody uses at the moment."""
        self._put_away()
        with self._making:
            if self._engine is not None:
                self._engine.pool.dispose()

    def dispose(self) -> None:
        """Close what is open in this process."""
        self._put_away()
        with self._making:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    @contextmanager
    def read(self, space: int | None = None, connection: Connection | None = None) -> Iterator[Tx]:
        """Read one consistent picture; a write inside it is an error in both databases."""
        with self._transaction(space, connection, writes=False) as tx:
            yield tx

    @contextmanager
    def write(self, space: int | None = None, connection: Connection | None = None) -> Iterator[Tx]:
        """Write; when the block ends without an error, it is on disk."""
        about_to_wait()
        # SQLite has one writer: waiting in line in front of it, and not inside it, took the p99 from 400 ms to 20.
        with self._lock or nullcontext(), self._transaction(space, connection, writes=True) as tx:
            yield tx

    @contextmanager
    def at_once(self, space: int, *, writes: bool = True) -> Iterator[Tx]:
        """Ask one thing, which is a transaction of its own: to PostgreSQL that is one message instead of three."""
        if self.dialect == "sqlite":
            with self.write(space) if writes else self.read(space) as tx:
                yield tx
            return
        connection = self.connect()
        try:
            with translated():
                tx = Tx(connection, space)
                yield tx
        except ConnectionLost:
            connection.close()
            self.close_idle()  # those that lie there have most likely died of the same
            raise
        except BaseException:
            connection.close()
            raise
        # No transaction was open on it, so it needs no tidying up: to give it to the pool takes longer than such a message.
        self._at_hand.append(connection)
        for done in tx.afterwards:
            done()

    def _put_away(self) -> None:
        """Give the connections that lie at hand back to the pool."""
        with suppress(IndexError):
            while True:
                self._at_hand.pop().close()

    @contextmanager
    def _transaction(self, space: int | None, connection: Connection | None, *, writes: bool) -> Iterator[Tx]:
        held: AbstractContextManager[Connection] = nullcontext(connection) if connection is not None else self.connect()
        with translated(), held as open_connection:
            tx = Tx(open_connection, space)
            try:
                self._begin(tx, writes=writes)
                yield tx
                _commit(tx)
            except BaseException:
                _roll_back(tx)
                raise
            for done in tx.afterwards:
                done()

    def _begin(self, tx: Tx, *, writes: bool) -> None:
        """Open the transaction and say whose it is."""
        if tx.postgresql:
            attempt(tx.connection, lambda: postgresql.open_transaction(tx.connection, tx.space_id, writes=writes))
        else:
            tx.connection.execution_options(**{sqlite.WRITES: writes})
            tx.connection.begin()

    def nobody_writes(self) -> bool:
        """Tell whether SQLite's one writer is at rest."""
        return self._lock is not None and self._lock.free()

    def check(self) -> dict[str, str]:
        """Ask the database for the settings on which 'acknowledged means on disk' rests; SettingsUnsafe if one is wrong."""
        with self.read() as tx:
            tx.run(text("select 1"))
            if tx.postgresql:
                return postgresql.check(tx.connection)
            return sqlite.check(tx.connection)


def _commit(tx: Tx) -> None:
    if tx.postgresql:
        postgresql.commit(tx.connection)
    if tx.connection.in_transaction():  # SQLAlchemy's own account of it
        tx.connection.commit()


def _roll_back(tx: Tx) -> None:
    if tx.postgresql and not tx.connection.invalidated:
        postgresql.roll_back(tx.connection)
    tx.connection.rollback()


def attempt(connection: Connection, act: Callable[[], _Found]) -> _Found:
    """Do the first thing on a connection; one that died while it lay in the pool is replaced once."""
    try:
        return act()
    except sa.OperationalError as error:
        if not error.connection_invalidated:
            raise
        connection.rollback()
        return act()


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's words for 'not now' into ours; a mistake of ours stays what it is."""
    try:
        yield
    except sa.TimeoutError as error:
        raise DatabaseAway(_first_line(error)) from error
    except sa.DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == postgresql.ALREADY_THERE:
            raise AlreadyThere from error
        if error.connection_invalidated:
            raise ConnectionLost(_first_line(error.orig or error)) from error
        away = isinstance(error, sa.OperationalError | sa.InterfaceError) and not sqlite.is_mistake(error.orig)
        if away:
            raise DatabaseAway(_first_line(error.orig or error)) from error
        raise


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n", 1)[0]


_databases: WeakSet[Database] = WeakSet()


def _before_fork() -> None:
    # A child that opens a file of SQLite's which its parent has open as well believes that it holds the parent's locks:
    # when the parent closes, it removes the write-ahead log under the child, and what the child commits is lost.
    for database in tuple(_databases):
        database.close_idle()


def _in_child() -> None:
    for database in tuple(_databases):
        database.start_anew()


os.register_at_fork(before=_before_fork, after_in_child=_in_child)
