"""What can go wrong with the database comes in our own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import people
from storage.database import Database
from storage.errors import DatabaseAway, NoSpace
from tests.parts.ports import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.databases import Ground


@pytest.fixture(params=["sqlite", "postgresql"])
def nobody(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """Name a database that is not there."""
    if request.param == "sqlite":
        return Database(f"sqlite:///{tmp_path}/no/such/folder/haidang.db")
    return Database(f"postgresql://haidang:the-password@127.0.0.1:{free_port()}/haidang")


def test_a_database_that_does_not_answer_is_away(nobody: Database) -> None:
    with pytest.raises(DatabaseAway) as reading, nobody.read():
        pass
    with pytest.raises(DatabaseAway) as writing, nobody.write():
        pass
    with pytest.raises(DatabaseAway):
        nobody.connect()

    for away in (reading, writing):
        assert "\n" not in str(away.value)
        assert "the-password" not in str(away.value)


def test_a_query_of_a_space_outside_of_one_is_a_mistake(ground: Ground) -> None:
    with pytest.raises(NoSpace), ground.app.read() as tx:
        people.list_accounts(tx)
