"""The lessons of a space stay within the room that it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packages.lessons import demo
from tests.packages.test_api import post
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.installations import Installation

LARGE = {"media/film.bin": bytes(range(256)) * 8}


def send(installation: Installation) -> tuple[int, str]:
    """Bring a lesson of a little more than two kilobytes, as a program does."""
    answer = post(
        installation,
        installation.key("packages/write"),
        scorm12(more=LARGE),
        Accept_Language="vi",
        Content_Type="application/zip",
    )
    return answer.status_code, answer.text


def lessons(installation: Installation) -> int:
    """Count what is published."""
    return len(installation.haidang("package", "list", "--space", "haiphong")["packages"])


def test_a_lesson_that_is_too_large_for_what_is_left_is_refused_and_leaves_nothing(embedded: Installation) -> None:
    embedded.haidang("space", "set", "--space", "haiphong", "--quota", "6KB")
    before = [send(embedded)[0], lessons(embedded), len([*embedded.services.blobs.list("")])]

    status, words = send(embedded)

    assert before[0] == 201
    assert status == 507
    assert "Không gian này không còn chỗ" in words
    assert [201, lessons(embedded), len([*embedded.services.blobs.list("")])] == before


def test_it_can_be_brought_once_there_is_more_room(embedded: Installation) -> None:
    embedded.haidang("space", "set", "--space", "haiphong", "--quota", "1KB")
    assert send(embedded)[0] == 507

    embedded.haidang("space", "set", "--space", "haiphong", "--quota", "none")

    assert send(embedded)[0] == 201


def test_a_smaller_quota_takes_nothing_away(embedded: Installation) -> None:
    assert send(embedded)[0] == 201

    embedded.haidang("space", "set", "--space", "haiphong", "--quota", "1KB")

    assert lessons(embedded) == 1


def test_a_command_goes_on_with_the_next_file(embedded: Installation, tmp_path: Path) -> None:
    embedded.haidang("space", "set", "--space", "haiphong", "--quota", "4KB")
    files = [tmp_path / f"{number}.zip" for number in range(3)]
    for file, more in zip(files, ({}, LARGE, {}), strict=True):
        file.write_bytes(scorm12(more=more))

    told = embedded.haidang("package", "add", *map(str, files), "--space", "haiphong", code=1)

    assert [one["status"] for one in told["files"]] == ["published", "refused", "published"]
    assert "còn lại" in told["files"][1]["detail"]


def test_the_demo_starts_where_its_lessons_find_no_room(embedded: Installation) -> None:
    embedded.haidang("space", "set", "--space", "haiphong", "--quota", "1KB")

    with embedded.app.app_context():
        assert demo.publish_missing("haiphong") == []
