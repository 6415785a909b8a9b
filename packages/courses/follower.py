"""The follower that keeps the figures of enrolments up to date (docs/courses.md)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from lrs.outcomes.persons import Persons
from lrs.sealing import KeyRing
from packages.courses import counting
from storage import courses, enrolments, versions
from storage.database import Tx
from storage.statements import StatementRow

NAME = "courses"


class Courses:
    """Sum up anew whoever has learnt something of a course they are in, once the awards that follow from it are given."""

    name = NAME

    def __init__(self, home_page: str, keys: KeyRing) -> None:
        self._home_page = home_page
        self._keys = keys

    def follow(self, tx: Tx, rows: Sequence[StatementRow]) -> None:
        """Deal with some statements, in the transaction that also moves the cursor."""
        packages = versions.about(tx, {one for row in rows for one in _meant(row)})
        meant = [row for row in rows if any(one in packages for one in _meant(row))]
        persons = Persons(tx, self._keys, self._home_page)
        persons.look_up({row.actor for row in meant})
        people = {who for row in meant if (who := persons.who(row.actor)) is not None}
        if people:
            self.settle(tx, people, courses.with_packages(tx, packages.values()))

    def settle(self, tx: Tx, people: Collection[UUID], course_ids: Sequence[UUID] | None = None) -> None:
        """Sum up anew how far some people have come, in some of the courses that they are in or in all."""
        if not people:
            return
        inside: dict[UUID, list[UUID]] = {}
        for course_id, who in enrolments.in_courses(tx, course_ids, people):
            inside.setdefault(course_id, []).append(who)
        for course_id in sorted(inside):
            counting.settle(tx, course_id, inside[course_id])


def _meant(row: StatementRow) -> tuple[str, ...]:
    """Name what a statement may be about: a lesson, or an item of one, whose activity stands below it."""
    return () if row.activity is None else (row.activity, row.activity.rpartition("/")[0])
