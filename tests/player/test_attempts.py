"""Attempts: commits are kept once, in order, under the session that holds them; what is refused changes nothing."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from storage import attempts
from tests.parts.installations import Installation
from tests.parts.lessons import Playing, play, publish
from tests.storage.samples import latest

STATUS = "cmi.core.lesson_status"


@pytest.fixture
def playing(installation: Installation) -> Playing:
    return play(installation.person("learner"), publish(installation))


def values(playing: Playing) -> dict[str, str]:
    launch = playing.shell().text.split('id="launch">')[1].split("</script>")[0]
    found: dict[str, str] = json.loads(launch)["values"]
    return found


def verbs(installation: Installation) -> list[str]:
    with installation.services.database.read(1) as tx:
        return [row.verb.rsplit("/", 1)[1] for _, row in reversed(latest(tx, 100))]


def test_a_commit_gets_its_receipt_and_its_statements(installation: Installation, playing: Playing) -> None:
    assert playing.commit(1).json == {"receipt": 1}
    assert playing.commit(2, {STATUS: "completed"}).json == {"receipt": 2}
    assert playing.commit(3, finished=True).json == {"receipt": 3}

    assert verbs(installation) == ["initialized", "completed", "terminated"]


def test_statements_of_a_lesson_are_its_own_claim(installation: Installation, playing: Playing) -> None:
    playing.commit(1)

    with installation.services.database.read(1) as tx:
        row = latest(tx, 1)[0][1]
    assert row.provenance == "client-asserted"
    assert json.loads(row.payload)["actor"]["account"]["name"] == playing.person.account


def test_the_same_commit_twice_is_one(installation: Installation, playing: Playing) -> None:
    for _ in range(3):
        assert playing.commit(1, {STATUS: "completed"}).json == {"receipt": 1}

    assert verbs(installation) == ["initialized", "completed"]


def test_twenty_at_once_are_one(installation: Installation, playing: Playing) -> None:
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda _: playing.commit(1, {STATUS: "completed"}).json, range(20)))

    assert answers == [{"receipt": 1}] * 20
    assert verbs(installation) == ["initialized", "completed"]
    with installation.services.database.read(1) as tx:
        assert tx.run(select(attempts.commits.c.session, attempts.commits.c.n)).all() == [(1, 1)]


def test_a_commit_that_was_overtaken_changes_nothing(playing: Playing) -> None:
    playing.commit(2, {"cmi.core.lesson_location": "new"})
    playing.commit(1, {"cmi.core.lesson_location": "old"})

    assert values(playing)["cmi.core.lesson_location"] == "new"


def test_a_newer_session_takes_over_and_the_older_is_told(installation: Installation, playing: Playing) -> None:
    playing.commit(1, {"cmi.core.lesson_location": "first"})
    second = play(playing.person, playing.version, session=2)

    assert playing.commit(2, {"cmi.core.lesson_location": "late"}).status_code == 409
    assert second.commit(1).json == {"receipt": 1}
    assert values(second)["cmi.core.lesson_location"] == "first"
    assert verbs(installation) == ["initialized", "resumed"]


def test_long_vietnamese_suspend_data_comes_back(playing: Playing) -> None:
    text = "Tiếng Việt đủ dấu. " * 3368
    text = text[:64000]

    assert playing.commit(1, {"cmi.suspend_data": text}).status_code == 200
    assert values(playing)["cmi.suspend_data"] == text


@pytest.mark.parametrize(
    "wrong",
    [
        {STATUS: "done"},
        {"cmi.core.score.raw": "101"},
        {"cmi.core.student_id": "me"},
        {"cmi.core.lesson_location": "x" * 256},
        {"cmi.suspend_data": "x" * 64001},
        {"cmi.nothing": "x"},
        {"cmi.core.lesson_location": 5},
        {"cmi.core.lesson_location": None},
        {"cmi.core.lesson_location": "a\0b"},
        {"cmi.interactions.x.id": "a"},
    ],
)
def test_a_wrong_value_is_refused_and_named(embedded: Installation, wrong: dict[str, object]) -> None:
    playing = play(embedded.person("learner"), publish(embedded))
    playing.commit(1, {"cmi.core.lesson_location": "kept"})

    answer = playing.commit(2, wrong)

    assert answer.status_code == 400
    assert next(iter(wrong)) in answer.text
    assert values(playing)["cmi.core.lesson_location"] == "kept"
    assert playing.commit(2, {"cmi.core.lesson_location": "next"}).json == {"receipt": 2}


@pytest.mark.parametrize(
    "field", [{"n": 0}, {"n": -1}, {"n": "1"}, {"n": 1.5}, {"n": True}, {"session": "1"}, {"finished": 1}]
)
def test_a_commit_that_makes_no_sense_is_refused(embedded: Installation, field: dict[str, object]) -> None:
    playing = play(embedded.person("learner"), publish(embedded))

    body: dict[str, Any] = {"n": 1} | field

    assert playing.commit(**body).status_code == 400


def test_too_many_elements_are_refused(playing: Playing) -> None:
    many = {f"cmi.objectives.{n}.id": "x" for n in range(5001)}

    assert playing.commit(1, many).status_code == 400


def test_a_session_that_is_said_to_end_twice_ends_once(installation: Installation, playing: Playing) -> None:
    playing.commit(1, {"cmi.core.exit": "suspend"}, finished=True)
    playing.commit(2, {"cmi.core.exit": ""}, finished=True)

    assert verbs(installation) == ["initialized", "suspended"]


def test_a_session_begins_with_whichever_commit_comes_first(installation: Installation, playing: Playing) -> None:
    playing.commit(2, {STATUS: "completed"})
    playing.commit(1)

    assert verbs(installation) == ["initialized", "completed"]


def test_how_a_session_ended_says_nothing_of_the_next(installation: Installation, playing: Playing) -> None:
    playing.commit(1, {"cmi.core.exit": "suspend", "cmi.suspend_data": "x"}, finished=True)
    play(playing.person, playing.version, session=2).commit(1, finished=True)

    assert verbs(installation) == ["initialized", "suspended", "resumed", "terminated"]


def test_what_is_kept_of_a_commit_is_what_it_says_and_no_token(installation: Installation, playing: Playing) -> None:
    playing.commit(1, {STATUS: "passed"}, more="than asked")

    with installation.services.database.read(1) as tx:
        (payload,) = tx.run(select(attempts.commits.c.payload)).scalars()
    assert json.loads(payload) == {"session": 1, "n": 1, "values": {STATUS: "passed"}, "finished": False}
