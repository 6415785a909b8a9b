"""SQLite's limit writes what the service wrote, and nothing is lost on the way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bench import statements
from bench.sqlite_limits import SqliteLimits
from tests.parts.programs import partner

if TYPE_CHECKING:
    from tests.parts.installations import Installation


@pytest.mark.parametrize(("size", "connections"), [(1, 3), (7, 1), (30, 2)])
def test_what_belongs_to_a_statement_is_written_with_it(embedded: Installation, size: int, connections: int) -> None:
    bodies = [one.body for one in statements.take(30)]
    assert partner(embedded).post(b"[" + b",".join(bodies) + b"]").status_code == 200
    url = embedded.environ["HAIDANG_DATABASE_URL"]

    assert SqliteLimits(url).copies(size, connections) > 0

    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as service:
        service.execute("attach ? as copy", (path.replace("haidang.db", "limit.db"),))
        for table in ("statements", "related"):
            queries = (f"select * from {one}.{table} order by 1, 2, 3" for one in ("main", "copy"))  # noqa: S608 - names of ours
            wanted, found = (service.execute(query).fetchall() for query in queries)
            assert wanted == found != []
        indexes = "select count(*) from {}.sqlite_master where type = 'index' and tbl_name = 'statements'"
        assert service.execute(indexes.format("main")).fetchall() == service.execute(indexes.format("copy")).fetchall()
