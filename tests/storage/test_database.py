"""One transaction a use case: whole or not at all, a consistent picture to readers, one connection a request."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage import people, spaces
from storage.database import Database
from storage.errors import DatabaseAway
from storage.people import AccountRow, accounts
from tests.storage.samples import now

if TYPE_CHECKING:
    from uuid import UUID

    from storage.database import Tx
    from tests.parts.databases import Ground


def account(number: int) -> AccountRow:
    from uuid import UUID

    return AccountRow(UUID(int=number), "learner", now())


def numbers(tx: Tx) -> list[int]:
    found: list[UUID] = [row.id for row in people.list_accounts(tx)]
    return sorted(each.int for each in found)


def test_what_a_block_wrote_is_there_when_it_ends(ground: Ground) -> None:
    space = ground.space()

    with ground.app.write(space) as tx:
        people.add_account(tx, account(1))

    with ground.app.read(space) as tx:
        assert numbers(tx) == [1]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, GeneratorExit])
def test_an_exception_takes_everything_back(ground: Ground, error: type[BaseException]) -> None:
    space = ground.space()

    def fail() -> None:
        with ground.app.write(space) as tx:
            people.add_account(tx, account(1))
            raise error

    with pytest.raises(error):
        fail()

    with ground.app.read(space) as tx:
        assert numbers(tx) == []


def test_an_error_of_the_database_takes_back_what_came_before_it(ground: Ground) -> None:
    space = ground.space()

    def write_twice() -> None:
        with ground.app.write(space) as tx:
            people.add_account(tx, account(1))
            people.add_account(tx, account(1))

    with pytest.raises(IntegrityError):
        write_twice()

    with ground.app.read(space) as tx:
        assert numbers(tx) == []


def test_a_block_that_reads_refuses_to_write(ground: Ground) -> None:
    space = ground.space()

    with pytest.raises(DBAPIError, match=r"readonly|read-only"), ground.app.read(space) as tx:
        people.add_account(tx, account(1))

    with ground.app.write(space) as tx:
        people.add_account(tx, account(2))  # control: the same connection may
    with ground.app.read(space) as tx:
        assert numbers(tx) == [2]


def test_wrong_sql_is_no_absence_of_the_database(ground: Ground) -> None:
    with pytest.raises(DBAPIError, match="no_such_table"), ground.app.read() as tx:
        tx.run(text("select 1 from no_such_table"))


def test_a_reader_sees_one_picture(ground: Ground) -> None:
    space = ground.space()

    with ground.app.read(space) as reader:
        before = numbers(reader)
        with ground.app.write(space) as writer:
            people.add_account(writer, account(1))
        after = numbers(reader)

    assert before == after == []


def test_a_request_keeps_one_connection_for_all_its_transactions(ground: Ground) -> None:
    with ground.app.connect() as connection:
        first = connection.connection.dbapi_connection
        with ground.app.write(connection=connection) as tx:
            space = spaces.add(tx, "haiphong", "Hải Phòng", "vi", now())
        with ground.app.write(space, connection) as tx:
            people.add_account(tx, account(1))
        with ground.app.read(space, connection) as tx:
            assert numbers(tx) == [1]
        with pytest.raises(DBAPIError), ground.app.read(space, connection) as tx:
            people.add_account(tx, account(2))
        with ground.app.write(space, connection) as tx:
            people.add_account(tx, account(3))

        assert connection.connection.dbapi_connection is first


def test_a_space_ends_with_its_transaction(ground: Ground) -> None:
    space = ground.space()
    ground.account(space)

    with ground.app.connect() as connection:
        with ground.app.read(space, connection) as tx:
            assert tx.run(select(func.count()).select_from(accounts)).scalar_one() == 1
        with ground.app.read(None, connection) as tx:
            seen = tx.run(select(func.count()).select_from(accounts)).scalar_one()

    assert seen == (0 if ground.app.dialect == "postgresql" else 1)  # SQLite's queries alone keep the spaces apart


def test_threads_share_one_engine(ground: Ground) -> None:
    ground.app.dispose()
    together = threading.Barrier(8)

    def engine(_number: int) -> int:
        together.wait()
        return id(ground.app.engine)

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(engine, range(8)))) == 1


def test_who_waits_too_long_for_a_connection_is_told_to_come_back(sqlite: Ground) -> None:
    narrow = Database(sqlite.url, pool=1)
    with narrow.connect(), pytest.raises(DatabaseAway):
        narrow.connect()
    with narrow.connect() as connection:
        assert connection.scalar(text("select 1")) == 1
    narrow.dispose()


def test_a_child_of_a_fork_has_connections_of_its_own(ground: Ground) -> None:
    """On SQLite the parent's closing would otherwise take the write-ahead log away under the child."""
    space = ground.space()
    ground.account(space)
    written, parent_has_closed = os.pipe(), os.pipe()

    child = os.fork()
    if not child:
        status = 1
        try:
            with ground.app.write(space) as tx:
                people.add_account(tx, account(1))
            os.write(written[1], b".")
            os.read(parent_has_closed[0], 1)
            with ground.app.write(space) as tx:
                people.add_account(tx, account(2))
            status = 0
        finally:
            os._exit(status)
    os.read(written[0], 1)
    with ground.app.write(space) as tx:
        people.add_account(tx, account(3))
    ground.app.dispose()
    ground.owner.dispose()
    os.write(parent_has_closed[1], b".")
    assert os.waitpid(child, 0)[1] == 0

    with ground.app.read(space) as tx:
        assert set(numbers(tx)) >= {1, 2, 3}
    for descriptor in (*written, *parent_has_closed):
        os.close(descriptor)


@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlserver://localhost/x"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="neither SQLite nor PostgreSQL"):
        Database(url)
