"""A migrated database of one kind, for what only that kind can do; one for a whole module, where tests leave it as it was."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from storage.database import Database
from tests.parts.databases import KINDS, Ground, postgres_copy, sqlite_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    """Give a migrated file of SQLite's."""
    yield from _ground(sqlite_url(request, tmp_path))


@pytest.fixture(params=KINDS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    """Give another migrated database beside the first, of either kind."""
    if request.param == "sqlite":
        (tmp_path / "target").mkdir()
        yield from _ground(sqlite_url(request, tmp_path / "target"))
    else:
        with postgres_copy(request) as url:
            yield from _ground(url)


@pytest.fixture(scope="module", params=KINDS)
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Give a migrated database in which each test works in spaces of its own, or takes back what it did."""
    if request.param == "sqlite":
        yield from _ground(sqlite_url(request, tmp_path_factory.mktemp("shared")))
    else:
        with postgres_copy(request) as url:
            yield from _ground(url)


@pytest.fixture(scope="module")
def shared_postgresql(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """Give such a database of PostgreSQL's."""
    with postgres_copy(request) as url:
        yield from _ground(url)


def _ground(url: str) -> Iterator[Ground]:
    made = Ground(url, Database(url), Database(url, role=None))
    yield made
    made.app.dispose()
    made.owner.dispose()


@pytest.fixture
def space(shared: Ground) -> int:
    """Give a new space in the shared database."""
    return shared.space(f"space-{uuid.uuid4()}")
