"""Where many made-up cases go through one database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.database import Database
from tests.parts.databases import Ground, sqlite_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def shared_sqlite(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Give a file in which each case works in spaces of its own."""
    url = sqlite_url(request, tmp_path_factory.mktemp("shared"))
    made = Ground(url, Database(url), Database(url, role=None))
    yield made
    made.app.dispose()
    made.owner.dispose()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the place of the keys by which people of these cases are known."""
    return tmp_path_factory.mktemp("keys")
