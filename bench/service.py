"""The real service for a measurement: `haidang serve` on PostgreSQL or SQLite, or the same application under another server."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote
from uuid import uuid4

import psycopg

from bench import processes
from bench.lines import LoadFailed, ask
from bench.requests import Writer
from tests.parts.keeper import keeper
from tests.parts.ports import free_port
from tests.parts.postgres import PostgresServer
from tests.parts.program import Program

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[1]
HAIDANG = (sys.executable, "-c", "import wsgi; wsgi.main()")
KINDS = ("postgresql", "sqlite")

URL = "HAIDANG_DATABASE_URL"
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
STORE = "HAIDANG_OBJECT_STORE_URL"
_KEPT = (STORE, "HAIDANG_WORKERS", "HAIDANG_THREADS", "HAIDANG_LOG_LEVEL", "HAIDANG_FOLLOWERS")


@dataclass(frozen=True)
class Ground:
    """An empty database of the service's, and who serves it: 0 where that is not ours to know."""

    kind: str
    url: str
    folder: Path
    server: int = 0
    version: str = ""

    def settle(self) -> None:
        """Let the database do now what it would else do while it is measured; SQLite does nothing of its own accord."""
        if self.kind == "postgresql":
            with psycopg.connect(plain(self.url), autocommit=True) as connection:
                connection.execute("vacuum (analyze)")
                connection.execute("checkpoint")


def plain(url: str) -> str:
    """Write a database's address as libpq reads it."""
    return url.replace("postgresql+psycopg:", "postgresql:")


@contextmanager
def ground(kind: str) -> Iterator[Ground]:
    """Give a database: a file, the one that HAIDANG_DATABASE_URL names, or one in a PostgreSQL of our own, durable as in production."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="haidang-bench-"))
        keeper().keep(folder)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if kind == "sqlite":
            yield Ground(kind, f"sqlite:///{folder / 'haidang.db'}", folder, version=f"SQLite {sqlite3.sqlite_version}")
        elif named := os.environ.get(URL):
            yield Ground(kind, named, folder, version=_version(named))
        else:
            server = stack.enter_context(PostgresServer.start())
            server.create_database("haidang")
            process = server._program.process.pid if server._program else 0  # noqa: SLF001 - whose memory and time we measure
            yield Ground(kind, server.url("haidang"), folder, process, _version(server.url("haidang")))


def _version(url: str) -> str:
    with psycopg.connect(plain(url)) as connection:
        found = connection.execute(
            "select name || '=' || setting from pg_settings where name = any(%s)", (list(_DURABLE),)
        )
        return f"PostgreSQL {connection.info.parameter_status('server_version')}, {', '.join(row[0] for row in found)}"


@dataclass(frozen=True)
class Make:
    """How the application is served: as it is, by gunicorn with other arguments, or by granian."""

    name: str
    workers: int = 0
    threads: int = 0
    gunicorn: tuple[str, ...] | None = None
    granian: bool = False


CURRENT = Make("haidang serve")
GRANIAN = Make("granian, 2 x 8 threads", 2, 8, granian=True)


class Service:
    """A service that is up, with one space and a key for everything in it."""

    def __init__(self, on: Ground, make: Make = CURRENT, store: str = "") -> None:
        self.ground = on
        self.make = make
        self.port = free_port()
        self.space = f"bench-{uuid4().hex[:8]}"
        ours = {name: value for name, value in os.environ.items() if not name.startswith("HAIDANG_") or name in _KEPT}
        self.environ = ours | {
            URL: on.url,
            "HAIDANG_DATA": str(on.folder / "data"),
            "HAIDANG_PORT": str(self.port),
            "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))).rstrip(os.pathsep),
        }
        for name, value in (("HAIDANG_WORKERS", make.workers), ("HAIDANG_THREADS", make.threads)):
            if value:
                self.environ[name] = str(value)
        if store:
            self.environ[STORE] = store
        self._programs: list[Program] = []

    def haidang(self, *words: str) -> dict[str, Any]:
        """Run a command beside the service."""
        command = [*HAIDANG, *words, "--json"]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, timeout=600, check=False)
        if done.returncode:
            raise LoadFailed(f"haidang {' '.join(words)}: {done.stdout}{done.stderr}")
        said: dict[str, Any] = json.loads(done.stdout)
        return said

    def start(self) -> None:
        """Serve, and wait until requests are answered."""
        metrics = Path(tempfile.mkdtemp(prefix="metrics-", dir=self.ground.folder))
        apart = {"HAIDANG_FOLLOWERS": "apart", "PROMETHEUS_MULTIPROC_DIR": str(metrics)}
        command, more = self._command()
        self._run(command, "served", self.environ | (apart if more else {}))
        self._programs[0].wait_until(self._ready)
        if more:
            self._run([*HAIDANG, "follow"], "followers", self.environ)

    def stop(self) -> None:
        """Stop serving."""
        for program in reversed(self._programs):
            program.stop()
        self._programs.clear()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def prepare(self) -> Writer:
        """Migrate, make the space and a key: before the first start."""
        self.haidang("migrate")
        self.haidang("space", "add", self.space)
        return self.writer()

    def writer(self) -> Writer:
        """Make a key, and give who writes requests with it."""
        made = self.haidang("key", "create", "--space", self.space, "--scope", "all")
        return Writer(self.port, made["key"], made["secret"])

    @property
    def object_store(self) -> str:
        """Name the object store: the one of HAIDANG_OBJECT_STORE_URL, or a folder."""
        return self.environ.get(STORE) or f"file://{quote(self.environ['HAIDANG_DATA'])}/objects"

    def count(self) -> int:
        """Count the statements of the space."""
        spaces = self.haidang("space", "list")["spaces"]
        return int(next(found["statements"] for found in spaces if found["space"] == self.space))

    def processor_seconds(self) -> float:
        """Sum up what the service's processes have used of the processor so far."""
        return sum(processes.processor_seconds(program.process.pid) for program in self._programs)

    def memory(self) -> processes.Memory:
        """Measure the service's memory."""
        return processes.memory(self._programs[0].process.pid)

    def family(self) -> list[int]:
        """List the service's processes: the first is that of all others."""
        return processes.family(self._programs[0].process.pid)

    def _ready(self) -> bool:
        try:
            ask(self.port, f"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
        except (OSError, LoadFailed):
            return False
        return True

    def _command(self) -> tuple[Sequence[str], bool]:
        """Say what to run, and whether followers are to run beside it."""
        if self.make.granian:
            where = ("--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning")
            size = ("--workers", str(self.make.workers), "--blocking-threads", str(self.make.threads))
            return [sys.executable, "-m", "granian", "--interface", "wsgi", *where, *size, "wsgi:app"], True
        if self.make.gunicorn is not None:
            return [sys.executable, "-m", "gunicorn", "-c", "python:bench.serving", *self.make.gunicorn], True
        return [*HAIDANG, "serve"], False

    def _run(self, command: Sequence[str], name: str, environ: dict[str, str]) -> None:
        self._programs.append(Program(command, self.ground.folder, name=name, env=environ))
