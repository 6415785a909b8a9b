"""A few facts about an installation, that the application reads and its owner changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import ProgrammingError

from storage import service

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_a_new_installation_is_in_its_first_epoch(ground: Ground) -> None:
    with ground.app.read() as tx:
        assert service.read(tx, service.EPOCH) == "1"
        assert service.read(tx, "no such fact") is None


def test_the_owner_changes_a_fact(ground: Ground) -> None:
    with ground.owner.write() as tx:
        service.write(tx, service.EPOCH, "2")

    with ground.app.read() as tx:
        assert service.read(tx, service.EPOCH) == "2"


def test_on_postgresql_the_application_changes_none(postgresql: Ground) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), postgresql.app.write() as tx:
        service.write(tx, service.EPOCH, "2")
