"""Receipts: commits are kept once, in order, under the session that holds them; what is refused changes nothing."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from storage.commits import commits
from tests.parts.installations import Installation
from tests.parts.lessons import Playing, play, publish
from tests.storage.samples import latest

STATUS = "cmi.core.lesson_status"
PLACE = "cmi.core.lesson_location"


@pytest.fixture
def playing(installation: Installation) -> Playing:
    return play(installation.person("learner"), publish(installation))


@pytest.fixture
def small(embedded: Installation) -> Playing:
    return play(embedded.person("learner"), publish(embedded))


def said(installation: Installation) -> list[dict[str, Any]]:
    with installation.services.database.read(1) as tx:
        return [json.loads(row.payload) for _, row in reversed(latest(tx, 100))]


def verbs(installation: Installation) -> list[str]:
    """List the verbs, with a star where they are about the course."""
    return [
        one["verb"]["id"].rsplit("/", 1)[1] + ("*" if one["object"]["definition"]["type"].endswith("/course") else "")
        for one in said(installation)
    ]


def kept(playing: Playing) -> list[Any]:
    with playing.person.installation.services.database.read(1) as tx:
        query = select(commits.c.session, commits.c.n, commits.c.refused, commits.c.superseded)
        return [tuple(row) for row in tx.run(query.order_by(commits.c.session, commits.c.n))]


def test_a_commit_gets_its_receipt_and_its_statements(installation: Installation, playing: Playing) -> None:
    assert playing.commit(1).json == {"receipt": 1}
    assert playing.commit(2, {STATUS: "completed"}).json == {"receipt": 2}
    assert playing.commit(3, finished=True).json == {"receipt": 3}

    assert verbs(installation) == ["initialized", "completed", "completed*", "terminated"]


def test_statements_of_a_lesson_are_its_own_claim(installation: Installation, playing: Playing) -> None:
    playing.commit(1)

    with installation.services.database.read(1) as tx:
        row = latest(tx, 1)[0][1]
    assert row.provenance == "client-asserted"
    assert json.loads(row.payload)["actor"]["account"]["name"] == playing.person.account
    assert str(row.registration) == playing.registration


def test_the_same_commit_twice_is_one(installation: Installation, playing: Playing) -> None:
    for age in (0, 5, 9):
        assert playing.commit(1, {STATUS: "completed"}, age=age).json == {"receipt": 1}

    assert verbs(installation) == ["initialized", "completed", "completed*"]


def test_twenty_at_once_are_one(installation: Installation, playing: Playing) -> None:
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda _: playing.commit(1, {STATUS: "completed"}).json, range(20)))

    assert answers == [{"receipt": 1}] * 20
    assert verbs(installation) == ["initialized", "completed", "completed*"]
    assert kept(playing) == [(1, 1, "[]", False)]


def test_other_words_under_a_number_that_is_taken_are_told_the_last(playing: Playing) -> None:
    playing.commit(1, {PLACE: "1"})
    playing.commit(4, {PLACE: "4"})

    answer = playing.commit(1, {PLACE: "other"})

    assert (answer.status_code, answer.json) == (409, {"last": 4})
    assert playing.commit(5, {PLACE: "other"}).json == {"receipt": 5}


def test_a_commit_that_was_overtaken_changes_only_what_no_later_one_says(playing: Playing) -> None:
    playing.commit(2, {PLACE: "new"})
    assert playing.commit(1, {PLACE: "old", "cmi.suspend_data": "only here"}).json == {"receipt": 1}

    values = playing.values()
    assert (values[PLACE], values["cmi.suspend_data"]) == ("new", "only here")


def test_a_newer_session_takes_over_and_what_the_older_says_is_history(
    installation: Installation, playing: Playing
) -> None:
    playing.commit(1, {PLACE: "first"})
    second = play(playing.person, playing.version)

    assert second.commit(1, {"cmi.suspend_data": "x"}).json == {"receipt": 1}
    for _ in range(2):
        assert playing.commit(2, {PLACE: "late", STATUS: "completed"}).json == {"receipt": 2, "superseded": True}

    assert kept(playing) == [(1, 1, "[]", False), (1, 2, "[]", True), (2, 1, "[]", False)]
    assert verbs(installation) == ["initialized", "resumed"]
    assert second.values()[PLACE] == "first"


def test_what_comes_before_a_new_session_begins_is_still_applied(playing: Playing) -> None:
    """A device that brings what it kept, with the token of a launch anew."""
    playing.commit(1, {PLACE: "first"})
    again = play(playing.person, playing.version)
    again.session = 2
    late = play(playing.person, playing.version)
    late.session = 3

    assert late.commit(1, {PLACE: "kept on the device"}).json == {"receipt": 1}
    assert late.values()[PLACE] == "kept on the device"


def test_a_session_that_nobody_began_is_none(small: Playing) -> None:
    assert small.commit(1, session=2).status_code == 400


def test_long_vietnamese_suspend_data_comes_back(playing: Playing) -> None:
    text = ("Tiếng Việt đủ dấu. " * 3368)[:64000]

    assert playing.commit(1, {"cmi.suspend_data": text}).status_code == 200
    assert playing.values()["cmi.suspend_data"] == text


@pytest.mark.parametrize(
    "wrong",
    [
        {STATUS: "done"},
        {"cmi.core.score.raw": "101"},
        {"cmi.core.student_id": "me"},
        {PLACE: "x" * 256},
        {"cmi.suspend_data": "x" * 64001},
        {"cmi.nothing": "x"},
        {PLACE: 5},
        {PLACE: None},
        {PLACE: "a\0b"},
        {"cmi.interactions.x.id": "a"},
    ],
)
def test_a_wrong_value_is_refused_and_named_and_holds_nothing_back(small: Playing, wrong: dict[str, Any]) -> None:
    element = next(iter(wrong))
    small.commit(1, {PLACE: "kept"})

    answer = small.commit(2, wrong | {"cmi.comments": "good"})

    assert answer.json == {"receipt": 2, "refused": [element]}
    assert kept(small)[1] == (1, 2, json.dumps([element]), False)
    values = small.values()
    assert (values[PLACE], values["cmi.comments"]) == ("kept", "good")
    assert element == PLACE or element not in values


@pytest.mark.parametrize(
    "field",
    [
        {"n": 0},
        {"n": -1},
        {"n": "1"},
        {"n": 1.5},
        {"n": True},
        {"n": 2**31},
        {"session": "1"},
        {"session": 0},
        {"finished": 1},
        {"visit": 0},
        {"item": 5},
        {"item": "none"},
        {"item": "x" * 5000},
        {"values": [1]},
        {"age": -1},
        {"age": "x"},
        {"attempt": "x"},
        {"attempt": None},
    ],
)
def test_a_commit_that_makes_no_sense_is_refused(small: Playing, field: dict[str, object]) -> None:
    body: dict[str, Any] = {"n": 1} | field

    assert small.commit(**body).status_code == 400
    assert kept(small) == []


def test_a_commit_to_another_attempt_is_refused(embedded: Installation, small: Playing) -> None:
    other = play(embedded.person("learner"), small.version)

    answer = small.commit(1, attempt=other.registration)

    assert answer.status_code == 403
    assert kept(small) == []


def test_a_track_grows_only_so_far(small: Playing) -> None:
    for n in range(1, 4):
        objectives = {f"cmi.objectives.{(n - 1) * 2000 + i}.id": "x" for i in range(2000)}
        answer = small.commit(n, objectives | {PLACE: str(n)}).json
        assert answer is not None
        assert bool(answer.get("refused")) == (n == 3)

    values = small.values()
    assert 4990 < len(values) <= 5010
    assert values[PLACE] == "3"


def test_a_visit_that_is_said_to_end_twice_ends_once(installation: Installation, playing: Playing) -> None:
    playing.commit(1, {"cmi.core.exit": "suspend"}, finished=True)
    playing.commit(2, {"cmi.core.exit": ""}, finished=True)

    assert [verb for verb in verbs(installation) if verb in {"suspended", "terminated"}] == ["suspended"]


def test_a_visit_begins_with_whichever_commit_comes_first(installation: Installation, playing: Playing) -> None:
    playing.commit(2, {STATUS: "completed"})
    playing.commit(1)

    assert verbs(installation) == ["initialized", "completed", "completed*"]


def test_how_a_visit_ended_says_nothing_of_the_next(installation: Installation, playing: Playing) -> None:
    playing.commit(1, {"cmi.core.exit": "suspend", "cmi.suspend_data": "x", STATUS: "incomplete"}, finished=True)
    playing.visit = 2
    playing.commit(2, finished=True)

    assert verbs(installation) == ["initialized", "suspended", "resumed", "terminated"]


def test_what_is_kept_of_a_commit_is_what_it_says_and_no_token(playing: Playing) -> None:
    playing.commit(1, {STATUS: "passed", "cmi.nothing": "x"}, more="than asked")

    with playing.person.installation.services.database.read(1) as tx:
        (payload,) = tx.run(select(commits.c.payload)).scalars()
    about = {"attempt": playing.registration, "session": 1, "visit": 1, "item": "bai-1", "n": 1, "finished": False}
    assert json.loads(payload) == {**about, "values": {STATUS: "passed", "cmi.nothing": "x"}}


def test_what_comes_days_later_tells_the_day_it_happened(installation: Installation, playing: Playing) -> None:
    playing.commit(1, {STATUS: "completed"}, age=3 * 24 * 3600 * 1000)

    # Not before the attempt itself began, whatever the device's clock says.
    with installation.services.database.read(1) as tx:
        row = latest(tx, 1)[0][1]
    assert json.loads(row.payload)["timestamp"] < row.stored.isoformat()
