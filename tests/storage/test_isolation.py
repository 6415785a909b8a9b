"""Two spaces never see one another: by the queries in both databases, in PostgreSQL by row-level security as well."""

from __future__ import annotations

import inspect
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from storage import (
    certificate_lists,
    history,
    learnt,
    order,
    search,
    tallies,
)
from storage.postgresql import APPLICATION
from storage.tables import ROOMS, metadata
from tests.storage.named_queries import (
    ABOVE_SPACES,
    CHANGES_NOTHING,
    FINDS_NOTHING,
    IS_REFUSED,
    KEYS,
    TABLES,
    Rows,
)
from tests.storage.samples import (
    NOT_OF_A_SPACE,
    TABLES_ABOVE,
    fill,
    row_above,
    row_of,
    tables_of_spaces,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.database import Database, Tx
    from tests.parts.databases import Ground


def everything_of(ground: Ground, space: int) -> dict[str, list[Any]]:
    """Read what a space has, past all queries and policies."""
    with ground.owner.read() as tx:
        return {
            table.name: sorted(map(str, tx.run(select(table).where(table.c.space_id == space))))
            for table in tables_of_spaces()
        }


_HOLDS = (
    ("accounts", "closed"),
    ("members", "until"),
    ("sessions", "ended"),
    ("links", "used"),
    ("credentials", "revoked"),
)
"""What nothing has ended: the rows of a test have something in every column."""


class TakenBack(Exception):
    """Nothing of a block shall stay."""


@contextmanager
def rehearsal(database: Database, space: int | None) -> Iterator[Tx]:
    """Write, and take it back."""
    with suppress(TakenBack), database.write(space) as tx:
        yield tx
        raise TakenBack


@pytest.fixture(scope="module")
def theirs(shared: Ground) -> Rows:
    """Fill a space of other people."""
    space = shared.space("others")
    with shared.owner.write(space) as tx:
        rows = fill(tx, space)
        for table, column in _HOLDS:
            tx.run(update(metadata.tables[table]).values({column: None}))
    return rows


# Named queries


@pytest.mark.parametrize("query", FINDS_NOTHING)
def test_a_query_finds_nothing_of_another_space(shared: Ground, space: int, theirs: Rows, query: str) -> None:
    before = everything_of(shared, theirs["spaces"]["id"])

    with shared.app.write(space) as tx:
        assert not FINDS_NOTHING[query](tx, theirs)

    assert everything_of(shared, theirs["spaces"]["id"]) == before
    with rehearsal(shared.app, theirs["spaces"]["id"]) as tx:
        assert FINDS_NOTHING[query](tx, theirs)  # control


@pytest.mark.parametrize("query", CHANGES_NOTHING)
def test_the_same_name_in_another_space_is_another_row(shared: Ground, space: int, theirs: Rows, query: str) -> None:
    before = everything_of(shared, theirs["spaces"]["id"])

    with shared.app.write(space) as tx:
        CHANGES_NOTHING[query](tx, theirs)

    assert everything_of(shared, theirs["spaces"]["id"]) == before


@pytest.mark.parametrize("query", IS_REFUSED)
def test_nothing_is_tied_to_a_row_of_another_space(shared: Ground, space: int, theirs: Rows, query: str) -> None:
    before = everything_of(shared, theirs["spaces"]["id"])

    with pytest.raises(IntegrityError), shared.app.write(space) as tx:
        IS_REFUSED[query](tx, theirs)

    assert everything_of(shared, theirs["spaces"]["id"]) == before
    assert not any(everything_of(shared, space).values())


def test_every_query_is_listed_here() -> None:
    queries = {
        f"{room.__name__.rpartition('.')[2]}.{name}"
        for room in (*ROOMS, certificate_lists, history, learnt, order, search, tallies)
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if function.__module__ == room.__name__ and not name.startswith("_")
    } - KEYS

    assert queries == {*FINDS_NOTHING, *CHANGES_NOTHING, *IS_REFUSED, *ABOVE_SPACES}


# Row-level security


def test_every_table_belongs_to_spaces_or_is_named() -> None:
    assert {table.name for table in metadata.sorted_tables} == {*TABLES, *NOT_OF_A_SPACE}


def seen(tx: Tx, table: str) -> int:
    return int(tx.run(select(func.count()).select_from(metadata.tables[table])).scalar_one())


@pytest.fixture(scope="module")
def two(shared_postgresql: Ground) -> tuple[Rows, Rows]:
    """Fill two spaces."""
    found = []
    for slug in ("ours", "others"):
        space = shared_postgresql.space(slug)
        with shared_postgresql.owner.write(space) as tx:
            found.append(fill(tx, space))
    return found[0], found[1]


@pytest.mark.parametrize("table", [*TABLES, "spaces"])
def test_a_table_shows_the_rows_of_the_transactions_space(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str
) -> None:
    ours, theirs = (rows["spaces"]["id"] for rows in two)

    for space, rows in ((None, 0), (ours, 1), (theirs, 1), (ours + theirs, 0)):
        with shared_postgresql.app.read(space) as tx:
            assert seen(tx, table) == rows
    with shared_postgresql.owner.read() as tx:
        assert seen(tx, table) == 2  # control


@pytest.mark.parametrize("table", TABLES)
def test_a_row_of_another_space_cannot_be_inserted(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str
) -> None:
    ours, theirs = (rows["spaces"]["id"] for rows in two)
    row = row_of(metadata.tables[table], theirs, two[1])

    with pytest.raises(ProgrammingError, match="row-level security"), shared_postgresql.app.write(ours) as tx:
        tx.run(insert(metadata.tables[table]), row)


def test_control_rows_of_the_own_space_can_be_inserted(shared_postgresql: Ground, two: tuple[Rows, Rows]) -> None:
    space = two[0]["spaces"]["id"]

    with rehearsal(shared_postgresql.app, space) as tx:
        assert fill(tx, space).keys() == {*TABLES, "spaces"}


@pytest.mark.parametrize("table", [*TABLES, "spaces"])
def test_rows_of_another_space_are_out_of_reach_of_every_right(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str
) -> None:
    which = metadata.tables[table]
    *_, column = which.columns
    ours = two[0]["spaces"]["id"]

    with rehearsal(shared_postgresql.owner, ours) as tx:
        tx.run(text(f"grant all on {table} to {APPLICATION}"))
        assert tx.run(update(which).values({column.name: column})).rowcount == 2  # control
        tx.run(text(f"set local role {APPLICATION}"))
        assert tx.run(update(which).values({column.name: column})).rowcount == 1
        tx.run(text("select set_config('haidang.space', '', true)"))
        assert tx.run(update(which).values({column.name: column})).rowcount == 0
        assert tx.run(delete(which)).rowcount == 0


@pytest.mark.parametrize("table", ["statements", "commits", "audit"])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_log_is_neither_changed_nor_deleted(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str, verb: str
) -> None:
    which = metadata.tables[table]
    *_, column = which.columns
    change = update(which).values({column.name: column}) if verb == "update" else delete(which)
    ours = two[0]["spaces"]["id"]

    with pytest.raises(ProgrammingError, match="permission denied"), shared_postgresql.app.write(ours) as tx:
        tx.run(change)

    with rehearsal(shared_postgresql.owner, ours) as tx:
        assert tx.run(change).rowcount == 2  # control


# Above all spaces


@pytest.mark.parametrize("table", TABLES_ABOVE)
def test_what_stands_above_spaces_is_out_of_reach_of_each_with_every_right(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str
) -> None:
    which = metadata.tables[table]
    *_, column = which.columns

    with rehearsal(shared_postgresql.owner, two[0]["spaces"]["id"]) as tx:
        tx.run(insert(which), row_above(which))
        tx.run(text(f"grant all on {table} to {APPLICATION}"))
        tx.run(text(f"set local role {APPLICATION}"))
        assert seen(tx, table) == 0
        assert tx.run(update(which).values({column.name: column})).rowcount == 0
        assert tx.run(delete(which)).rowcount == 0
        tx.run(text("select set_config('haidang.space', '', true)"))
        assert seen(tx, table) == 1  # control


@pytest.mark.parametrize("table", TABLES_ABOVE)
def test_nothing_is_written_above_spaces_from_within_one(
    shared_postgresql: Ground, two: tuple[Rows, Rows], table: str
) -> None:
    which = metadata.tables[table]
    row = row_above(which)
    space = two[0]["spaces"]["id"]

    with pytest.raises(ProgrammingError, match="row-level security"), shared_postgresql.app.write(space) as tx:
        tx.run(insert(which), row)

    with rehearsal(shared_postgresql.app, None) as tx:
        tx.run(insert(which), row)  # control
        assert seen(tx, table) == 1


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_log_of_the_platform_is_neither_changed_nor_deleted(shared_postgresql: Ground, verb: str) -> None:
    which = metadata.tables["platform_deeds"]
    change = update(which).values(act="another") if verb == "update" else delete(which)

    with pytest.raises(ProgrammingError, match="permission denied"), shared_postgresql.app.write() as tx:
        tx.run(change)

    with rehearsal(shared_postgresql.owner, None) as tx:
        tx.run(insert(which), row_above(which))
        assert tx.run(change).rowcount == 1  # control


NARROW = {
    "haidang_add_space": ["bigint"],
    "haidang_first_owner": ["boolean"],
    "haidang_spaces_remaking": ["bigint"],
    "haidang_spaces_with_paper_jobs": ["bigint"],
    "haidang_issuing_keys": ["slug", "name", "number", "public", "retired", "withdrawn"],
    "haidang_space_by_slug": ["id", "slug", "name", "language", "languages", "zone", "emblem", "quota"],
    "haidang_set_quota": ["bigint"],
    "haidang_space_figures": [
        "slug",
        "name",
        "created",
        "accounts",
        "lessons",
        "statements",
        "bytes",
        "written",
        "quota",
        "entered",
    ],
    "haidang_space_slugs": ["text"],
}
"""What the platform is told of spaces: the columns of each function, or the type of the one value that it gives."""


def test_what_the_platform_is_told_of_spaces_stands_here(shared_postgresql: Ground) -> None:
    query = text(
        """
        select proname, case when proargmodes is null then array[format_type(prorettype, null)]
                        else (select array_agg(name order by n)
                              from unnest(proargnames, proargmodes) with ordinality as given (name, mode, n)
                              where mode = 't') end
        from pg_proc where proname = any(:names)
        """,
    )

    with shared_postgresql.owner.read() as tx:
        assert dict(tuple(row) for row in tx.run(query, {"names": [*NARROW]})) == NARROW


# What the application may do at all

RIGHTS = {
    "accounts": {"select", "insert", "update"},
    "attempts": {"select", "insert", "update"},
    "audit": {"select", "insert"},
    "batches": {"select", "insert", "update"},
    "certificate_counters": {"select", "insert", "update"},
    "certificate_events": {"select", "insert"},
    "certificate_pictures": {"select", "insert"},
    "certificate_jobs": {"select", "insert", "update", "delete"},
    "certificate_links": {"select", "insert", "update"},
    "certificate_rules": {"select", "insert", "update", "delete"},
    "certificate_sendings": {"select", "insert", "update"},
    "certificate_templates": {"select", "insert"},
    "certificates": {"select", "insert"},
    "claims": {"select", "insert"},
    "course_packages": {"select", "insert", "delete"},
    "course_versions": {"select", "insert"},
    "courses": {"select", "insert", "update"},
    "enrolments": {"select", "insert", "update"},
    "reminders": {"select", "insert"},
    "commits": {"select", "insert"},
    "credentials": {"select", "insert", "update"},
    "definitions": {"select", "insert"},
    "documents": {"select", "insert", "update", "delete"},
    "devices": {"select", "insert"},
    "hourly": {"select", "insert", "update", "delete"},
    "identifiers": {"select", "insert", "delete"},
    "identities": {"select", "insert", "update", "delete"},
    "name_tokens": {"select", "insert", "delete"},
    "passwords": {"select", "insert", "update", "delete"},
    "emblems": {"select", "insert", "update", "delete"},
    "issuing_keys": {"select", "insert", "update"},
    "shown_names": {"select", "insert", "update"},
    "status_places": {"select", "insert"},
    "skill_sets": {"select", "insert", "update"},
    "skills": {"select", "insert", "update"},
    "skill_joys": {"select", "insert"},
    "skill_badges": {"select", "insert", "update"},
    "platform_deeds": {"select", "insert"},
    "platform_links": {"select", "insert", "update"},
    "platform_sessions": {"select", "insert", "update"},
    "units": {"select", "insert", "update"},
    "unit_spans": {"select", "insert", "delete"},
    "members": {"select", "insert", "update", "delete"},
    "tries": {"select", "insert", "update", "delete"},
    "cursors": {"select", "insert", "update", "delete"},
    "letters": {"select", "insert", "update", "delete"},
    "webhooks": {"select", "insert", "update", "delete"},
    "deliveries": {"select", "insert", "update", "delete"},
    "links": {"select", "insert", "update", "delete"},
    "outbox": {"select", "insert", "update", "delete"},
    "packages": {"select", "insert"},
    "related": {"select", "insert"},
    "sequence_carried": {"select", "insert", "update"},
    "sequence_requests": {"select", "insert", "delete"},
    "sequences": {"select", "insert", "update"},
    "actors": {"select", "insert", "update", "delete"},
    "awards": {"select", "insert", "update"},
    "confirmers": {"select", "insert"},
    "remakings": {"select", "insert", "update", "delete"},
    "reviews": {"select", "insert", "update"},
    "rule_versions": {"select", "insert"},
    "rules": {"select", "insert", "update"},
    "states": {"select", "insert", "update", "delete"},
    "strangers": {"select", "insert", "update", "delete"},
    "tags": {"select", "insert", "delete"},
    "service": {"select"},
    "sessions": {"select", "insert", "update", "delete"},
    "spaces": {"select"},
    "statement_ids": {"select", "insert"},
    "statements": {"select", "insert"},
    "tickets": {"select", "insert", "update"},
    "tracks": {"select", "insert", "update"},
    "uses": {"select", "insert", "update"},
    "versions": {"select", "insert"},
    "voided": {"select", "insert"},
}


def test_the_application_has_the_rights_that_stand_here(shared_postgresql: Ground) -> None:
    every = ("select", "insert", "update", "delete", "truncate", "references", "trigger")
    query = text("select has_table_privilege(:role, cast(:table as text), cast(:right as text))")

    with shared_postgresql.owner.read() as tx:
        found = {
            table.name: {
                right
                for right in every
                if tx.run(query, {"role": APPLICATION, "table": table.name, "right": right}).scalar_one()
            }
            for table in metadata.sorted_tables
        }

    assert found == RIGHTS


def test_fifteen_narrow_functions_see_across_spaces_and_only_the_application_may_call_them(
    shared_postgresql: Ground,
) -> None:
    query = text(
        """
        select proname, prosecdef, proconfig, has_function_privilege('public', oid, 'execute'),
               has_function_privilege(:role, oid, 'execute')
        from pg_proc where pronamespace = 'public'::regnamespace
        """,
    )
    with shared_postgresql.owner.read() as tx:
        found = {row[0]: tuple(row[1:]) for row in tx.run(query, {"role": APPLICATION})}

    as_the_owner, fixed_path = True, ["search_path=public, pg_temp"]
    for name in ("haidang_append", "haidang_document", "haidang_put_document"):
        assert found.pop(name) == (not as_the_owner, fixed_path, False, True)
    assert found.pop("haidang_make_months") == (
        as_the_owner,
        [*fixed_path, "TimeZone=UTC", "lock_timeout=200ms"],
        False,
        True,
    )
    assert found == dict.fromkeys(
        (
            "haidang_add_space",
            "haidang_browser_origins",
            "haidang_credential_by_key",
            "haidang_forget_guests",
            "haidang_issuing_keys",
            "haidang_outbox_due",
            "haidang_outbox_waiting",
            "haidang_set_quota",
            "haidang_first_owner",
            "haidang_space_by_slug",
            "haidang_space_figures",
            "haidang_space_slugs",
            "haidang_spaces_behind",
            "haidang_spaces_remaking",
            "haidang_spaces_with_paper_jobs",
        ),
        (as_the_owner, fixed_path, False, True),
    )
