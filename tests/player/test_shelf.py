"""The shelf: courses that were opened lately."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from lrs.errors import NotFound
from player import shelf
from player.shelf import Shelf
from tests.parts.lessons import publish

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_a_course_is_read_once_and_the_oldest_makes_room(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST", 2)
    versions = [UUID(publish(embedded)) for _ in range(3)]
    held = Shelf()

    with embedded.services.database.read(1) as tx:
        first, second, third = (held.take(tx, version) for version in versions)
        assert held.take(tx, versions[2]) is third
        assert held.take(tx, versions[1]) is second
        assert held.take(tx, versions[0]) is not first
        with pytest.raises(NotFound):
            held.take(tx, uuid4())


def test_a_space_finds_nothing_of_another(embedded: Installation) -> None:
    embedded.haidang("space", "add", "daklak")
    version, held = UUID(publish(embedded)), Shelf()
    with embedded.services.database.read(1) as tx:
        held.take(tx, version)

    with embedded.services.database.read(2) as tx, pytest.raises(NotFound):
        held.take(tx, version)
