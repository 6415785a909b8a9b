"""Guests without use are cleared away, until none is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from lrs.people import sweeping
from storage import guests, people
from storage.people import GUEST, AccountRow

if TYPE_CHECKING:
    import pytest

    from tests.parts.installations import Installation


def test_all_of_them_go_however_many(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guests, "SOME", 3)
    now, database = datetime.now(UTC), installation.services.database
    with database.write(1) as tx:
        for days in (0, 6, 8, 9, 10, 11, 12, 13, 14):
            people.add_account(tx, AccountRow(uuid4(), GUEST, now - timedelta(days=days)))

    assert sweeping.idle_guests(database) == 7
    assert sweeping.idle_guests(database) == 0
    with database.read(1) as tx:
        assert len(people.list_accounts(tx, guests=True)) == 2


def test_it_is_among_the_chores_of_the_service(embedded: Installation) -> None:
    assert sweeping.idle_guests in embedded.app.extensions["haidang.followers"]._chores._due
