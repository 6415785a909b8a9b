"""From states of a track to statements: only what has changed is said, a retry says the same, and every statement is one of xAPI's."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from lrs.xapi.statement import parse_one
from lrs.xapi.version import Version
from player.standing import COMPLETED, PASSED, Score, Standing, lesson
from player.statements import About, State, Step, between, lesson_of, of_course

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
COURSE = "http://h/activities/1"
ABOUT = About(
    {"objectType": "Agent", "account": {"homePage": "http://h", "name": "x"}},
    uuid4(),
    COURSE,
    "Khóa học",
    lesson_of(COURSE, "bài 1"),
    "Bài",
    "1.2",
)
ABOUT_2004 = About(ABOUT.actor, ABOUT.attempt, COURSE, "Khóa học", ABOUT.lesson, "Bài", "4th")
STATUS = "cmi.core.lesson_status"
ENTRY = "cmi.core.entry"


def step(n: int = 2, *, session: int = 1, visit: int = 1, first: bool = False, finished: bool = False) -> Step:
    return Step(session, visit, n, first, finished, NOW)


def state(values: dict[str, str], edition: str = "1.2", known: frozenset[str] = frozenset()) -> State:
    return State(values, lesson(values, edition), known)


def say(
    before: dict[str, str], after: dict[str, str], about: About = ABOUT, known: frozenset[str] = frozenset(), **how: Any
) -> list[dict[str, Any]]:
    edition = about.edition
    said, _ = between(about, step(**how), state(before, edition, known), state(after, edition, known))
    for one in said:
        parse_one(json.dumps(one).encode(), Version.V1)
    return said


def verbs(said: list[dict[str, Any]]) -> list[str]:
    return [one["verb"]["id"].rsplit("/", 1)[1] for one in said]


@pytest.mark.parametrize(
    ("how", "before", "after", "said"),
    [
        ({"first": True}, {}, {}, ["initialized"]),
        ({"first": True}, {ENTRY: "resume"}, {ENTRY: "resume"}, ["resumed"]),
        ({}, {}, {STATUS: "incomplete"}, []),
        ({}, {STATUS: "incomplete"}, {STATUS: "completed"}, ["completed"]),
        ({}, {STATUS: "completed"}, {STATUS: "completed"}, []),
        ({}, {STATUS: "completed"}, {STATUS: "passed"}, ["passed"]),
        ({}, {STATUS: "incomplete"}, {STATUS: "passed"}, ["completed", "passed"]),
        ({}, {}, {STATUS: "failed"}, ["completed", "failed"]),
        ({}, {}, {STATUS: "browsed"}, []),
        ({"first": True}, {}, {STATUS: "completed"}, ["initialized", "completed"]),
        ({"finished": True}, {}, {}, ["terminated"]),
        ({"finished": True}, {}, {"cmi.core.exit": "suspend"}, ["suspended"]),
        ({"finished": True}, {}, {"cmi.core.exit": "logout"}, ["suspended"]),
        ({}, {}, {"cmi.core.score.raw": "5"}, ["scored"]),
        ({}, {"cmi.core.score.raw": "5"}, {"cmi.core.score.raw": "5"}, []),
        ({}, {}, {"cmi.comments": "hay"}, ["commented"]),
    ],
)
def test_what_has_changed_is_said(
    how: dict[str, Any], before: dict[str, str], after: dict[str, str], said: list[str]
) -> None:
    assert verbs(say(before, after, **how)) == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"cmi.completion_status": "completed"}, ["completed"]),
        ({}, {"cmi.success_status": "passed"}, ["passed"]),
        ({"cmi.success_status": "failed"}, {"cmi.success_status": "passed"}, ["passed"]),
        ({}, {"cmi.completion_status": "completed", "cmi.success_status": "unknown"}, ["completed"]),
        ({}, {"cmi.score.scaled": "0.5"}, ["scored"]),
        ({}, {"cmi.comments_from_learner.0.comment": "hay"}, ["commented"]),
    ],
)
def test_what_has_changed_in_a_lesson_of_2004_is_said(
    before: dict[str, str], after: dict[str, str], said: list[str]
) -> None:
    assert verbs(say(before, after, ABOUT_2004)) == said


def test_a_retry_is_the_same_statement() -> None:
    once, again = (say({}, {STATUS: "completed"}, first=True) for _ in range(2))

    assert once == again


def test_other_sessions_visits_and_attempts_are_other_statements() -> None:
    other = About(ABOUT.actor, uuid4(), COURSE, "Khóa học", ABOUT.lesson, "Bài", "1.2")
    ids = {
        say({}, {}, about, first=True, session=session, visit=visit)[0]["id"]
        for about in (ABOUT, other)
        for session in (1, 2)
        for visit in (1, 2)
    }

    assert len(ids) == 8
    assert all(UUID(one).version == 5 for one in ids)


def test_a_visit_begins_and_ends_once_whichever_commit_says_so() -> None:
    for which in ("first", "finished"):
        how: dict[str, Any] = {which: True}
        ids = {say({}, {}, n=n, **how)[0]["id"] for n in (2, 9)}
        assert len(ids) == 1


def test_a_score_goes_with_what_it_led_to() -> None:
    completed, passed = say({}, {STATUS: "passed", "cmi.core.score.raw": "75"})

    score = {"raw": 75, "min": 0, "max": 100, "scaled": 0.75}
    assert completed["result"] == {"completion": True, "score": score}
    assert passed["result"] == {"success": True, "score": score}


def test_an_end_tells_how_long_the_visit_was() -> None:
    (said,) = say({}, {"cmi.core.session_time": "0000:05:30.50"}, finished=True)

    assert said["result"] == {"duration": "PT0H5M30.5S"}


def test_a_statement_names_its_registration_its_course_and_the_profile() -> None:
    (said,) = say({}, {}, first=True)

    around = said["context"]["contextActivities"]
    assert said["object"]["id"] == f"{COURSE}/b%C3%A0i%201"
    assert said["context"]["registration"] == str(ABOUT.attempt)
    assert [one["id"] for one in around["grouping"]] == [COURSE, f"{COURSE}?attempt={ABOUT.attempt}"]
    assert [one["id"] for one in around["category"]] == ["https://w3id.org/xapi/scorm"]
    assert said["timestamp"] == "2026-11-20T08:00:00.000+00:00"


def test_no_name_stands_in_a_statement() -> None:
    (said,) = say({}, {"cmi.core.student_name": "Nguyễn"}, first=True)

    assert "Nguyễn" not in str(said)


def test_a_course_is_told_of_its_own_and_scored_with_what_it_reached() -> None:
    (completed, passed) = of_course(ABOUT, step(), Standing(), Standing(COMPLETED, PASSED, Score(0.8)))

    assert completed["object"]["id"] == passed["object"]["id"] == COURSE
    assert "parent" not in completed["context"]["contextActivities"]
    assert passed["result"] == {"success": True, "score": {"scaled": 0.8}}
    assert of_course(ABOUT, step(), Standing(), Standing(score=Score(0.8))) == []


# Answers

ANSWER = {
    "cmi.interactions.0.id": "câu 1",
    "cmi.interactions.0.type": "choice",
    "cmi.interactions.0.student_response": "{a,b}",
    "cmi.interactions.0.correct_responses.0.pattern": "a,b",
    "cmi.interactions.0.latency": "00:00:07",
}


def test_an_answer_is_said_once_when_its_result_is_known() -> None:
    assert say({}, ANSWER) == []
    judged = ANSWER | {"cmi.interactions.0.result": "correct"}
    said, known = between(ABOUT, step(), state(ANSWER), state(judged))
    (one,) = said

    assert known == {"0 câu 1"}
    assert verbs(said) == ["responded"]
    assert one["object"] == {
        "objectType": "Activity",
        "id": f"{ABOUT.lesson}/interactions/c%C3%A2u%201",
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "interactionType": "choice",
            "correctResponsesPattern": ["a[,]b"],
        },
    }
    assert one["result"] == {"response": "a[,]b", "success": True, "duration": "PT0H0M7S"}
    assert [each["id"] for each in one["context"]["contextActivities"]["parent"]] == [ABOUT.lesson]
    assert say(judged, judged, known=known) == []


def test_an_answer_that_nobody_judges_is_said_at_the_end_and_once() -> None:
    said, known = between(ABOUT, step(finished=True), state(ANSWER), state(ANSWER))

    assert verbs(said) == ["responded", "terminated"]
    assert verbs(say(ANSWER, ANSWER, known=known, finished=True)) == ["terminated"]


def test_objectives_are_told_with_what_they_reached() -> None:
    after = {"cmi.objectives.0.id": "mục tiêu", "cmi.objectives.0.success_status": "passed"}
    after |= {"cmi.objectives.0.description": "Nhận ra lừa đảo", "cmi.objectives.0.score.scaled": "1"}
    (said,) = say({}, after, ABOUT_2004)

    assert verbs([said]) == ["passed"]
    assert said["object"]["definition"]["type"].endswith("/objective")
    assert said["object"]["definition"]["description"] == {"und": "Nhận ra lừa đảo"}
    assert said["result"] == {"success": True, "score": {"scaled": 1}}
    assert say(after, after, ABOUT_2004) == []


def test_another_question_at_the_same_place_is_another_answer() -> None:
    judged = ANSWER | {"cmi.interactions.0.result": "correct"}
    other = judged | {"cmi.interactions.0.id": "câu 2"}
    first, known = between(ABOUT, step(), state({}), state(judged))
    second = say(judged, other, known=known)

    assert [one["object"]["id"].rsplit("/", 1)[1] for one in (*first, *second)] == ["c%C3%A2u%201", "c%C3%A2u%202"]
    assert first[0]["id"] != second[0]["id"]
