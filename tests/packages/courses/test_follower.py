"""The follower sums up whoever has learnt something, also as a guest, and twice is once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from packages.courses.course import Part
from packages.courses.follower import Courses
from storage import enrolments
from storage.order import Position, after
from tests.packages.courses.making import HOME, complete, course_of, lessons
from tests.parts.lessons import play

if TYPE_CHECKING:
    from storage.enrolments import Figures
    from tests.parts.installations import Installation


def figures(installation: Installation, course_id: UUID, account: str) -> Figures:
    with installation.services.database.read(1) as tx:
        return enrolments.figures_of(tx, course_id, [UUID(account)])[UUID(account)]


def join(installation: Installation, course_id: UUID) -> str:
    person = installation.person("learner")
    page = f"{HOME}/courses/{course_id}"
    assert person.post(f"{page}/join", form_at=page).status_code == 303
    return person.account


def test_it_follows_what_is_learnt_and_twice_is_once(installation: Installation) -> None:
    (first, one), (second, other) = lessons(installation)
    course_id = course_of(installation, Part((first,)), Part((second,)), opened=True)
    learner = installation.person("learner")
    page = f"{HOME}/courses/{course_id}"
    assert learner.post(f"{page}/join", form_at=page).status_code == 303
    assert play(learner, one).commit(1, {"cmi.core.lesson_status": "incomplete"}).status_code == 200
    installation.follow()
    begun = figures(installation, course_id, learner.account)
    assert (begun.begun is not None, begun.done) == (True, 0)

    complete(installation, learner, one)
    once = figures(installation, course_id, learner.account)
    with installation.services.database.write(1) as tx:
        rows = [row for _, row in after(tx, Position(), 1000)]
        Courses(installation.public_url, installation.services.identity_keys).follow(tx, rows)
    assert figures(installation, course_id, learner.account) == once
    assert (once.done, once.stage, once.completed) == (1, 1, None)

    complete(installation, learner, other, "passed")
    assert figures(installation, course_id, learner.account).completed is not None


def test_nobody_else_is_touched(embedded: Installation) -> None:
    [(package, version)] = lessons(embedded, 1)
    course_id = course_of(embedded, Part((package,)), opened=True)
    account = join(embedded, course_id)

    complete(embedded, embedded.person("learner"), version)

    assert figures(embedded, course_id, account) == enrolments.Figures()
