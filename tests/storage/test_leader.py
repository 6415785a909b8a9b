"""One leader among threads, processes and machines."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.leader import AdvisoryLeader, Leader, leader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.parts.databases import Ground


@pytest.fixture
def candidate(ground: Ground) -> Iterator[Callable[..., Leader]]:
    """Make candidates, and let them all go at the end."""
    made: list[Leader] = []

    def make(name: str = "followers") -> Leader:
        made.append(leader(ground.app, name))
        return made[-1]

    yield make
    for each in made:
        each.release()


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_one_leads_until_it_leaves(candidate: Callable[..., Leader]) -> None:
    one, other = candidate(), candidate()

    assert one.acquire()
    assert one.acquire()
    assert not other.acquire()
    one.release()
    wait_until(other.acquire)
    assert not one.acquire()


def test_of_many_who_try_at_once_one_leads(candidate: Callable[..., Leader]) -> None:
    many = [candidate() for _ in range(8)]

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(lambda each: each.acquire(), many)) == 1


def test_another_place_has_another_leader(candidate: Callable[..., Leader]) -> None:
    assert candidate("followers").acquire()
    assert candidate("sealing").acquire()


def test_leaving_twice_or_without_having_led_is_no_matter(candidate: Callable[..., Leader]) -> None:
    one = candidate()
    one.release()
    assert one.acquire()
    one.release()
    one.release()

    wait_until(candidate().acquire)


def test_who_is_killed_leads_no_longer(ground: Ground, candidate: Callable[..., Leader]) -> None:
    leads, last_words = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(last_words, b"1" if leader(ground.app, "followers").acquire() else b"0")
            signal.pause()
        finally:
            os._exit(1)
    other = candidate()
    assert os.read(leads, 1) == b"1"
    assert not other.acquire()

    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    wait_until(other.acquire)
    os.close(leads)
    os.close(last_words)


def test_on_postgresql_who_loses_its_connection_notices(postgresql: Ground) -> None:
    one, other = (AdvisoryLeader(postgresql.app, "followers") for _ in range(2))
    assert one.acquire()

    with postgresql.owner.read() as tx:
        lock = text("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'")
        assert tx.run(lock).all() == [(True,)]
    wait_until(other.acquire)

    assert not one.acquire()
    other.release()
    wait_until(one.acquire)
    one.release()


def test_on_postgresql_another_database_has_a_leader_of_its_own(postgresql: Ground, ground: Ground) -> None:
    one, other = leader(postgresql.app, "followers"), leader(ground.app, "followers")

    assert one.acquire()
    assert other.acquire()

    one.release()
    other.release()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_where_there_is_no_database_nobody_leads(kind: str, tmp_path: Path) -> None:
    nowhere = {"sqlite": f"sqlite:///{tmp_path}/no/such/folder.db", "postgresql": "postgresql://x@127.0.0.1:1/x"}

    assert not leader(Database(nowhere[kind]), "followers").acquire()
