"""The follower sums up whoever has learnt something, also as a guest, and twice is once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from lrs import record
from lrs.outcomes import actors, reviews, versions
from lrs.outcomes.rules.language import ADL
from packages.courses.course import Part
from packages.courses.follower import Courses
from storage import awards, enrolments, rules
from storage import versions as published
from storage.order import Position, after
from tests.lrs.outcomes.school import SOURCE
from tests.lrs.outcomes.studies import void
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


STRANGER: dict[str, Any] = {
    "objectType": "Agent",
    "account": {"homePage": "https://lms.example.org", "name": "hp-0091"},
}


def told(installation: Installation, version: str, actor: dict[str, Any], verb: str = "completed") -> str:
    """Let another system tell of a lesson; give back the lesson's activity."""
    with installation.services.database.write(1) as tx:
        found = published.find_version(tx, UUID(version))
        assert found is not None
        thing = {"objectType": "Activity", "id": found.activity}
        said = {"id": str(uuid4()), "actor": actor, "verb": {"id": ADL + verb}, "object": thing}
        record.append(tx, [said], SOURCE)
    installation.follow()
    return found.activity


def test_what_another_system_told_counts_once_it_is_known_of_whom(installation: Installation) -> None:
    [(package, version)] = lessons(installation, 1)
    course_id = course_of(installation, Part((package,)), opened=True)
    account = join(installation, course_id)
    told(installation, version, STRANGER)
    assert figures(installation, course_id, account) == enrolments.Figures()

    keys = installation.services.identity_keys
    with installation.services.database.write(1) as tx:
        (found,) = actors.unmatched(tx, keys)
        assert actors.confirm(tx, keys, found.id, UUID(account), UUID(account))
    installation.follow()

    assert figures(installation, course_id, account).completed is not None


def test_what_a_new_version_of_a_rule_gives_counts_and_what_is_taken_back_does_not(installation: Installation) -> None:
    [(package, version)] = lessons(installation, 1)
    course_id = course_of(installation, Part((package,)), opened=True)
    account, other = UUID(join(installation, course_id)), join(installation, course_id)
    actor = record.actor_of(account, installation.public_url)
    activity = told(installation, version, actor, "mastered")
    assert figures(installation, course_id, str(account)).completed is None

    with installation.services.database.write(1) as tx:
        rule = rules.of_activity(tx, activity)
        assert rule is not None
        made = versions.add(tx, {"did": {"activity": activity, "verbs": [f"{ADL}mastered"]}}, rule)
    installation.follow()
    assert figures(installation, course_id, str(account)).completed is not None
    assert figures(installation, course_id, other) == enrolments.Figures()  # who was given nothing has reached nothing

    with installation.services.database.read(1) as tx:
        (award,) = awards.find(tx, made.id, [account]).values()
    void(installation, award.decided)
    assert figures(installation, course_id, str(account)).completed is not None  # nothing is taken silently
    with installation.services.database.write(1) as tx:
        (review,) = reviews.open(tx)
        assert reviews.decide(tx, review.row.id, reviews.TAKEN, account) == reviews.TAKEN
    installation.follow()
    assert figures(installation, course_id, str(account)) == enrolments.Figures()
