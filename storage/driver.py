"""Asking the database's driver itself: what is asked a thousand times a second takes SQLAlchemy longer to pass on than both sides need."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGconn, PGresult
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

_TEXT, _BINARY = int(Format.TEXT), int(Format.BINARY)


def ask(connection: Connection, sql: str, values: Any = None) -> Any:
    """Run one statement as the driver takes it, and give its cursor; what goes wrong is raised as SQLAlchemy would.

    Without values it may be several, and is planned anew each time; with an empty list of them it is prepared.
    """
    driver: Any = connection.connection.driver_connection
    try:
        return driver.execute(sql) if values is None else driver.execute(sql, values)
    except (psycopg.Error, sqlite3.Error) as error:
        raise _told(connection, sql, error) from error


def tell(connection: Connection, sql: str) -> str:
    """Have PostgreSQL do something without values, and give its word for what it did last: libpq alone, as `call`."""
    driver: Any = connection.connection.driver_connection
    try:
        return (_checked(driver.pgconn.exec_(sql.encode())).command_status or b"").decode()
    except psycopg.Error as error:
        raise _told(connection, sql, error) from error


def call(connection: Connection, sql: str, values: Sequence[bytes]) -> bytes | None:
    """Ask PostgreSQL for one value, with $1 and so on for others: libpq alone, which takes a third of a cursor's time."""
    return _run(connection, sql, values).get_value(0, 0)


def call_row(connection: Connection, sql: str, values: Sequence[bytes]) -> list[bytes | None] | None:
    """Ask it for one row, or none, in the same way; values travel as they are in both directions, so that they are bytes or text."""
    result = _run(connection, sql, values, _BINARY)
    return [result.get_value(0, column) for column in range(result.nfields)] if result.ntuples else None


def _run(connection: Connection, sql: str, values: Sequence[bytes], form: int = _TEXT) -> PGresult:
    driver: Any = connection.connection.driver_connection
    server: PGconn = driver.pgconn
    try:
        name = connection.info.get(sql)
        if name is None:
            name = connection.info[sql] = f"call {len(connection.info)}".encode()
            _checked(server.prepare(name, sql.encode()))
        return _checked(server.exec_prepared(name, values, [form] * len(values), form))
    except psycopg.Error as error:
        raise _told(connection, sql, error) from error


def _checked(result: PGresult) -> PGresult:
    if result.status not in {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}:
        error = error_from_result(result, encoding="utf-8")
        # What has no code was not said by the server: nobody is there any more.
        raise error if error.diag.sqlstate else psycopg.OperationalError(str(error))
    return result


def _told(connection: Connection, sql: str, error: psycopg.Error | sqlite3.Error) -> BaseException:
    """Say it as SQLAlchemy would, and let go of a connection that broke."""
    driver: Any = connection.connection.driver_connection
    broken = bool(getattr(driver, "closed", False))
    if broken:
        connection.invalidate(error)
        connection.engine.pool.dispose()  # those that lie there have most likely died of the same
    return DBAPIError.instance(
        sql,
        None,
        error,
        psycopg.Error if isinstance(error, psycopg.Error) else sqlite3.Error,
        hide_parameters=True,  # they are somebody's words
        connection_invalidated=broken,
        dialect=connection.dialect,
    )
