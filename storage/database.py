"""The database: one engine a process, one transaction a use case, the space of a transaction.

SQLite (WAL, synchronous=FULL) is the embedded default, PostgreSQL the production reference. Named queries take a `Tx` and stand beside
their tables; where PostgreSQL has something better, the two bodies stand side by side.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, CursorResult, Engine, Executable, event, make_url, text
from sqlalchemy import exc as sa
from sqlalchemy.engine import create_engine

from storage import postgresql, sqlite
from storage.errors import DatabaseAway, NoSpace


@dataclass(frozen=True, slots=True)
class Tx:
    """One transaction, in one space or in none."""

    connection: Connection
    space_id: int | None

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
        self._engine: tuple[int, Engine] | None = None
        self._lock = sqlite.WriteLock(self.url.database or "") if self.dialect == "sqlite" else None

    @property
    def engine(self) -> Engine:
        """The engine of this process: a connection opened before a fork must not be used after it."""
        if self._engine is None or self._engine[0] != os.getpid():
            self._engine = os.getpid(), self._make_engine()
        return self._engine[1]

    def _make_engine(self) -> Engine:
        if self.dialect == "sqlite":
            engine = create_engine(self.url, pool_size=self._pool, max_overflow=0, pool_timeout=2)
            event.listen(engine, "connect", sqlite.prepare)
            event.listen(engine, "begin", sqlite.begin)
            return engine
        return create_engine(
            self.url.set(drivername="postgresql+psycopg"),
            pool_size=self._pool,
            max_overflow=0,
            pool_timeout=2,  # a request that waits longer is told to come back: 503
            connect_args=postgresql.connect_arguments(self._role),
        )

    def connect(self) -> Connection:
        """Take a connection; a request keeps one for all its transactions."""
        with translated():
            return self.engine.connect()

    def dispose(self) -> None:
        """Close what is open in this process."""
        if self._engine is not None and self._engine[0] == os.getpid():
            self._engine[1].dispose()
            self._engine = None

    @contextmanager
    def read(self, space: int | None = None, connection: Connection | None = None) -> Iterator[Tx]:
        """Read one consistent picture; a write inside it is an error in both databases."""
        with self._transaction(space, connection, writes=False) as tx:
            yield tx

    @contextmanager
    def write(self, space: int | None = None, connection: Connection | None = None) -> Iterator[Tx]:
        """Write; when the block ends without an error, it is on disk."""
        # SQLite has one writer: waiting in line in front of it, and not inside it, took the p99 from 400 ms to 20.
        with self._lock or nullcontext(), self._transaction(space, connection, writes=True) as tx:
            yield tx

    @contextmanager
    def _transaction(self, space: int | None, connection: Connection | None, *, writes: bool) -> Iterator[Tx]:
        held: AbstractContextManager[Connection] = nullcontext(connection) if connection is not None else self.connect()
        with translated(), held as open_connection:
            tx = Tx(open_connection, space)
            self._begin(tx, writes=writes)
            try:
                yield tx
            except BaseException:
                open_connection.rollback()
                raise
            open_connection.commit()

    def _begin(self, tx: Tx, *, writes: bool) -> None:
        """Open the transaction and say whose it is; a connection that died while it lay in the pool is replaced once."""
        if not tx.postgresql:
            tx.connection.execution_options(**{sqlite.WRITES: writes})
            tx.connection.begin()
            return
        try:
            postgresql.open_transaction(tx.connection, tx.space_id, writes=writes)
        except sa.OperationalError as error:
            if not error.connection_invalidated:
                raise
            tx.connection.rollback()
            postgresql.open_transaction(tx.connection, tx.space_id, writes=writes)

    def check(self) -> dict[str, str]:
        """Ask the database for the settings on which 'acknowledged means on disk' rests; SettingsUnsafe if one is wrong."""
        with self.read() as tx:
            tx.run(text("select 1"))
            if tx.postgresql:
                return postgresql.check(tx.connection)
            return sqlite.check(tx.connection)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's words for 'not now' into ours."""
    try:
        yield
    except (sa.OperationalError, sa.InterfaceError, sa.TimeoutError) as error:
        raise DatabaseAway(str(error.__cause__ or error).strip().split("\n", 1)[0]) from error
