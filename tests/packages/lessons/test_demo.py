"""The demo's lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packages.lessons.demo import publish_missing
from packages.lessons.lesson import SHELF, read
from packages.lessons.zipper import package

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.installations import Installation

TITLES = [read(slug).title for slug in SHELF]


def listed(installation: Installation) -> list[str]:
    return [row["title"] for row in installation.haidang("package", "list", "--space", "haiphong")["packages"]]


def test_our_lessons_are_published_once_and_in_order(installation: Installation) -> None:
    with installation.app.app_context():
        first, again = publish_missing("haiphong"), publish_missing("haiphong")

    assert (first, again) == (TITLES, [])
    assert listed(installation) == TITLES


def test_only_what_is_missing_is_published(embedded: Installation, tmp_path: Path) -> None:
    (tmp_path / "second.zip").write_bytes(package(read(SHELF[1])))
    embedded.haidang("package", "add", str(tmp_path / "second.zip"), "--space", "haiphong")

    with embedded.app.app_context():
        published = publish_missing("haiphong")

    assert published == [TITLES[0], TITLES[2]]
    assert sorted(listed(embedded)) == sorted(TITLES)
