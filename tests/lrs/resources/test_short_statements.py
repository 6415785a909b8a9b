"""The short way into the log answers as the long way does, is taken when nothing is unusual, and writes nothing twice."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from werkzeug.test import Client

from lrs.resources.short_way import FAILED
from storage.errors import DatabaseAway
from tests.parts.programs import BASE, V1, V2, Partner, partner, statement
from tests.parts.ways import known, takes_the_long_way, told, unknown

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation

VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}
ATTACHED = {
    "usageType": "http://example.org/photograph",
    "display": {"en": "a photograph"},
    "contentType": "image/jpeg",
    "length": 3,
    "sha2": "a" * 64,
}
ID = "3f0a1c52-6c6e-4a5c-8d0f-0a5f4d1c2b3e"


@dataclass
class Request:
    """What is sent, a way at a time."""

    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    scope: str = "all"

    def by(self, program: Partner) -> TestResponse:
        """Send it."""
        return program.ask("POST", "/statements", self.body, self.headers, **self.query)


REQUESTS = {
    "one statement": Request(statement()),
    "without an id": Request({name: value for name, value in statement().items() if name != "id"}),
    "a batch": Request([statement() for _ in range(30)]),
    "an empty batch": Request([]),
    "letters of Vietnamese": Request(statement(result={"response": "Hải Phòng – đã hoàn thành"})),
    "said to be UTF-8": Request(statement(), {"Content-Type": "application/json; charset=UTF-8"}),
    "in 2.0": Request(statement(), {"X-Experience-API-Version": V2}),
    "in a version of 1.0": Request(statement(), {"X-Experience-API-Version": "1.0.1"}),
    "in no version": Request(statement(), {"X-Experience-API-Version": ""}),
    "in a version that nobody speaks": Request(statement(), {"X-Experience-API-Version": "3.1"}),
    "no statement": Request({"actor": {"mbox": "mailto:an@example.org"}}),
    "a batch with a wrong one": Request([statement(), statement(verb={"id": "no IRI"})]),
    "a batch with one id twice": Request([statement(id=ID), statement(id=ID)]),
    "no JSON": Request('{"actor": '),
    "nothing": Request(""),
    "a key twice": Request('{"id": "1", "id": "2"}'),
    "no UTF-8": Request(b'{"actor": "\xff"}'),
    "packed": Request(gzip.compress(json.dumps(statement()).encode()), {"Content-Encoding": "gzip"}),
    "packed in another way": Request(statement(), {"Content-Encoding": "br"}),
    "a form": Request("actor=an", {"Content-Type": "application/x-www-form-urlencoded"}),
    "a parameter": Request(statement(), query={"limit": "1"}),
    "a statement that voids": Request(
        statement(verb=VOIDED, object={"objectType": "StatementRef", "id": str(uuid4())})
    ),
    "an attachment that was not sent": Request(statement(attachments=[ATTACHED])),
    "an attachment that lies elsewhere": Request(
        statement(attachments=[ATTACHED | {"fileUrl": "http://example.org/a"}])
    ),
    "from a page": Request(statement(), {"Origin": "http://example.org"}),
    "a wrong secret": Request(statement(), {"Authorization": "Basic bm9ib2R5Om5vdGhpbmc="}),
    "no base64": Request(statement(), {"Authorization": "Basic ä"}),
    "another kind of key": Request(statement(), {"Authorization": "Bearer abc"}),
    "no key": Request(statement(), {"Authorization": ""}),
    "a scope that reads": Request(statement(), scope="statements/read"),
    "a scope that writes": Request(statement(), scope="statements/write"),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_both_ways_answer_alike(embedded: Installation, name: str) -> None:
    asked = REQUESTS[name]
    short = asked.by(known(embedded, asked.scope))

    long = asked.by(unknown(embedded, asked.scope))

    assert told(short) == told(long)


def test_both_ways_keep_the_same(embedded: Installation) -> None:
    said = [statement(), statement()]

    assert known(embedded).post(said[0]).status_code == 200
    assert unknown(embedded).post(said[1]).status_code == 200

    kept = [json.loads(partner(embedded).get(statementId=each["id"]).text) for each in said]
    for each in kept:
        each["authority"]["account"].pop("name")
    own = {"id", "stored", "timestamp"}
    assert {name: value for name, value in kept[0].items() if name not in own} == {
        name: value for name, value in kept[1].items() if name not in own
    }


@pytest.mark.parametrize("other", ["the same", "another"])
def test_an_id_that_is_there_is_answered_alike(embedded: Installation, other: str) -> None:
    said = statement()
    partner(embedded).post(said)
    again = said if other == "the same" else said | {"verb": {"id": "http://example.org/verbs/undid"}}

    answers = [told(each.post(again)) for each in (known(embedded), unknown(embedded))]

    assert answers[0] == answers[1]
    assert answers[0][0] == (200 if other == "the same" else 409)


def passes_on(installation: Installation, program: Partner, body: bytes, **changes: str) -> bool:
    """Tell whether statements that are posted take the long way."""
    return takes_the_long_way(installation, program, "POST", "/xapi/statements", body, **changes)


def test_what_is_usual_takes_the_short_way(embedded: Installation) -> None:
    body = json.dumps([statement(), statement()]).encode()

    assert not passes_on(embedded, known(embedded), body)
    assert passes_on(embedded, unknown(embedded), body)  # else the tests above would compare the long way with itself


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUERY_STRING", "method=GET"),
        ("CONTENT_TYPE", "multipart/mixed; boundary=b"),
        ("CONTENT_LENGTH", ""),
        ("CONTENT_LENGTH", "999999999999"),
        ("HTTP_CONTENT_ENCODING", "gzip"),
    ],
)
def test_what_is_unusual_takes_the_long_way(embedded: Installation, name: str, value: str) -> None:
    assert passes_on(embedded, known(embedded), json.dumps(statement()).encode(), **{name: value})


def test_half_a_body_writes_nothing(embedded: Installation) -> None:
    program, said = known(embedded), statement()
    whole = json.dumps(said).encode()

    answer = Client(embedded.app).post(
        "/xapi/statements",
        base_url=BASE,
        data=whole,
        headers={"Authorization": f"Basic {program.word}", "X-Experience-API-Version": V1},
        content_type="application/json",
        environ_overrides={"CONTENT_LENGTH": str(len(whole) + 1)},
    )

    assert answer.status_code == 400
    assert program.get(statementId=said["id"]).status_code == 404


def test_what_failed_in_writing_is_answered_and_not_written_again(embedded: Installation) -> None:
    program, said = known(embedded), statement()

    answer = Client(embedded.app).post(
        "/xapi/statements?",
        base_url=BASE,
        json=said,
        headers={"Authorization": f"Basic {unknown(embedded).word}", "X-Experience-API-Version": V1},
        environ_overrides={FAILED: DatabaseAway("nobody knows")},
    )

    assert answer.status_code == 503
    assert program.get(statementId=said["id"]).status_code == 404
