"""Asking the database's driver itself: what is asked a thousand times a second takes SQLAlchemy longer to pass on than both sides need."""

import sqlite3
from typing import Any

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def ask(connection: Connection, sql: str, values: Any = None) -> Any:
    """Run one statement as the driver takes it, and give its cursor; what goes wrong is raised as SQLAlchemy would."""
    driver: Any = connection.connection.driver_connection
    try:
        return driver.execute(sql) if values is None else driver.execute(sql, values)
    except (psycopg.Error, sqlite3.Error) as error:
        kind = psycopg.Error if isinstance(error, psycopg.Error) else sqlite3.Error
        broken = bool(getattr(driver, "closed", False))
        if broken:
            connection.invalidate(error)
            connection.engine.pool.dispose()  # those that lie there have most likely died of the same
        raise DBAPIError.instance(
            sql,
            None,
            error,
            kind,
            hide_parameters=True,  # they are somebody's words
            connection_invalidated=broken,
            dialect=connection.dialect,
        ) from error
