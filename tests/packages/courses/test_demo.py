"""The demo has one course, open to everybody, and makes it once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packages.courses import demo
from storage import courses, versions

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_the_demo_has_one_course(embedded: Installation) -> None:
    with embedded.app.app_context():
        new = demo.fill("haiphong")
        again = demo.fill("haiphong")
    with embedded.services.database.read(1) as tx:
        found = courses.list_open(tx)
        opened = versions.list_open(tx)

    assert (len(new), new[-1], again) == (4, "Kỹ năng số cơ bản", [])
    assert len(found) == 1
    assert len(opened) == 3
    assert "Kỹ năng số cơ bản" in embedded.visitor().get(f"/s/haiphong/courses/{found[0].id}").text


def test_without_lessons_there_is_no_course(embedded: Installation) -> None:
    with embedded.app.app_context():
        assert demo.make_missing("haiphong") == ""
