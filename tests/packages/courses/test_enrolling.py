"""Each way into a course may be gone twice, and leads back to where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from lrs.commands import enter
from lrs.errors import NotAllowed
from lrs.people import accounts
from lrs.web import transaction
from packages.courses import enrolling, keeping
from packages.courses.course import Part
from packages.courses.editing import Given
from packages.courses.enrolling import Joined, WrongCourseCode
from storage import courses, enrolments
from tests.packages.courses.making import code_of, complete, course_of, lessons

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_what_was_done_before_counts_and_who_left_comes_back(installation: Installation) -> None:
    [(package, version)] = lessons(installation, 1)
    course_id = course_of(installation, Part((package,)))
    learner, code = installation.person("learner"), code_of(installation, course_id)
    who = UUID(learner.account)
    complete(installation, learner, version)

    with installation.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            assert enrolling.with_code(tx, who, f" {code[:4]} {code[4:]} ") == Joined(course_id, before=False)
            assert enrolling.with_code(tx, who, code) == Joined(course_id, before=True)
            found = enrolments.find(tx, course_id, who)
            assert found is not None
            assert found.figures.completed is not None
            enrolling.leave(tx, who, course_id, who)
            enrolling.leave(tx, who, course_id, who)
            assert enrolments.find(tx, course_id, who) is None
            assert enrolments.of_account(tx, who) == []
            assert enrolling.with_code(tx, who, code) == Joined(course_id, before=False)
            again = enrolments.find(tx, course_id, who)
            assert again is not None
            assert again.figures == found.figures


def test_a_batch_has_a_code_of_its_own(embedded: Installation) -> None:
    [(package, _)] = lessons(embedded, 1)
    course_id = course_of(embedded, Part((package,)))

    with embedded.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            one, other = (accounts.create(tx, "learner").id for _ in range(2))
            batch = keeping.add_batch(tx, course_id, None, Given({"name": "đợt 01"}))
            [row] = courses.batches_of(tx, course_id)
            enrolling.with_code(tx, one, row.code)
            keeping.set_by_code(tx, course_id, None, allowed=False)
            with pytest.raises(WrongCourseCode):
                enrolling.with_code(tx, other, keeping.find(tx, course_id).code)
            assert enrolling.chosen(tx, None, course_id, batch, [one, other, uuid4()]) == 1
            assert enrolments.count(tx, course_id, enrolments.Those(batch)) == 2


def test_guests_and_those_whose_account_is_closed_are_not_put_in(embedded: Installation) -> None:
    [(package, _)] = lessons(embedded, 1)
    course_id = course_of(embedded, Part((package,)))

    with embedded.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            guest = accounts.create(tx, "guest").id
            assert enrolling.chosen(tx, None, course_id, None, [guest]) == 0
            with pytest.raises(NotAllowed):
                enrolling.by_oneself(tx, accounts.create(tx, "learner").id, course_id)
            keeping.set_open(tx, course_id, None, opened=True)
            assert enrolling.by_oneself(tx, accounts.create(tx, "learner").id, course_id) == Joined(
                course_id, before=False
            )
