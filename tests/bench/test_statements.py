"""Made-up statements are what schools would send, and the record takes them."""

import json
from uuid import UUID

import pytest

from bench import statements
from tests.parts.installations import Installation
from tests.parts.programs import partner

SOME = statements.take(400)


def test_a_seed_makes_the_same_statements_again() -> None:
    assert statements.take(50, seed=3) == statements.take(50, seed=3)
    assert statements.take(50, seed=3) != statements.take(50, seed=4)


def test_a_statement_is_about_a_kilobyte_and_a_half() -> None:
    sizes = [len(one.body) for one in SOME]

    assert 1400 < sum(sizes) / len(sizes) < 1800


def test_no_two_statements_have_one_id() -> None:
    assert len({UUID(one.id.decode()) for one in SOME}) == len(SOME)


def test_a_statement_can_be_found_by_what_is_said_of_it() -> None:
    for one in SOME:
        body = json.loads(one.body)

        assert body["actor"]["account"]["name"] == one.actor
        assert (body["verb"]["id"], body["object"]["id"]) == (one.verb, one.activity)
        assert body["context"]["registration"] == one.registration
        assert body["context"]["instructor"]["account"]["name"] == one.teacher
        assert body["context"]["contextActivities"]["grouping"][0]["id"] == one.course


def test_a_registration_holds_a_dozen_statements() -> None:
    many = statements.take(5000)

    assert 9 < len(many) / len({one.registration for one in many}) < 14


def test_a_popular_course_has_a_hundred_hits_in_ten_thousand() -> None:
    wanted = statements.verb("progressed"), f"{statements.HOME}/khoa-hoc/000"

    assert sum((one.verb, one.activity) == wanted for one in statements.take(10_000)) >= 100


def test_the_record_takes_them(embedded: Installation) -> None:
    program = partner(embedded)

    answer = program.post(b"[" + b",".join(one.body for one in SOME) + b"]")

    assert answer.status_code == 200, answer.text
    assert json.loads(answer.text) == [one.id.decode() for one in SOME]


def test_the_record_refuses_one_that_is_spoilt(embedded: Installation) -> None:
    spoilt = SOME[0].body.replace(b'"objectType":"Agent"', b'"objectType":"Agnet"', 1)

    assert partner(embedded).post(spoilt).status_code == 400


@pytest.mark.parametrize("verb", [statements.COMMENTED, statements.VOIDED])
def test_the_record_takes_a_statement_about_another(embedded: Installation, verb: str) -> None:
    program = partner(embedded)
    program.post(SOME[0].body)

    assert program.post(statements.reference(verb, SOME[0].id.decode())).status_code == 200
