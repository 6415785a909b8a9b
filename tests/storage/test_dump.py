"""A whole database as lines of JSON, the same from both databases and for both."""

from __future__ import annotations

import json
import tracemalloc
import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage import dump, migrate, order, service
from storage.database import Database
from storage.order import Position
from storage.tables import metadata
from tests.storage.samples import fill, fill_above, keep, latest, statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.parts.databases import Ground

Lines = dict[str, list[bytes]]


def dumped(database: Database) -> Lines:
    with database.read() as tx:
        return {name: [*dump.lines(tx, name)] for name in dump.tables()}


def load(database: Database, lines: Lines) -> None:
    with database.write() as tx:
        for name in dump.tables():
            assert dump.load(tx, name, lines[name]) == len(lines[name])
        dump.finish(tx)


def fill_twice(ground: Ground) -> list[int]:
    """Fill two spaces with a row in every table, one of them with nothing where nothing may be."""
    found = [ground.space("haiphong"), ground.space("danang")]
    for space in found:
        with ground.owner.write(space) as tx:
            fill(tx, space)
    with ground.owner.write() as tx:
        above = fill_above(tx)
        fill_above(tx)
        for table in metadata.sorted_tables:
            (key, *_) = table.primary_key.columns
            first = above[table.name][key.name] if table.name in above else found[0]
            if nothing := {column.name: None for column in table.columns if column.nullable}:
                tx.run(table.update().where(key == first).values(nothing))
    return found


def test_tables_come_after_those_that_they_refer_to() -> None:
    order = dump.tables()

    assert set(order) == set(metadata.tables)
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            assert order.index(key.column.table.name) < order.index(table.name)


def test_what_is_dumped_from_either_is_loaded_into_either(ground: Ground, target: Ground) -> None:
    fill_twice(ground)
    before = dumped(ground.owner)
    assert {name: len(lines) for name, lines in before.items()} == dict.fromkeys(before, 2) | {"service": 1}

    load(target.owner, before)

    after = dumped(target.owner)
    assert after.pop("service") == [b'{"name":"epoch","value":"2"}\n']
    assert before.pop("service") == [b'{"name":"epoch","value":"1"}\n']
    assert after == before


def test_a_line_is_json_of_plain_values_in_utf_8(ground: Ground) -> None:
    fill_twice(ground)

    for name, lines in dumped(ground.owner).items():
        for line in lines:
            values = json.loads(line)
            assert values.keys() == {column.name for column in metadata.tables[name].columns}
            assert {type(value) for value in values.values()} <= {str, int, bool, type(None)}
            assert line.endswith(b"\n")
    assert "Hải Phòng".encode() in dumped(ground.owner)["accounts"][0]


def test_the_log_goes_on_behind_what_was_loaded(ground: Ground, target: Ground) -> None:
    """Also where the old cluster had counted its transactions further than the new one."""
    space, old = ground.space(), [statement() for _ in range(5)]
    with ground.app.write(space) as tx:
        keep(tx, old)
    if ground.owner.dialect == "postgresql":
        with ground.owner.write() as tx:
            tx.run(text("update statements set txid = '1000000000000'"))
    load(target.owner, dumped(ground.owner))
    with target.app.read(space) as tx:
        loaded = order.after(tx, Position(), 10)
    assert [row for _, row in loaded] == old

    new = [statement() for _ in range(5)]
    assert target.space("danang") != space
    with target.app.write(space) as tx:
        keep(tx, new)

    with target.app.read(space) as tx:
        assert [row for _, row in latest(tx, 10)] == (old + new)[::-1]
        assert [row for _, row in order.after(tx, loaded[-1][0], 10)] == new
        assert [row for _, row in order.after(tx, loaded[2][0], 10)] == old[3:] + new


def test_a_database_is_empty_until_somebody_uses_it(ground: Ground) -> None:
    with ground.owner.read() as tx:
        assert dump.is_empty(tx)

    ground.space()

    with ground.owner.read() as tx:
        assert not dump.is_empty(tx)


def test_a_database_without_tables_is_empty_and_one_with_others_is_not(empty_url: str) -> None:
    owner = Database(empty_url, role=None)
    with owner.read() as tx:
        assert dump.is_empty(tx)

    with owner.write() as tx:
        tx.run(text("create table recipes (soup text)"))
    migrate.upgrade(owner)

    with owner.read() as tx:
        assert not dump.is_empty(tx)
    owner.dispose()


def test_a_load_that_fails_leaves_nothing(ground: Ground) -> None:
    fill_twice(ground)
    before = dumped(ground.owner)

    with pytest.raises(IntegrityError):
        load(ground.owner, before)

    assert dumped(ground.owner) == before


def peak(work: Callable[[], object]) -> int:
    """Measure how much memory something takes at most."""
    tracemalloc.start()
    work()
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_memory_does_not_grow_with_the_rows(ground: Ground) -> None:
    space = ground.space()
    with ground.owner.write(space) as tx:
        row = fill(tx, space)["statements"]
    line = json.loads(dumped(ground.owner)["statements"][0])

    def lines(first: int, count: int) -> Iterator[bytes]:
        for number in range(first, first + count):
            new = {"id": str(uuid.uuid4()), "seq": row["seq"] + number, "payload": "x" * 1000}
            yield json.dumps(line | new).encode()

    def there_and_back(first: int, count: int) -> None:
        with ground.owner.write() as tx:
            assert dump.load(tx, "statements", lines(first, count)) == count
        with ground.owner.read() as tx:
            assert sum(1 for _ in dump.lines(tx, "statements")) == first + count

    few = peak(lambda: there_and_back(1, 600))
    assert peak(lambda: there_and_back(601, 2400)) < 1.5 * few


def test_a_fact_of_the_service_is_replaced(ground: Ground) -> None:
    lines: Iterator[bytes] = iter([b'{"name":"epoch","value":"41"}\n'])

    with ground.owner.write() as tx:
        dump.load(tx, "service", lines)
        dump.finish(tx)

    with ground.app.read() as tx:
        assert service.read(tx, service.EPOCH) == "42"
