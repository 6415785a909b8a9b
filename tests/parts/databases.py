"""A migrated database for each test, in both kinds: a file of SQLite's, a copy of a template in PostgreSQL."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from storage import migrate, people, spaces
from storage.database import Database
from storage.people import AccountRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.parts.postgres import PostgresServer

KINDS = ("sqlite", "postgresql")
_TEMPLATE = "haidang_template"


@dataclass(frozen=True)
class Ground:
    """One database: as the application sees it, and as the owner of its tables does."""

    url: str
    app: Database
    owner: Database

    def space(self, slug: str = "haiphong") -> int:
        """Make a space."""
        with self.app.write() as tx:
            return spaces.add(tx, slug, slug.title(), "vi", datetime.now(UTC))

    def account(self, space: int, role: str = "learner") -> AccountRow:
        """Make an account."""
        account = AccountRow(uuid.uuid4(), role, datetime.now(UTC))
        with self.app.write(space) as tx:
            people.add_account(tx, account)
        return account


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """Migrate one database, of which each test gets a copy: a copy takes a tenth of the time."""
    postgres.create_database(_TEMPLATE)
    owner = Database(postgres.url(_TEMPLATE), role=None)
    migrate.upgrade(owner)
    owner.dispose()
    return _TEMPLATE


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one file, of which each test gets a copy."""
    path = tmp_path_factory.mktemp("template") / "haidang.db"
    owner = Database(f"sqlite:///{path}", role=None)
    migrate.upgrade(owner)
    owner.dispose()
    return path


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Name a database that nobody has migrated."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"empty_{uuid.uuid4().hex}"
    server.create_database(name)
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture(params=KINDS)
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    """Give a migrated database without any space."""
    if request.param == "sqlite":
        yield from _ground(sqlite_url(request, tmp_path))
    else:
        with postgres_copy(request) as url:
            yield from _ground(url)


@pytest.fixture
def postgresql(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """Give a migrated database of PostgreSQL's."""
    with postgres_copy(request) as url:
        yield from _ground(url)


def sqlite_url(request: pytest.FixtureRequest, folder: Path) -> str:
    """Copy the migrated file."""
    path = folder / "haidang.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


class postgres_copy:  # noqa: N801 - reads as a function where it is used
    """A copy of the migrated PostgreSQL database, for as long as the block lasts."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._server: PostgresServer = request.getfixturevalue("postgres")
        self._template: str = request.getfixturevalue("postgres_template")
        self._name = f"test_{uuid.uuid4().hex}"

    def __enter__(self) -> str:
        self._server.create_database(self._name, template=self._template)
        return self._server.url(self._name)

    def __exit__(self, *_: object) -> None:
        self._server.drop_database(self._name)


def _ground(url: str) -> Iterator[Ground]:
    made = Ground(url, Database(url), Database(url, role=None))
    yield made
    made.app.dispose()
    made.owner.dispose()
