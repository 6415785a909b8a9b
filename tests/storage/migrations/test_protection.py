"""What the migrations say in one line about rights: on PostgreSQL it holds, on SQLite it is nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from storage.migrations.protection import narrow, on_postgresql, protect
from storage.postgresql import APPLICATION

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def make_notes(ground: Ground) -> int:
    """Make a protected table with rows of two spaces, and a function that counts them all; give back the first space."""
    space = ground.space()
    with ground.owner.write() as tx:
        tx.run(text("create table notes (space_id bigint not null, words text not null)"))
        tx.run(text("insert into notes values (:ours, 'ours'), (:ours + 1, 'theirs')"), {"ours": space})
        with Operations.context(MigrationContext.configure(tx.connection)):
            assert on_postgresql() == tx.postgresql
            protect("notes", "select, insert")
            narrow("count_notes(one bigint, other bigint)", "bigint", "select count(*) from notes")
    return space


def words(ground: Ground, space: int | None) -> list[str]:
    with ground.app.read(space) as tx:
        return sorted(tx.run(text("select words from notes")).scalars())


def test_on_sqlite_there_is_nothing_to_protect_with(sqlite: Ground) -> None:
    assert words(sqlite, make_notes(sqlite)) == ["ours", "theirs"]

    with pytest.raises(DBAPIError, match="no such function"), sqlite.app.read() as tx:
        tx.run(text("select count_notes(1, 2)"))


def test_a_protected_table_shows_one_space(postgresql: Ground) -> None:
    space = make_notes(postgresql)

    assert words(postgresql, space) == ["ours"]
    assert words(postgresql, None) == []


def test_a_protected_table_gives_just_the_rights_that_were_named(postgresql: Ground) -> None:
    space = make_notes(postgresql)

    with postgresql.app.write(space) as tx:
        tx.run(text("insert into notes values (:space, 'more')"), {"space": space})
    for statement in ("update notes set words = ''", "delete from notes", "truncate notes", "drop table notes"):
        with pytest.raises(ProgrammingError), postgresql.app.write(space) as tx:
            tx.run(text(statement))


def test_a_narrow_function_sees_across_spaces(postgresql: Ground) -> None:
    make_notes(postgresql)

    with postgresql.app.read() as tx:
        assert tx.run(text("select count_notes(1, 2)")).scalar_one() == 2


def test_a_narrow_function_is_closed_to_everybody_else(postgresql: Ground) -> None:
    with postgresql.owner.write() as tx:
        with Operations.context(MigrationContext.configure(tx.connection)):
            narrow("seven()", "bigint", "select 7")
        tx.run(text("create role stranger"))
        tx.run(text("set local role stranger"))
        with pytest.raises(ProgrammingError, match="permission denied for function seven"):
            tx.run(text("select seven()"))
        tx.connection.rollback()


def test_the_path_of_a_narrow_function_cannot_be_bent(postgresql: Ground) -> None:
    """Or a caller could put a table of its own in front of ours."""
    with postgresql.owner.write() as tx:
        tx.run(text("create table notes (words text)"))
        with Operations.context(MigrationContext.configure(tx.connection)):
            narrow("count_notes()", "bigint", "select count(*) from notes")
        tx.run(text(f"grant temp on database {postgresql.app.url.database} to {APPLICATION}"))

    with postgresql.app.write() as tx:
        tx.run(text("create temp table notes as select generate_series(1, 5)"))
        assert tx.run(text("select count(*) from notes")).scalar_one() == 5  # control
        assert tx.run(text("select count_notes()")).scalar_one() == 0
