"""What SQLite needs to be a database for several threads and processes that loses nothing."""

import fcntl
import os
import sqlite3
import threading
import weakref
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection

from storage.errors import DatabaseAway, SettingsUnsafe

WRITES = "haidang_writes"
_BUSY_MS = 5000
_PATIENCE = 5.0
_MISTAKES = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_READONLY}


def prepare(connection: Any, _record: object) -> None:
    """Set up a new connection: write-ahead log, an fsync at every commit, keys enforced."""
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def begin(connection: Connection) -> None:
    """Begin as a reader or as the writer: one that reads first and writes later fails with 'database is locked'."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def check(connection: Connection) -> dict[str, str]:
    """Report journal and fsync settings, refusing those that lose acknowledged writes."""
    journal = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())
    synchronous = int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
    full = 2
    if journal != "wal" or synchronous < full:
        raise SettingsUnsafe(f"journal_mode={journal}, synchronous={synchronous}")
    return {"journal_mode": journal, "synchronous": "FULL"}


def is_mistake(error: BaseException | None) -> bool:
    """Tell wrong SQL, or a write where only reading was announced, from a database that cannot do it now."""
    return getattr(error, "sqlite_errorcode", None) in _MISTAKES


class WriteLock:
    """The line in front of SQLite's one writer: threads wait for each other, then processes do."""

    def __init__(self, database: str) -> None:
        self._path = f"{database}.lock"
        self._thread = threading.Lock()
        self._file: int | None = None

    def __enter__(self) -> Self:
        if not self._thread.acquire(timeout=_PATIENCE):
            raise DatabaseAway("other writers take too long")
        try:
            fcntl.flock(self._descriptor(), fcntl.LOCK_EX)
        except OSError as error:
            self._thread.release()
            raise DatabaseAway(f"cannot lock the database: {error.strerror}") from error
        except BaseException:
            self._thread.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        fcntl.flock(self._descriptor(), fcntl.LOCK_UN)
        self._thread.release()

    def free(self) -> bool:
        """Tell whether nobody writes at this moment."""
        if not self._thread.acquire(blocking=False):
            return False
        try:
            fcntl.flock(self._descriptor(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(self._descriptor(), fcntl.LOCK_UN)
        except OSError:
            return False
        finally:
            self._thread.release()
        return True

    def _descriptor(self) -> int:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            weakref.finalize(self, os.close, self._file)
        return self._file
