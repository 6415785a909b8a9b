"""A course has one draft and versions that never change; its packages and codes are those of the published one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from storage import courses, rules, versions
from storage.courses import BatchRow, CourseRow, VersionOfCourse
from storage.rules import RuleRow, VersionRow

if TYPE_CHECKING:
    from storage.database import Tx
    from tests.parts.databases import Ground

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def course(tx: Tx, code: str = "12345678", package: UUID | None = None) -> UUID:
    """Make a course, published if it holds a package."""
    row = CourseRow(uuid4(), NOW, code, draft="{}")
    courses.add(tx, row)
    if package is not None:
        publish(tx, row.id, '{"one": 1}', package)
    return row.id


def publish(tx: Tx, course_id: UUID, body: str, package: UUID) -> None:
    """Publish a version of a course, with a rule."""
    row = courses.find(tx, course_id)
    assert row is not None
    rule, version, number = row.rule_id or uuid4(), uuid4(), (row.published or 0) + 1
    if row.rule_id is None:
        rules.add(tx, RuleRow(rule, "", None, NOW))
    rules.add_version(tx, VersionRow(version, rule, number, "{}", "{}", "UTC", NOW))
    courses.publish(tx, VersionOfCourse(course_id, number, body, rule, version, NOW), [package])


def package(tx: Tx) -> UUID:
    """Make a package."""
    made = uuid4()
    versions.add_package(tx, made, NOW)
    return made


def test_a_draft_is_changed_by_whoever_saw_it_last(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        one = course(tx)

        assert courses.write_draft(tx, one, "first", 0)
        assert not courses.write_draft(tx, one, "second", 0)
        found = courses.find(tx, one)
        assert found is not None
        assert (found.draft, found.edited, found.published, found.body) == ("first", 1, None, None)


def test_publishing_makes_a_version_and_its_packages(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        first, second = package(tx), package(tx)
        one = course(tx, package=first)
        found = courses.find(tx, one)
        assert found is not None
        assert (found.published, found.body, found.draft) == (1, '{"one": 1}', None)

        publish(tx, one, '{"two": 2}', second)

        assert courses.with_packages(tx, [first]) == []
        assert courses.with_packages(tx, [first, second]) == [one]
        assert [row.body for row in courses.listed(tx)] == ['{"two": 2}']


def test_the_packages_of_an_open_course_are_open(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        held, other = package(tx), package(tx)
        one = course(tx, package=held)
        assert versions.open_packages(tx) == frozenset()

        assert courses.set_open(tx, one, NOW)
        assert not courses.set_open(tx, one, NOW)
        versions.set_open(tx, other, NOW)

        assert versions.open_packages(tx) == {held, other}
        assert [row.id for row in courses.list_open(tx)] == [one]


def test_a_code_is_of_one_course_or_of_one_batch(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        one = course(tx)
        batch = BatchRow(uuid4(), one, "đợt 01", date(2026, 1, 1), None, "87654321")
        courses.add_batch(tx, batch)

        assert courses.with_code(tx, "12345678") is None  # nobody may join with it yet
        assert courses.set_by_code(tx, one, NOW)
        assert courses.with_code(tx, "12345678") == (one, None)
        assert courses.with_code(tx, "87654321") == (one, batch.id)
        assert courses.with_code(tx, "11111111") is None
        assert [courses.code_taken(tx, code) for code in ("12345678", "87654321", "11111111")] == [True, True, False]
        courses.change_batch(tx, BatchRow(batch.id, one, "đợt 1", None, date(2026, 2, 1), ""))
        assert courses.batches_of(tx, one) == [BatchRow(batch.id, one, "đợt 1", None, date(2026, 2, 1), "87654321")]
