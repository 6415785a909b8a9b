"""A process of its own that writes with several threads: `python -m tests.storage.writers URL SPACE THREADS ROUNDS`."""

from __future__ import annotations

import sys
import uuid
from concurrent.futures import ThreadPoolExecutor

from storage import cursors, people
from storage.database import Database
from storage.order import Position
from tests.storage.samples import keep, now, statement


def write(database: Database, space: int, writer: str, rounds: int) -> int:
    """Read and write in each round: an account, a statement about it, a number that only counts up."""
    for _ in range(rounds):
        with database.write(space) as tx:
            so_far = cursors.read_cursor(tx, writer).seq
            account = people.AccountRow(uuid.uuid4(), "learner", now())
            people.add_account(tx, account)
            keep(tx, [statement(actor=str(account.id))])
            cursors.move_cursor(tx, writer, Position(1, 0, so_far + 1))
    return rounds


def main(url: str, space: str, threads: str, rounds: str) -> None:
    """Write, and leave with an error if any of the threads had one."""
    database = Database(url)
    with ThreadPoolExecutor(int(threads)) as pool:
        writers = [
            pool.submit(write, database, int(space), f"{uuid.uuid4()}", int(rounds)) for _ in range(int(threads))
        ]
        for writer in writers:
            writer.result()
    database.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
