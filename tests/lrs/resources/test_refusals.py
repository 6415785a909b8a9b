"""A refusal names the property, what was found, and what the specification asks."""

import pytest

from tests.parts.installations import Installation
from tests.parts.programs import partner, statement


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"actor": {"mbox": "nobody"}}, "actor.mbox"),
        ({"verb": {"id": "did"}}, "verb.id"),
        ({"result": {"score": {"scaled": 2}}}, "result.score.scaled"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_a_400_says_what_is_wrong_and_where(embedded: Installation, wrong: dict[str, object], named: str) -> None:
    answer = partner(embedded).post(statement(**wrong))

    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert named in answer.json["detail"]


def test_the_same_id_with_another_statement_is_a_409_that_names_it(embedded: Installation) -> None:
    program, first = partner(embedded), statement()
    program.post(first)

    answer = program.post(first | {"verb": {"id": "http://example.org/verbs/other"}})

    assert answer.status_code == 409
    assert first["id"] in answer.text


def test_a_precondition_that_fails_is_a_412(embedded: Installation) -> None:
    program = partner(embedded)
    place = {"activityId": "http://example.org/a", "profileId": "p"}

    answer = program.ask("PUT", "/activities/profile", "{}", {"If-Match": '"nothing"'}, **place)
    assert answer.status_code == 412
