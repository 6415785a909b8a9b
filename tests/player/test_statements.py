"""From states of an attempt to statements: only what has changed is said, and a retry says the same."""

from uuid import UUID, uuid4

import pytest

from player.statements import About, Step, between

ABOUT = About({"account": {"homePage": "http://h", "name": "x"}}, uuid4(), "http://a/1", "Bài", "und")
FIRST, LATER, LAST = Step(1, 1, True, False), Step(1, 2, False, False), Step(1, 3, False, True)
STATUS = "cmi.core.lesson_status"


def verbs(step: Step, before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [said["verb"]["id"].rsplit("/", 1)[1] for said in between(ABOUT, step, before, after)]


@pytest.mark.parametrize(
    ("step", "before", "after", "said"),
    [
        (FIRST, {}, {}, ["initialized"]),
        (FIRST, {"cmi.suspend_data": "x"}, {"cmi.suspend_data": "x"}, ["resumed"]),
        (LATER, {}, {STATUS: "incomplete"}, []),
        (LATER, {STATUS: "incomplete"}, {STATUS: "completed"}, ["completed"]),
        (LATER, {STATUS: "completed"}, {STATUS: "completed"}, []),
        (LATER, {STATUS: "completed"}, {STATUS: "passed"}, ["passed"]),
        (LATER, {}, {STATUS: "failed"}, ["failed"]),
        (FIRST, {}, {STATUS: "completed"}, ["initialized", "completed"]),
        (LAST, {}, {}, ["terminated"]),
        (LAST, {}, {"cmi.core.exit": "suspend"}, ["suspended"]),
    ],
)
def test_what_has_changed_is_said(step: Step, before: dict[str, str], after: dict[str, str], said: list[str]) -> None:
    assert verbs(step, before, after) == said


def test_a_retry_is_the_same_statement() -> None:
    once, again = (between(ABOUT, FIRST, {}, {STATUS: "completed"}) for _ in range(2))

    assert once == again


def test_other_sessions_and_attempts_are_other_statements() -> None:
    other = About(ABOUT.actor, uuid4(), ABOUT.activity, ABOUT.title, ABOUT.language)
    ids = {
        between(about, Step(session, 1, True, False), {}, {})[0]["id"] for about in (ABOUT, other) for session in (1, 2)
    }

    assert len(ids) == 4
    assert all(UUID(one).version == 5 for one in ids)


@pytest.mark.parametrize("raw", ["0", "75", "100", "99.5"])
def test_a_score_goes_with_what_it_led_to(raw: str) -> None:
    (said,) = between(ABOUT, LATER, {}, {STATUS: "passed", "cmi.core.score.raw": raw})

    assert said["result"]["success"] is True
    assert said["result"]["score"] == {"raw": float(raw), "min": 0, "max": 100, "scaled": float(raw) / 100}


def test_no_name_stands_in_a_statement() -> None:
    (said,) = between(ABOUT, FIRST, {}, {"cmi.core.student_name": "Nguyễn"})

    assert "Nguyễn" not in str(said)


def test_a_session_ends_once_whichever_commit_says_so() -> None:
    suspended = {"cmi.core.exit": "suspend"}
    ids = {between(ABOUT, Step(1, n, False, True), {}, after)[0]["id"] for n, after in ((3, {}), (4, suspended))}

    assert len(ids) == 1
    assert between(ABOUT, Step(2, 3, False, True), {}, {})[0]["id"] not in ids


def test_a_session_begins_with_the_commit_that_arrives_first() -> None:
    assert verbs(Step(1, 2, True, False), {}, {}) == ["initialized"]
    assert between(ABOUT, Step(1, 2, True, False), {}, {}) == between(ABOUT, FIRST, {}, {})


def test_the_beginning_has_no_result() -> None:
    (said,) = between(ABOUT, FIRST, {}, {"cmi.core.score.raw": "50"})

    assert "result" not in said
