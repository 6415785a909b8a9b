"""On PostgreSQL the log lies in parts by month, which are made before they are needed; nobody sees a part but through the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, table, text
from sqlalchemy.exc import ProgrammingError

from storage import months, statements
from storage.errors import DatabaseAway
from tests.storage.samples import keep, now, statement

if TYPE_CHECKING:
    from tests.parts.databases import Ground

PARTS = 4
OLD = datetime(2020, 3, 31, 23, 59, 59, tzinfo=UTC)


def part_of(ground: Ground, moment: datetime) -> str:
    """Name the part that the one row of a moment lies in."""
    query = text("select cast(tableoid as regclass) from statements where stored = :moment")
    with ground.owner.read() as tx:
        return str(tx.run(query, {"moment": moment}).scalar_one())


def append(ground: Ground, space: int, *moments: datetime) -> None:
    with ground.app.write(space) as tx:
        assert keep(tx, [statement(stored=moment) for moment in moments]) == len(moments)


def test_this_month_and_the_next_two_are_there_from_the_beginning(postgresql: Ground) -> None:
    with postgresql.app.write() as tx:
        assert months.make(tx, now(), now() + months.AHEAD) == 0


def test_a_statement_lies_in_the_part_of_its_month_by_utc(postgresql: Ground) -> None:
    space = postgresql.space()
    with postgresql.app.write() as tx:
        made = months.make(tx, OLD, OLD + timedelta(seconds=1))
        assert made == 2 * PARTS
        assert months.make(tx, OLD, OLD) == 0

    append(postgresql, space, OLD, OLD + timedelta(seconds=1))

    assert part_of(postgresql, OLD).endswith("_2020_03")
    assert part_of(postgresql, OLD + timedelta(seconds=1)).endswith("_2020_04")


def test_a_month_that_nobody_made_lies_in_the_rest_and_stays_there(postgresql: Ground) -> None:
    space = postgresql.space()
    append(postgresql, space, OLD)
    assert part_of(postgresql, OLD).endswith("_rest")

    with postgresql.app.write() as tx:
        others = months.make(tx, OLD, OLD)

    append(postgresql, space, OLD - timedelta(seconds=1))
    with postgresql.app.read(space) as tx:
        assert statements.count(tx) == 2
    assert part_of(postgresql, OLD).endswith("_rest")
    assert part_of(postgresql, OLD - timedelta(seconds=1)).endswith("_rest")
    assert others == PARTS - 1  # the one with the row was left alone


def test_who_makes_a_month_does_not_queue_up_behind_a_reader_but_comes_again(postgresql: Ground) -> None:
    space = postgresql.space()
    append(postgresql, space, now())
    with postgresql.app.read(space) as reader:
        reader.run(text("select count(*) from statements where space_id = :space"), {"space": space})

        with pytest.raises(DatabaseAway, match="lock timeout"), postgresql.app.write() as tx:
            months.make(tx, OLD, OLD)

    with postgresql.app.write() as tx:
        assert months.make(tx, OLD, OLD) == PARTS


def test_the_application_sees_no_part(postgresql: Ground) -> None:
    space = postgresql.space()
    append(postgresql, space, OLD)
    part = part_of(postgresql, OLD)

    with pytest.raises(ProgrammingError, match="permission denied"), postgresql.app.read(space) as tx:
        tx.run(select(func.count()).select_from(table(part)))

    with postgresql.owner.read() as tx:
        assert tx.run(select(func.count()).select_from(table(part))).scalar_one() == 1  # control


def test_sqlite_has_one_table_for_all_months(ground: Ground) -> None:
    with ground.app.write() as tx:
        assert (months.make(tx, OLD, OLD) == 0) == (not tx.postgresql)


def test_the_months_ahead_are_made_before_they_are_needed(postgresql: Ground) -> None:
    with postgresql.owner.write() as tx:
        for part in range(PARTS):
            tx.run(text(f"drop table statements_{part}_{now() + months.AHEAD:%Y_%m}"))

    assert months.ahead(postgresql.app) == PARTS
    assert months.ahead(postgresql.app) == 0
