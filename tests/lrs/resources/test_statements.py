"""Statements: written once, found by every filter, a page at a time (Communication 2.1)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from tests.parts.installations import Installation
from tests.parts.programs import AGENT, NOBODYS, V2, Partner, partner, statement

CONSISTENT = "X-Experience-API-Consistent-Through"


def test_a_batch_is_kept_in_one_and_named_in_order(installation: Installation) -> None:
    program, batch = partner(installation), [statement() for _ in range(5)]

    assert program.post(batch).json == [said["id"] for said in batch]
    assert program.found() == [said["id"] for said in reversed(batch)]


def test_a_batch_with_one_wrong_statement_leaves_nothing(installation: Installation) -> None:
    program = partner(installation)

    answer = program.post([statement(), statement(verb={"id": "no"}), statement()])

    assert answer.status_code == 400
    assert "$[1]" in answer.text
    assert program.found() == []


def test_a_batch_with_one_conflict_leaves_nothing(installation: Installation) -> None:
    program, there = partner(installation), statement()
    program.post(there)

    answer = program.post([statement(), there | {"verb": {"id": "http://example.org/other"}}])

    assert answer.status_code == 409
    assert program.found() == [there["id"]]


def test_a_statement_without_an_id_gets_one(embedded: Installation) -> None:
    program, said = partner(embedded), statement()
    said.pop("id")

    made = program.post(said).json
    assert made is not None
    assert program.found() == made


def test_the_same_statement_twice_is_one(installation: Installation) -> None:
    program, said = partner(installation), statement()

    assert [program.post(said).status_code for _ in range(3)] == [200, 200, 200]
    assert program.found() == [said["id"]]


def test_a_hundred_at_once_of_the_same_are_one(installation: Installation) -> None:
    program, said = partner(installation), statement()

    with ThreadPoolExecutor(8) as crowd:
        statuses = set(crowd.map(lambda _: program.post(said).status_code, range(100)))

    assert statuses == {200}
    assert program.found() == [said["id"]]


def test_two_at_once_under_one_id_one_is_told(installation: Installation) -> None:
    program, first = partner(installation), statement()
    other = first | {"verb": {"id": "http://example.org/other"}}

    with ThreadPoolExecutor(8) as crowd:
        statuses = list(crowd.map(lambda n: program.post(first if n % 2 else other).status_code, range(40)))

    assert set(statuses) == {200, 409}
    assert program.found() == [first["id"]]


def test_put_keeps_one_under_its_id(embedded: Installation) -> None:
    program, said = partner(embedded), statement()

    assert program.ask("PUT", "/statements", said, statementId=said["id"]).status_code == 204
    assert program.ask("PUT", "/statements", said, statementId=str(uuid4())).status_code == 400
    assert program.ask("PUT", "/statements", [said], statementId=said["id"]).status_code == 400
    assert program.ask("PUT", "/statements", said).status_code == 400


def test_authority_is_the_keys_and_never_the_clients(installation: Installation) -> None:
    program = partner(installation)
    said = statement(authority={"mbox": "mailto:boss@example.org"}, stored="2001-01-01T00:00:00Z")
    program.post(said)

    kept = program.get(statementId=said["id"])

    assert kept.json is not None
    assert "boss" not in kept.text
    assert kept.json["authority"]["account"]["homePage"] == installation.public_url
    assert program.key["key"] not in kept.text
    assert kept.json["stored"] > "2026"


@pytest.mark.parametrize(
    "wanted",
    [
        {"agent": AGENT},
        {"verb": "http://example.org/verbs/did"},
        {"activity": "http://example.org/activities/1"},
        {"registration": "6f7c3c8e-7d0a-4b7e-9a53-0a3f3f0c2f11"},
    ],
    ids=lambda wanted: next(iter(wanted)),
)
def test_each_filter_finds_its_own(installation: Installation, wanted: dict[str, Any]) -> None:
    program = partner(installation)
    registration = {"registration": "6f7c3c8e-7d0a-4b7e-9a53-0a3f3f0c2f11"}
    said = statement(context=registration if "registration" in wanted else {})
    program.post(said)
    program.post(
        statement(
            actor={"mbox": "mailto:binh@example.org"},
            verb={"id": "http://example.org/verbs/other"},
            object={"id": "http://example.org/activities/2"},
        ),
    )

    assert program.found(**wanted) == [said["id"]]


def test_related_agents_and_activities_are_found_anywhere(installation: Installation) -> None:
    program = partner(installation)
    said = statement(
        context={
            "instructor": {"mbox": "mailto:teacher@example.org"},
            "contextActivities": {"grouping": [{"id": "http://example.org/course"}]},
        },
    )
    program.post(said)

    teacher = {"mbox": "mailto:teacher@example.org"}
    assert program.found(agent=teacher) == []
    assert program.found(agent=teacher, related_agents="true") == [said["id"]]
    assert program.found(activity="http://example.org/course") == []
    assert program.found(activity="http://example.org/course", related_activities="true") == [said["id"]]


def test_a_walk_by_more_sees_each_once_and_keeps_the_question(installation: Installation) -> None:
    program, batch = partner(installation), [statement() for _ in range(7)]
    program.post(batch)
    seen: list[str] = []
    answer = program.get(limit=3, agent=AGENT, ascending="true").json

    while answer is not None:
        seen += [said["id"] for said in answer["statements"]]
        more = answer["more"]
        answer = program.ask("GET", more.removeprefix("/xapi")).json if more else None

    assert seen == [said["id"] for said in batch]


@pytest.mark.parametrize(
    "query",
    [
        {"statementID": "x"},
        {"limit": "-1"},
        {"limit": "two"},
        {"cursor": "nowhere"},
        {"statementId": "no"},
        {"agent": "{}"},
        {"verb": "no iri"},
        {"since": "yesterday"},
        {"ascending": "maybe"},
        {"format": "pretty"},
        {"statementId": NOBODYS, "limit": "1"},
        {"statementId": NOBODYS, "voidedStatementId": NOBODYS},
    ],
    ids=str,
)
def test_a_wrong_parameter_is_refused_and_says_until_when(embedded: Installation, query: dict[str, str]) -> None:
    answer = partner(embedded).get(**query)

    assert answer.status_code == 400
    assert answer.headers[CONSISTENT] > "2026"


def test_a_voided_statement_is_gone_but_for_who_asks_for_it(installation: Installation) -> None:
    program, wrong = partner(installation), statement()
    program.post(wrong)
    void = statement(
        verb={"id": "http://adlnet.gov/expapi/verbs/voided"},
        object={"objectType": "StatementRef", "id": wrong["id"]},
    )
    program.post(void)

    assert program.get(statementId=wrong["id"]).status_code == 404
    assert program.get(voidedStatementId=wrong["id"]).status_code == 200
    assert program.get(voidedStatementId=void["id"]).status_code == 404
    assert program.found() == [void["id"]]


def test_two_spaces_never_see_one_another(installation: Installation) -> None:
    installation.haidang("space", "add", "daklak")
    here, there, said = partner(installation), partner(installation, space="daklak"), statement()
    here.post(said)

    assert there.get(statementId=said["id"]).status_code == 404
    assert there.found() == []
    assert there.post(said | {"verb": {"id": "http://example.org/other"}}).status_code == 200
    assert here.found(verb="http://example.org/verbs/did") == [said["id"]]


@pytest.mark.parametrize(
    ("scope", "reads", "writes"),
    [
        ("all", 200, 200),
        ("all/read", 200, 403),
        ("statements/read", 200, 403),
        ("statements/write", 403, 200),
        ("statements/read/mine", 200, 403),
        ("state", 403, 403),
    ],
)
def test_a_key_does_what_its_scope_names(embedded: Installation, scope: str, reads: int, writes: int) -> None:
    program = partner(embedded, scope)

    assert (program.get().status_code, program.post(statement()).status_code) == (reads, writes)


def test_mine_are_those_of_my_own_key(embedded: Installation) -> None:
    embedded_key = embedded.haidang(
        "key", "create", "--space", "haiphong", "--scope", "statements/write", "--scope", "statements/read/mine"
    )
    mine, other = Partner(embedded, embedded_key), partner(embedded)
    my_own, not_mine = statement(), statement()
    mine.post(my_own)
    other.post(not_mine)

    assert mine.found() == [my_own["id"]]
    assert mine.get(statementId=not_mine["id"]).status_code == 404
    assert mine.get(statementId=my_own["id"]).status_code == 200


def test_the_same_id_twice_in_a_batch_is_refused(embedded: Installation) -> None:
    said = statement()

    assert partner(embedded, version=V2).post([said, said]).status_code == 400


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b"\xff", b'{"a":1,"a":2}', b"[" * 10_000, b'"text"'])
def test_what_is_no_statement_is_refused(embedded: Installation, body: bytes) -> None:
    assert partner(embedded).post(body).status_code in {400, 413} or body == b"[]"


def test_head_is_get_without_a_body(embedded: Installation) -> None:
    answer = partner(embedded).ask("HEAD", "/statements")

    assert (answer.status_code, answer.data) == (200, b"")
    assert CONSISTENT in answer.headers


def test_without_a_key_one_is_asked_for(embedded: Installation) -> None:
    answer = embedded.visitor().get("/xapi/statements", base="http://127.0.0.1:8080")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")
