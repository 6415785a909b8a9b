"""The very rows that the service has written for its statements: what the limits write again.

Nothing here knows the service's tables. A row of PostgreSQL's tells which transaction wrote it (xmin), and the catalogue tells how its
table and indexes are made; so the limits follow whatever schema stands.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from psycopg import sql

if TYPE_CHECKING:
    import psycopg

LOG = "statements"
"""The table whose rows count: one a statement."""

PREFIX = "limit_"


@dataclass
class Table:
    """A table that the service writes, and what its columns are."""

    name: str
    columns: list[str]
    types: list[str]
    key: str
    """How it is partitioned; empty if it is not."""

    @property
    def copy(self) -> sql.Identifier:
        """The name of its copy."""
        return _copy_of(self.name)

    @property
    def listed(self) -> sql.Composed:
        """Its columns."""
        return sql.SQL(", ").join(map(sql.Identifier, self.columns))


@dataclass
class Written:
    """What was written for some statements: lines in COPY's text format, by table."""

    lines: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))


def tables(connection: psycopg.Connection) -> list[Table]:
    """List the tables that hold a space's rows, the log first."""
    found = connection.execute(
        """
        select c.relname, coalesce(pg_get_partkeydef(c.oid), ''),
               array_agg(a.attname::text order by a.attnum), array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum)
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
          and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and not starts_with(c.relname, %s)
        group by c.oid, c.relname having 'space_id' = any(array_agg(a.attname))
        order by c.relname <> %s, c.relname
        """,
        (PREFIX, LOG),
    ).fetchall()
    return [Table(name, columns, types, key) for name, key, columns, types in found]


def make_copies(connection: psycopg.Connection, wanted: list[Table]) -> None:
    """Make empty copies: the same columns, indexes and partitions; no policies, no foreign keys, no triggers."""
    for table in wanted:
        connection.execute(sql.SQL("drop table if exists {}").format(table.copy))
        connection.execute(
            sql.SQL("create table {} (like {} including all excluding identity) {}").format(
                table.copy, sql.Identifier(table.name), _by(table.key)
            )
        )
        _make_partitions(connection, table.name)


def _make_partitions(connection: psycopg.Connection, name: str) -> None:
    """Divide a copy as its original is divided, however deep."""
    partitions = connection.execute(
        """select c.relname, pg_get_expr(c.relpartbound, c.oid), coalesce(pg_get_partkeydef(c.oid), '')
           from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = to_regclass(quote_ident(%s))""",
        (name,),
    ).fetchall()
    for partition, bound, key in partitions:
        connection.execute(
            sql.SQL("create table {} partition of {} {} {}").format(
                _copy_of(partition), _copy_of(name), _catalogued(bound), _by(key)
            )
        )
        _make_partitions(connection, partition)


def _copy_of(name: str) -> sql.Identifier:
    return sql.Identifier(f"{PREFIX}{name}")


def _by(key: str) -> sql.SQL:
    return _catalogued(f"partition by {key}" if key else "")


def _catalogued(text: str) -> sql.SQL:
    """Trust a piece of SQL that PostgreSQL's own catalogue has written."""
    return sql.SQL(text)


def written(connection: psycopg.Connection, wanted: list[Table], statements: int, most: int) -> list[Written]:
    """Read back the newest statements and everything that their transactions wrote for them; so many statements each.

    A row with a statement's `seq` or `id` belongs to it, any other to the first statement of its transaction: the service may put several
    requests into one transaction.
    """
    connection.execute("create temporary table if not exists chosen (xact text, seq bigint, id text)")
    connection.execute("truncate chosen")
    connection.execute(
        sql.SQL("insert into chosen select xmin::text, seq, id::text from {} order by seq desc limit %s").format(
            sql.Identifier(LOG)
        ),
        (statements * most,),
    )
    rows = connection.execute("select xact, seq, id from chosen order by seq").fetchall()
    rows = rows[len(rows) % statements :]
    found = [Written() for _ in range(len(rows) // statements)]
    owner: dict[tuple[str, str], Written] = {}
    for place, (xact, *keys) in enumerate(rows):
        one = found[place // statements]
        owner.setdefault((xact, ""), one)
        owner.update(((xact, str(key)), one) for key in keys)
    for table in wanted:
        key = next((name for name in ("seq", "id") if name in table.columns), None)
        query = sql.SQL(
            "copy (select xmin::text, {}, {} from {} where xmin::text in (select xact from chosen)) to stdout"
        ).format(
            sql.Identifier(key) + sql.SQL("::text") if key else sql.SQL("''"), table.listed, sql.Identifier(table.name)
        )
        with connection.cursor().copy(query) as out:
            for line in out:
                xact, named, rest = bytes(line).split(b"\t", 2)
                whose = owner.get((xact.decode(), named.decode()))
                if whose is not None:
                    whose.lines[table.name].append(rest)
    return found
