"""Reading the record with a key."""

import json
from base64 import b64encode
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from storage import statements
from storage.statements import StatementRow
from tests.parts.installations import Installation


def fill(installation: Installation, space: int, count: int) -> list[UUID]:
    ids = [uuid4() for _ in range(count)]
    with installation.services.database.write(space) as tx:
        statements.append(
            tx,
            [
                StatementRow(
                    id=one,
                    stored=datetime.now(UTC),
                    actor="account somebody http://here",
                    verb="http://verbs/did",
                    activity=None,
                    registration=None,
                    provenance="client-asserted",
                    credential_id=None,
                    payload=json.dumps({"id": str(one), "n": 1.10, "name": "Hải"}, ensure_ascii=False),
                )
                for one in ids
            ],
        )
    return ids


def ask(installation: Installation, key: dict[str, str], path: str) -> TestResponse:
    word = b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
    headers = {"Authorization": f"Basic {word}", "Accept": "application/json"}
    return installation.visitor().get(path, base="http://127.0.0.1:8080", headers=headers)


def test_statements_come_newest_first_a_page_at_a_time(installation: Installation) -> None:
    ids, key = fill(installation, 1, 5), installation.key()

    first = ask(installation, key, "/xapi/statements?limit=3").json
    assert first is not None
    second = ask(installation, key, first["more"]).json
    assert second is not None

    found = [statement["id"] for statement in first["statements"] + second["statements"]]
    assert found == [str(one) for one in reversed(ids)]
    assert second["more"] == ""


def test_a_statement_comes_out_as_it_lies(installation: Installation) -> None:
    (one,), key = fill(installation, 1, 1), installation.key("statements/read")

    answer = ask(installation, key, f"/xapi/statements?statementId={one}")

    assert answer.text == f'{{"id": "{one}", "n": 1.1, "name": "Hải"}}'


def test_a_space_sees_itself_alone(installation: Installation) -> None:
    (one,) = fill(installation, 1, 1)
    installation.haidang("space", "add", "daklak")
    key = installation.key(space="daklak")

    assert ask(installation, key, f"/xapi/statements?statementId={one}").status_code == 404
    assert ask(installation, key, "/xapi/statements").json == {"statements": [], "more": ""}


@pytest.mark.parametrize(
    "query",
    [
        "statementID=x",
        "limit=-1",
        "limit=two",
        "before=-1",
        "before=99999999999999999999",
        "statementId=no",
        "agent={}",
    ],
)
def test_a_wrong_parameter_is_refused(embedded: Installation, query: str) -> None:
    assert ask(embedded, embedded.key(), f"/xapi/statements?{query}").status_code == 400


def test_a_key_for_something_else_may_not_read(embedded: Installation) -> None:
    assert ask(embedded, embedded.key("state"), "/xapi/statements").status_code == 403


def test_without_a_key_one_is_asked_for(embedded: Installation) -> None:
    answer = embedded.visitor().get("/xapi/statements", base="http://127.0.0.1:8080")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")
    assert answer.content_type == "application/problem+json"
