"""What a transaction wrote is read back whole, whatever the tables look like."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest

from bench import replay
from bench.limits import PostgresLimits
from bench.lines import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.parts.postgres import PostgresServer

SCHEMA = """
create table statements (space_id bigint, seq bigint, id uuid default gen_random_uuid(), stored date, payload text,
    size int generated always as (length(payload)) stored,
    primary key (space_id, seq, stored)) partition by hash (space_id);
create index on statements (space_id, payload);
create table statements_0 partition of statements for values with (modulus 2, remainder 0) partition by range (stored);
create table statements_1 partition of statements for values with (modulus 2, remainder 1);
create table statements_0_rest partition of statements_0 default;
create table statements_0_new partition of statements_0 for values from ('2026-01-01') to ('2027-01-01');
create table related (space_id bigint, key uuid, seq bigint, primary key (space_id, key, seq));
create table definitions (space_id bigint, iri text, number bigint generated always as identity);
create table elsewhere (id int);
"""
AWKWARD = "a\ttab, a \\ and a\nline; \\N, \\\\ and \b\f\r\v"


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    """Give a database whose tables look like nobody's."""
    name = f"replay_{uuid4().hex}"
    postgres.create_database(name)
    found = f"postgresql://postgres@127.0.0.1:{postgres.port}/{name}"
    with psycopg.connect(found) as connection:
        connection.execute(SCHEMA)
    yield found
    postgres.drop_database(name)


def write(url: str, *batches: int) -> None:
    """Write batches of so many rows, each with two related rows, in a transaction each."""
    seq = 0
    for size in batches:
        with psycopg.connect(url) as connection:
            for _ in range(size):
                seq += 1
                day = ("2026-05-01", "1999-01-01")[seq % 2]
                connection.execute(
                    "insert into statements (space_id, seq, stored, payload) values (%s, %s, %s, %s)",
                    (seq % 3, seq, day, AWKWARD),
                )
                if seq == 1:
                    connection.execute("insert into definitions (space_id, iri) values (1, 'lesson')")
                for _ in range(2):
                    connection.execute("insert into related values (%s, %s, %s)", (seq % 3, uuid4(), seq))


def test_the_tables_of_a_space_are_found_and_no_other(url: str) -> None:
    with psycopg.connect(url) as connection:
        found = replay.tables(connection)

    assert [(table.name, table.columns) for table in found] == [
        ("statements", ["space_id", "seq", "id", "stored", "payload"]),
        ("definitions", ["space_id", "iri", "number"]),
        ("related", ["space_id", "key", "seq"]),
    ]


@pytest.mark.parametrize("batches", [(1, 3, 2, 2), (8,), (1,) * 8])
def test_statements_are_read_back_with_what_belongs_to_them(url: str, batches: tuple[int, ...]) -> None:
    write(url, *batches)

    with psycopg.connect(url) as connection:
        found = replay.written(connection, replay.tables(connection), 2, most=10)

    assert [(len(one.lines["statements"]), len(one.lines["related"])) for one in found] == [(2, 4)] * 4
    assert [len(one.lines.get("definitions", [])) for one in found] == [1, 0, 0, 0]
    assert [line.split(b"\t")[1] for one in found for line in sorted(one.lines["statements"], key=seq)] == [
        str(number).encode() for number in range(1, 9)
    ]


def test_only_the_newest_are_read_back(url: str) -> None:
    write(url, 8)

    with psycopg.connect(url) as connection:
        found = replay.written(connection, replay.tables(connection), 1, most=3)

    assert [seq(one.lines["statements"][0]) for one in found] == [6, 7, 8]


def seq(line: bytes) -> int:
    """Read a row's number."""
    return int(line.split(b"\t")[1])


def test_a_copy_has_the_parts_and_the_indexes_of_its_original(url: str) -> None:
    with psycopg.connect(url) as connection:
        replay.make_copies(connection, replay.tables(connection))

        count = "select count(*) from pg_index where indrelid in (select relid from pg_partition_tree(%s))"
        found = [connection.execute(count, (name,)).fetchone() for name in ("statements", "limit_statements")]

    assert found[0] == found[1] == (10,)


@pytest.mark.parametrize(("batch", "connections"), [(1, 1), (1, 3), (4, 2)])
def test_a_limit_writes_the_same_rows_again(url: str, batch: int, connections: int) -> None:
    write(url, *[batch] * 6)
    limits = PostgresLimits(url)

    rate = limits.commits(connections) if batch == 1 else limits.copies(batch, connections)

    assert rate > 0
    with psycopg.connect(url) as connection:
        for table in ("statements", "related", "definitions"):
            left = f"(table {table} except table limit_{table}) union all (table limit_{table} except table {table})"
            assert connection.execute(left.encode()).fetchall() == []


def test_without_rows_there_is_no_limit(url: str) -> None:
    with pytest.raises(LoadFailed, match="nothing to replay"):
        PostgresLimits(url).commits(1)
