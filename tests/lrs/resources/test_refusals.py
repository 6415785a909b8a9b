"""A refusal names the property, what was found, and what the specification asks."""

import pytest

from tests.parts.installations import Installation
from tests.parts.programs import Partner, partner, statement


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


def with_scopes(installation: Installation, scopes: str) -> Partner:
    words = [word for scope in scopes.split() for word in ("--scope", scope)]
    return Partner(installation, installation.haidang("key", "create", "--space", "haiphong", *words))


OTHER = "http://example.org/verbs/other"


@pytest.mark.parametrize("scopes", ["all", "statements/write statements/read", "statements/write statements/read/mine"])
def test_the_same_id_with_another_statement_is_a_409_that_names_both(installation: Installation, scopes: str) -> None:
    program, first = with_scopes(installation, scopes), statement()
    program.post(first)

    answer = program.post([statement(), first | {"verb": {"id": OTHER}}])

    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["detail"] == (
        f"statement {first['id']} is in the record already, and says something else: "
        f'$.verb.id: the record has "{first["verb"]["id"]}"; sent was "{OTHER}"'
    )
    assert program.found() == [first["id"]]


@pytest.mark.parametrize("scopes", ["statements/write", "statements/write statements/read/mine"])
def test_a_key_that_may_not_read_the_statement_learns_the_id_alone(embedded: Installation, scopes: str) -> None:
    first = statement()
    partner(embedded).post(first)

    answer = with_scopes(embedded, scopes).post(first | {"verb": {"id": OTHER}})

    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["detail"] == f"statement {first['id']} is in the record already, and says something else"


def test_a_precondition_that_fails_is_a_412(embedded: Installation) -> None:
    program = partner(embedded)
    place = {"activityId": "http://example.org/a", "profileId": "p"}

    answer = program.ask("PUT", "/activities/profile", "{}", {"If-Match": '"nothing"'}, **place)
    assert answer.status_code == 412
