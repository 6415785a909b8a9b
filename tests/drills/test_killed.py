"""Whoever is killed under load: nothing that was acknowledged is lost, nothing is there twice, and the service goes on by itself.

The long form kills often enough to be believed, and writes its figures into results.json beside it. Kill -9 takes a process's memory and
leaves the system's: that a commit also survives a loss of power rests on the databases' own settings, which /readyz looks at.
"""

from __future__ import annotations

import json
import os
import platform
import random
import signal
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import make_url

from tests.drills.load import Load, Log
from tests.parts.installations import environment
from tests.parts.left_out import or_left_out
from tests.parts.ports import free_port
from tests.parts.postgres import PostgresServer
from tests.parts.served import Served, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RESULTS = Path(__file__).with_name("results.json")
WORKERS = 2
PATIENCE = 10.0
"""Seconds after which the service is to be back, with nobody's help."""


@dataclass(frozen=True)
class Size:
    """How often something is killed, and how much is acknowledged at least."""

    kills: int
    acknowledged: int


SIZES = [
    pytest.param(Size(3, 300), id="short"),
    pytest.param(Size(20, 50_000), id="long", marks=[pytest.mark.long, pytest.mark.timeout(1800)]),
]


@dataclass(frozen=True)
class Outcome:
    """What a drill has shown."""

    kills: int
    acknowledged: int
    lost: int
    twice: int
    never_acknowledged: int
    slowest_recovery_seconds: float


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """Give a server that nobody else's tests depend on."""
    with or_left_out():
        started = PostgresServer.start()
    with started:
        yield started


@pytest.fixture(scope="module")
def on_sqlite(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve from a file."""
    folder = tmp_path_factory.mktemp("sqlite")
    for environ in environment(request, "embedded", folder):
        service = serve(environ, folder, HAIDANG_WORKERS=str(WORKERS))
        yield service
        service.stop()


@pytest.fixture(scope="module")
def on_postgresql(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve from that server."""
    folder = tmp_path_factory.mktemp("postgresql")
    server.create_database("drill")
    environ = {"HAIDANG_DATA": str(folder / "data"), "HAIDANG_DATABASE_URL": server.url("drill")}
    service = serve(environ, folder, HAIDANG_WORKERS=str(WORKERS))
    yield service
    service.stop()


@pytest.fixture(params=["on_sqlite", "on_postgresql"])
def service(request: pytest.FixtureRequest) -> Served:
    """Serve from each database."""
    found: Served = request.getfixturevalue(request.param)
    return found


def wait_until(true: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.01)


def workers(service: Served) -> list[int]:
    assert service.program is not None
    return service.program.children()


def kill_workers(service: Served) -> Callable[[int], None]:
    """Make what kills one of the workers, or all of them at once, in turn."""

    def kill(number: int) -> None:
        found = workers(service)
        for pid in [random.choice(found)] if number % 2 else found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    return kill


def kill_server(server: PostgresServer) -> Callable[[int], None]:
    """Make what kills a process of PostgreSQL's, stops it without a checkpoint, or kills all of it, in turn; a supervisor restarts it."""

    def stop_hard() -> None:
        server.stop(hard=True)
        server.restart()

    def kill_all() -> None:
        server.kill()
        server.restart()

    kinds = (kill_all, server.kill_backend, stop_hard)
    return lambda number: kinds[number % len(kinds)]()


def drill(service: Served, size: Size, kill: Callable[[int], None]) -> Outcome:
    """Kill again and again while statements come in, then compare what was acknowledged with what is there."""
    slowest, before = 0.0, Log(service).rows().keys()
    with Load(service) as load:
        for number in range(size.kills):
            wait_until(lambda: load.count >= size.acknowledged * (number + 1) / (size.kills + 1), seconds=600)  # noqa: B023
            time.sleep(random.uniform(0, 0.1))  # at a moment that nobody chose
            killed = time.monotonic()
            kill(number)
            wait_until(lambda: load.goes_on_since(killed) and len(workers(service)) == WORKERS, PATIENCE)  # noqa: B023
            slowest = max(slowest, time.monotonic() - killed)
        wait_until(lambda: load.count >= size.acknowledged, seconds=600)
    assert service.status("/readyz") == 200
    rows, acknowledged = Log(service).rows(), load.acknowledged
    return Outcome(
        size.kills,
        len(acknowledged),
        lost=len(acknowledged - rows.keys()),
        twice=sum(count > 1 for count in rows.values()),
        never_acknowledged=len(rows.keys() - before - acknowledged),
        slowest_recovery_seconds=round(slowest, 1),
    )


def note(name: str, outcome: Outcome, **more: Any) -> None:
    """Write the figures of a long drill where they are kept."""
    if outcome.kills < 20:
        return
    found = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    machine = f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    found[name] = asdict(outcome) | {"machine": machine} | more
    RESULTS.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n", "utf-8")


@pytest.mark.parametrize("size", SIZES)
def test_workers_that_are_killed_lose_nothing(service: Served, size: Size) -> None:
    outcome = drill(service, size, kill_workers(service))

    note(f"workers killed, {make_url(service.environ['HAIDANG_DATABASE_URL']).get_backend_name()}", outcome)
    assert (outcome.lost, outcome.twice, outcome.never_acknowledged) == (0, 0, 0)
    wait_until(Log(service).is_followed, PATIENCE)


@pytest.mark.parametrize("size", SIZES)
def test_a_postgresql_that_is_killed_loses_nothing(on_postgresql: Served, server: PostgresServer, size: Size) -> None:
    outcome = drill(on_postgresql, size, kill_server(server))

    note("postgresql killed", outcome, version=server.version)
    assert (outcome.lost, outcome.twice, outcome.never_acknowledged) == (0, 0, 0)
    wait_until(Log(on_postgresql).is_followed, PATIENCE)


# Controls: the same drill sees what is lost where something must be


def test_control_workers_that_acknowledge_before_they_write_lose_some(on_sqlite: Served, tmp_path: Path) -> None:
    port = free_port()
    hasty = {"GUNICORN_CMD_ARGS": "--worker-class tests.drills.hasty.Hasty", "HAIDANG_PORT": str(port)}
    service = Served(on_sqlite.environ | hasty, port, tmp_path)  # beside the honest one, on the same file
    service.start()
    try:
        outcome = drill(service, Size(1, 200), kill_workers(service))
    finally:
        service.stop()

    assert outcome.lost > 0


def test_control_a_postgresql_that_does_not_wait_for_the_disk_loses_some(
    on_postgresql: Served, server: PostgresServer
) -> None:
    off = {"synchronous_commit": "off", "wal_writer_delay": "10s", "wal_writer_flush_after": "1GB"}
    administer(server, *(f"alter system set {name} = '{value}'" for name, value in off.items()))
    try:
        wait_until(
            lambda: on_postgresql.status("/readyz") == 503, PATIENCE
        )  # who watches is told; what comes is still taken
        with Load(on_postgresql) as load:
            wait_until(lambda: load.count >= 300, seconds=60)
            server.kill()
            acknowledged = load.acknowledged
            server.restart()
            wait_until(lambda: acknowledged < load.acknowledged, PATIENCE)
    finally:
        administer(server, *(f"alter system reset {name}" for name in off))

    assert load.acknowledged - Log(on_postgresql).rows().keys()
    wait_until(lambda: on_postgresql.status("/readyz") == 200, PATIENCE)


def administer(server: PostgresServer, *statements: str) -> None:
    """Change settings as the server's administrator."""
    with psycopg.connect(server.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
        for statement in (*statements, "select pg_reload_conf()"):
            connection.execute(statement)
