"""Which course is next, what comes before it, and when its batch begins."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from lrs import days
from lrs.access import GUEST, LEARNER, Caller
from lrs.commands import enter
from lrs.web import transaction
from packages.courses import enrolling, keeping
from packages.courses.course import Course, Part, Section, write
from packages.courses.editing import Given
from player import learning
from storage import courses
from tests.packages.courses.making import complete, course_of, lessons

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_what_comes_first_is_said_and_the_nearest_deadline_is_next(embedded: Installation) -> None:
    (first, version), (second, _) = lessons(embedded)
    today = days.today()
    before = course_of(embedded, Part((first,)), deadline=today + timedelta(days=30))
    after = course_of(embedded, Part((second,)), deadline=today + timedelta(days=3), after=(before,))
    soon = course_of(embedded, Part((second,)), deadline=today + timedelta(days=9))
    learner = embedded.person("learner")
    who = Caller(1, UUID(learner.account), LEARNER)

    def seen() -> tuple[list[bool], UUID | None]:
        with embedded.app.app_context():
            enter("haiphong")
            with transaction() as tx:
                for course_id in (before, after, soon):
                    enrolling.chosen(tx, None, course_id, None, [UUID(learner.account)])
                found = learning.all_of(tx, who)
                onward = learning.following(found)
        return [bool(one.before) for one in found if one.row.id == after], onward.row.id if onward else None

    assert seen() == ([True], soon)
    complete(embedded, learner, version)
    assert seen() == ([False], after)


def test_who_was_given_a_course_has_what_comes_first_although_it_asks_more_now(installation: Installation) -> None:
    (first, version), (second, _) = lessons(installation)
    before = course_of(installation, Part((first,)))
    after = course_of(installation, Part((second,)), after=(before,))
    learner, late = installation.person("learner"), installation.person("learner")

    def missing(who: str) -> int:
        with installation.app.app_context():
            enter("haiphong")
            with transaction() as tx:
                return len(learning.one(tx, Caller(1, UUID(who), LEARNER), after).before)

    complete(installation, learner, version)
    with installation.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            more = Course({"vi": "Kỹ năng số"}, sections=(Section(parts=(Part((first,)), Part((second,)))),))
            assert courses.write_draft(tx, before, write(more), keeping.find(tx, before).edited)
            keeping.publish(tx, before, None)
    complete(installation, late, version)

    assert (missing(learner.account), missing(late.account)) == (0, 1)


def test_a_batch_that_has_not_begun_is_closed(embedded: Installation) -> None:
    [(package, _)] = lessons(embedded, 1)
    course_id = course_of(embedded, Part((package,)))
    learner = embedded.person("learner")
    begins = days.today() + timedelta(days=2)
    ends = begins + timedelta(days=7)

    with embedded.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            values = {"name": "đợt 01", "begins": begins.isoformat(), "deadline": ends.isoformat()}
            batch = keeping.add_batch(tx, course_id, None, Given(values))
            assert [row.id for row in courses.batches_of(tx, course_id)] == [batch]
            enrolling.chosen(tx, None, course_id, batch, [UUID(learner.account)])
            found = learning.one(tx, Caller(1, UUID(learner.account), LEARNER), course_id)
    assert (found.begins, found.deadline, found.following) == (begins, ends, None)
    assert found.standing.parts[0].state == "locked"


def test_every_open_course_is_a_guests(embedded: Installation) -> None:
    [(package, _)] = lessons(embedded, 1)
    opened = course_of(embedded, Part((package,)), opened=True)
    course_of(embedded, Part((package,)))

    with embedded.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            assert [one.row.id for one in learning.all_of(tx, Caller(1, UUID(int=1), GUEST))] == [opened]
            assert learning.all_of(tx, Caller(1)) == []
            assert [row.id for row, _ in learning.open_to(tx, Caller(1, UUID(int=1), LEARNER))] == [opened]
