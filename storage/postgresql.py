"""What PostgreSQL needs: the application's role, the space of a transaction, safe settings."""

from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from storage.driver import tell
from storage.errors import SettingsUnsafe

APPLICATION = "haidang_app"
"""The role every request runs as, whoever logged in: no table is its own, so row-level security always holds."""

SPACE = "haidang.space"

_SAFE = {
    "fsync": {"on"},
    "full_page_writes": {"on"},
    "synchronous_commit": {"on", "local", "remote_write", "remote_apply"},
}


ALREADY_THERE = "HD001"
"""What the database says when a statement that must be new is not."""

WRITING = 1_212_763_204
"""The class of the advisory locks by which writers say since when they write (storage/consistency.py)."""

SINCE = "((extract(epoch from clock_timestamp()) * 1000)::bigint % 2147483648)::int"
_SET = "set local {name} = '{space}'"
_BEGIN = f"begin isolation level repeatable read read only; {_SET}"
_BEGIN_WRITING = f"begin read write; {_SET}; select pg_advisory_xact_lock_shared({WRITING}, {SINCE})"


def connect_arguments(role: str | None) -> dict[str, Any]:
    """Say how to connect: quickly or not at all, in UTC, as the given role."""
    # Every query is asked again and again: to plan it anew each time, for all parts of the log, takes longer than to run it.
    options = ["-c timezone=UTC", "-c idle_in_transaction_session_timeout=10s", "-c plan_cache_mode=force_generic_plan"]
    if role is not None:
        options.append(f"-c role={role}")
    return {"connect_timeout": 3, "client_encoding": "utf8", "prepare_threshold": 2, "options": " ".join(options)}


def make_role(connection: Connection, login: str) -> None:
    """Make the application's role where it is missing, and let the service's login become it."""
    # Roles belong to the whole cluster: two databases migrating at once must not both try.
    connection.execute(text("select pg_advisory_xact_lock(hashtext('haidang roles'))"))
    there = select(func.count()).select_from(text("pg_roles")).where(text("rolname = :role"))
    if not connection.execute(there, {"role": APPLICATION}).scalar_one():
        connection.execute(text(f"create role {APPLICATION} nologin nosuperuser nobypassrls"))
    # From version 16 on, who made a role is a member that may not become it.
    right = "SET" if (connection.dialect.server_version_info or ()) >= (16,) else "MEMBER"
    may_become = text("select pg_has_role(cast(:login as name), cast(:role as name), :right)")
    if not connection.execute(may_become, {"login": login, "role": APPLICATION, "right": right}).scalar_one():
        quoted = connection.dialect.identifier_preparer.quote_identifier(login)
        connection.execute(text(f"grant {APPLICATION} to {quoted}"))


def open_transaction(connection: Connection, space: int | None, *, writes: bool) -> None:
    """Begin, and set the space for this transaction alone: nothing of it is left on a pooled connection.

    It is one message to the server and back; the driver alone would take three.
    """
    begin = (_BEGIN_WRITING if writes else _BEGIN).format(name=SPACE, space="" if space is None else int(space))
    tell(connection, begin)


def commit(connection: Connection) -> None:
    """End a transaction, so that what was written is on disk."""
    if tell(connection, "commit") != "COMMIT":
        raise RuntimeError("a query had failed before, so that nothing was kept")


def roll_back(connection: Connection) -> None:
    """End a transaction as if it had never been, whatever has become of it."""
    with suppress(DBAPIError):  # a connection that has gone takes its transaction along
        tell(connection, "rollback")  # psycopg's own would forget all prepared statements


def check(connection: Connection) -> dict[str, str]:
    """Report the durability settings and the role, refusing what loses writes or steps around row-level security."""
    found = {name: str(connection.execute(text(f"show {name}")).scalar_one()) for name in _SAFE}
    wrong = [f"{name}={value}" for name, value in found.items() if value not in _SAFE[name]]
    if wrong:
        raise SettingsUnsafe(", ".join(wrong))
    role = connection.execute(
        text("select rolname, rolsuper or rolbypassrls as above from pg_roles where rolname = current_user"),
    ).one()
    if role.above:
        raise SettingsUnsafe(f"role {role.rolname} is above row-level security")
    return found | {"role": role.rolname}
