"""Courses for tests: lessons that are published, a course of them, people who play them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrs.commands import enter
from lrs.web import reading, transaction
from packages.courses import keeping
from packages.courses.course import Course, Part, Section, write
from storage import courses, versions
from tests.parts.lessons import play, publish

if TYPE_CHECKING:
    from uuid import UUID

    from tests.parts.installations import Installation, Person

HOME = "/s/haiphong"


def lessons(installation: Installation, count: int = 2) -> list[tuple[UUID, str]]:
    """Publish lessons; name the package and the version of each."""
    made = [publish(installation) for _ in range(count)]
    with installation.services.database.read(1) as tx:
        found = {str(one.id): one.package_id for one in versions.list_versions(tx)}
    return [(found[one], one) for one in made]


def course_of(installation: Installation, *parts: Part, opened: bool = False, **more: object) -> UUID:
    """Publish a course of these parts, which may be joined with its code."""
    course = Course({"vi": "Kỹ năng số", "en": "Digital skills"}, sections=(Section(parts=parts),), **more)  # type: ignore[arg-type]
    with installation.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            made = keeping.make(tx, None, course.titles)
            courses.write_draft(tx, made, write(course), 0)
            keeping.publish(tx, made, None)
            keeping.set_by_code(tx, made, None, allowed=True)
            keeping.set_open(tx, made, None, opened=opened)
    return made


def code_of(installation: Installation, course_id: UUID) -> str:
    """Tell the code of a course."""
    with installation.app.app_context():
        enter("haiphong")
        with reading() as tx:
            return keeping.find(tx, course_id).code


def complete(installation: Installation, person: Person, version: str, status: str = "completed") -> None:
    """Let somebody play a lesson to its end, and the followers see it."""
    answer = play(person, version).commit(1, {"cmi.core.lesson_status": status})
    assert answer.status_code == 200, answer.text
    installation.follow()
