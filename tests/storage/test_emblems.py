"""A space has one picture, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import emblems
from storage.emblems import EmblemRow

if TYPE_CHECKING:
    from tests.parts.databases import Ground

FIRST, SECOND = EmblemRow("one", "image/png", b"a picture"), EmblemRow("two", "image/webp", b"\0another")


def test_the_last_picture_is_the_one(ground: Ground) -> None:
    space = ground.space("haiphong")
    with ground.app.write(space) as tx:
        emblems.put(tx, FIRST)
        emblems.put(tx, SECOND)

    with ground.app.read(space) as tx:
        assert emblems.find(tx, "one") is None
        assert emblems.find(tx, "two") == SECOND


def test_it_can_be_taken_away(ground: Ground) -> None:
    space = ground.space("haiphong")
    with ground.app.write(space) as tx:
        emblems.put(tx, FIRST)
        emblems.put(tx, None)

    with ground.app.read(space) as tx:
        assert emblems.find(tx, "one") is None
