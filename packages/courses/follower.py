"""The follower that keeps the figures of enrolments up to date (docs/courses.md)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lrs.outcomes.persons import Persons
from lrs.outcomes.rules.language import COMPLETED, PASSED
from lrs.sealing import KeyRing
from packages.courses import counting
from storage import courses, enrolments, versions
from storage.database import Tx
from storage.statements import StatementRow

if TYPE_CHECKING:
    from uuid import UUID

    from storage.learnt import Done

NAME = "courses"


class Courses:
    """Sum up anew whoever has learnt something of a course they are in."""

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
        told = [(who, row) for row in meant if (who := persons.who(row.actor)) is not None]
        # Whether the follower of outcomes has come as far does not matter: what these rows say themselves is counted, too.
        done = [(who, row.activity or "", row.stored) for who, row in told if row.verb in {COMPLETED, PASSED}]
        people = {who for who, _ in told}
        if people:
            self._settle(tx, courses.with_packages(tx, packages.values()), people, done)

    def _settle(self, tx: Tx, course_ids: "list[UUID]", people: "set[UUID]", done: "list[Done]") -> None:
        inside: dict[UUID, list[UUID]] = {}
        for course_id, who in enrolments.in_courses(tx, course_ids, people):
            inside.setdefault(course_id, []).append(who)
        for course_id in sorted(inside):
            theirs = [one for one in done if one[0] in {*inside[course_id]}]
            counting.settle(tx, course_id, inside[course_id], theirs)


def _meant(row: StatementRow) -> tuple[str, ...]:
    """Name what a statement may be about: a lesson, or an item of one, whose activity stands below it."""
    return () if row.activity is None else (row.activity, row.activity.rpartition("/")[0])
