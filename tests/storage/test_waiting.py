"""Who is about to wait says so, and whoever shares the time is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from storage.database import Database
from storage.waiting import about_to_wait, when_waiting

if TYPE_CHECKING:
    from pathlib import Path


def in_a_thread_of_its_own(*said: object) -> list[object]:
    """Have a thread notice when it is about to wait, and do things in it."""
    seen: list[object] = []

    def work() -> None:
        when_waiting(lambda: seen.append("waits"))
        for each in said:
            if callable(each):
                each()
            seen.append("did")

    with ThreadPoolExecutor(1) as threads:
        threads.submit(work).result()
    return seen


def test_who_waits_is_told_and_nobody_else() -> None:
    when_waiting(lambda: None)

    assert in_a_thread_of_its_own(print, about_to_wait) == ["did", "waits", "did"]


def test_nobody_minds_without_a_server() -> None:
    with ThreadPoolExecutor(1) as threads:
        threads.submit(about_to_wait).result()


def test_the_database_is_waited_for(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.sqlite3")

    def write() -> None:
        with database.write():
            pass

    assert in_a_thread_of_its_own(write)[0] == "waits"
    database.dispose()
