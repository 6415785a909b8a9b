"""A course: the items of a version as the player opens them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import uuid4

from packages.model import AICC, SCORM12, Item, Launch, Organisation, Package, Text
from player import course
from storage.versions import VersionRow

ITEMS = (
    Item(
        "chương",
        Text.of("Chương"),
        items=(
            Item("1", Text.of("Một"), Launch("a.html?x=1", "sco")),
            Item("ẩn", Text.of("Ẩn"), Launch("b.html", "sco"), visible=False, prerequisites="1"),
            Item("giấu", Text(), visible=False, items=(Item("2", Text(), Launch("c.pdf", "asset")),)),
        ),
    ),
    Item("xa", Text.of("Xa"), Launch("https://example.org/", "sco")),
)


def version(kind: str = SCORM12, items: tuple[Item, ...] = ITEMS) -> VersionRow:
    package = Package(kind, "1.2", "p", (Organisation("o", Text.of("Khóa"), items),))
    model = json.dumps(package.to_json())
    return VersionRow(uuid4(), uuid4(), kind, "1.2", "Khóa", "http://h/a", model, datetime.now(UTC))


def test_items_come_in_order_and_as_deep_as_they_lie() -> None:
    found = course.of(version())

    assert [(part.id, part.depth, part.address, part.speaks) for part in found.parts] == [
        ("chương", 0, None, False),
        ("1", 1, "a.html?x=1", True),
        ("ẩn", 1, "b.html", True),
        ("2", 2, "c.pdf", False),
        ("xa", 0, None, True),
    ]
    assert [part.id for part in found.lessons] == ["1", "ẩn", "2"]
    assert found.lesson("ẩn") == found.parts[2]
    assert found.lesson("chương") is None
    assert found.parts[3].title == "2"


def test_what_has_no_player_or_nothing_to_open_is_not_playable() -> None:
    assert course.of(version()).playable
    assert not course.of(version(AICC)).playable
    assert not course.of(version(items=ITEMS[1:])).playable
