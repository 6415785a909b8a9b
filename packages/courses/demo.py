"""The demo's course: our three lessons in their order, open to everybody."""

from lrs.commands import enter
from lrs.web import reading, transaction
from packages.courses import keeping
from packages.courses.course import Course, Part, Section, write
from packages.lessons.demo import publish_missing
from packages.lessons.lesson import SHELF, read
from storage import courses, versions

_TITLES = {"vi": "Kỹ năng số cơ bản", "en": "Basic digital skills"}
_SUMMARIES = {
    "vi": "Dành cho mọi người, kể cả người chưa quen dùng máy. Mỗi bài chỉ vài phút, học lại bao nhiêu lần cũng được.",
    "en": "For everyone, also for those who are not used to devices. Each lesson takes a few minutes, as often as you like.",
}
_MINUTES = 15


def fill(slug: str) -> list[str]:
    """Publish our lessons, and the course of them, where they are missing; give back the titles of what is new."""
    lessons = publish_missing(slug)
    course = make_missing(slug)
    return [*lessons, *([course] if course else [])]


def make_missing(slug: str) -> str:
    """Make the course in a space that has none and has the lessons; give back its title."""
    enter(slug)
    with reading() as tx:
        there = {row.identifier: row.package_id for row in versions.list_versions(tx)}
        any_course = bool(courses.listed(tx))
    packages = [there[lesson.identifier] for lesson in map(read, SHELF) if lesson.identifier in there]
    if any_course or not packages:
        return ""
    parts = tuple(Part((package,)) for package in packages)
    course = Course(_TITLES, _SUMMARIES, _MINUTES, sections=(Section(parts=parts),))
    with transaction() as tx:
        made = keeping.make(tx, None, _TITLES)
        courses.write_draft(tx, made, write(course), 0)
        keeping.publish(tx, made, None)
        keeping.set_open(tx, made, None, opened=True)
        keeping.set_by_code(tx, made, None, allowed=True)
    return _TITLES["vi"]
