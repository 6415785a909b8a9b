"""One leader among threads, processes and machines: followers run once, wherever they run.

SQLite: a lock on a file, which the kernel frees when its holder dies. PostgreSQL: an advisory lock, which goes with its connection.
"""

import fcntl
import os
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from storage import postgresql
from storage.database import Database


class Leader(Protocol):
    """A place that one holds at a time."""

    def acquire(self) -> bool:
        """Take the place or keep it; say whether it is ours."""
        ...

    def release(self) -> None:
        """Leave the place to another."""
        ...


def leader(database: Database, name: str) -> Leader:
    """Make a candidate for a place."""
    if database.dialect == "sqlite":
        return FileLeader(Path(f"{database.url.database}.{name}"))
    return AdvisoryLeader(database, name)


class FileLeader:
    """Leads as long as it holds a file's lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the file's lock unless another has it, or there is no place for the file yet."""
        if self._descriptor is not None:
            return True
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Free the lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class AdvisoryLeader:
    """Leads as long as a connection of its own lives."""

    def __init__(self, database: Database, name: str) -> None:
        self._engine = create_engine(
            database.url.set(drivername="postgresql+psycopg"),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args=postgresql.connect_arguments(postgresql.APPLICATION),
        )
        self._name = f"haidang {name}"
        self._connection: Connection | None = None

    def acquire(self) -> bool:
        """Make sure that the connection still lives, or try to get the lock with a new one."""
        try:
            if self._connection is not None:
                self._connection.execute(text("select 1"))
                return True
            self._connection = self._engine.connect()
            query = text("select pg_try_advisory_lock(hashtextextended(:name, 0))")
            if self._connection.execute(query, {"name": self._name}).scalar_one():
                return True
            self.release()
        except DBAPIError:
            self.release()
        return False

    def release(self) -> None:
        """Close the connection, and with it the lock."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
