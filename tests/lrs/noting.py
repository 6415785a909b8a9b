"""A follower that notes each statement it was given, in a table where nothing hides what comes twice.

`python -m tests.lrs.noting URL` lets it follow in a process of its own, as one candidate among others.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, insert, select

from lrs.followers import Followers
from storage.database import Database
from storage.postgresql import APPLICATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.database import Tx
    from storage.statements import StatementRow
    from tests.parts.databases import Ground

notes = Table(
    "notes",
    MetaData(),
    Column("n", Integer, primary_key=True),
    Column("space_id", BigInteger),
    Column("statement", Text),
    Column("who", Text),
)


def make_notes(ground: Ground) -> None:
    """Make the table."""
    with ground.owner.write() as tx:
        notes.create(tx.connection)
        if tx.postgresql:
            tx.connection.exec_driver_sql(f"grant select, insert on notes to {APPLICATION}")
            tx.connection.exec_driver_sql(f"grant usage on sequence notes_n_seq to {APPLICATION}")


def noted(ground: Ground, who: str | None = None) -> list[str]:
    """Read what was noted, in its order."""
    query = select(notes.c.statement).order_by(notes.c.n)
    with ground.app.read() as tx:
        return [*tx.run(query if who is None else query.where(notes.c.who == who)).scalars()]


class Noting:
    """Notes what it is given; does not hurry when it is told not to."""

    def __init__(self, name: str = "noting", who: str = "", pause: float = 0.0) -> None:
        self.name = name
        self.batches: list[int] = []
        self._who = who or name
        self._pause = pause

    def follow(self, tx: Tx, rows: Sequence[StatementRow]) -> None:
        """Note some statements."""
        for row in rows:
            tx.run(insert(notes), {"space_id": tx.space, "statement": str(row.id), "who": self._who})
            time.sleep(self._pause)
        self.batches.append(len(rows))


def main(url: str) -> None:
    """Follow until killed."""
    followers = Followers(Database(url), [Noting(who=str(os.getpid()), pause=0.005)])
    print("here", flush=True)  # noqa: T201 - the test waits for it
    followers.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
