"""Every request says which version it speaks, and every answer says the same (Communication 3.3; 2.0: 4.1.7)."""

from typing import Any

import pytest

from tests.conformance.requirements import Lrs, requirement
from tests.conformance.test_communication_errors import RESOURCES
from tests.parts.programs import V1, V2, statement

HEADER = "X-Experience-API-Version"
SPOKEN = ("1.0", "1.0.0", "1.0.1", "1.0.2", "1.0.3", "1.0.32", "2.0", "2.0.0")
UNSPOKEN = ("0.9", "0.95", "1.1.0", "1.10", "2.1.0", "3.0.0", "1", "1.0.x", "1.0.3, 2.0.0", "nonsense")
ANSWERS: dict[int, tuple[str, dict[str, Any]]] = {
    200: ("/statements", {}),
    400: ("/statements", {"limit": "-1"}),
    404: ("/statements", {"statementId": "ec531277-b57b-4c15-8d91-d292c5b2b8f7"}),
}


@requirement("Communication 3.3", "4.1.7")
@pytest.mark.parametrize("said", SPOKEN)
@pytest.mark.parametrize("status", ANSWERS)
def test_an_answer_says_the_version_of_its_request(lrs: Lrs, said: str, status: int) -> None:
    path, asked = ANSWERS[status]
    answer = lrs(said).get(path, **asked)

    assert (answer.status_code, answer.headers[HEADER]) == (status, said)


@requirement("Communication 3.3", "4.1.7")
@pytest.mark.parametrize("said", ["", *UNSPOKEN])
@pytest.mark.parametrize("path", RESOURCES)
def test_a_version_that_is_not_spoken_or_not_named_is_refused_and_told_why(lrs: Lrs, said: str, path: str) -> None:
    answer = lrs(said).get(path, **RESOURCES[path])

    assert answer.status_code == 400
    assert answer.headers[HEADER].startswith(("1.0", "2.0"))
    assert HEADER in answer.text
    assert said in answer.text


@requirement("Communication 3.3", "4.1.7")
@pytest.mark.parametrize("said", ["", "0.95", "1.1.0"])
def test_what_came_in_such_a_version_is_not_kept(lrs: Lrs, said: str) -> None:
    made = statement()
    post = lrs(said).post(made).status_code
    put = lrs(said).ask("PUT", "/statements", made, statementId=made["id"]).status_code

    assert (post, put) == (400, 400)
    assert lrs(V1).get(statementId=made["id"]).status_code == 404


@requirement("Communication 3.3", "4.1.7")
@pytest.mark.parametrize(("writer", "reader"), [(V1, V2), (V2, V1)])
def test_a_statement_is_never_converted_for_a_reader_of_another_version(lrs: Lrs, writer: str, reader: str) -> None:
    made = statement(version="1.0.0" if writer == V1 else "2.0.0")
    lrs(writer).post(made)

    assert lrs(reader).get(statementId=made["id"]).text == lrs(writer).get(statementId=made["id"]).text
