"""PUT and POST statements (Communication 2.1.1, 2.1.2; 2.0: 4.1.6.1)."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conformance.requirements import BOTH, Lrs, requirement, said
from tests.lrs.xapi.test_examples import GONE
from tests.parts.programs import NOBODYS, Partner, statement

OTHER = {"verb": {"id": "http://example.org/other"}}


def put(program: Partner, body: Any, **parameters: Any) -> int:
    return program.ask("PUT", "/statements", body, **parameters).status_code


@requirement("Communication 2.1.1", "4.1.6.1")
@BOTH
@pytest.mark.parametrize("with_id", [True, False], ids=["with an id", "without"])
def test_put_keeps_a_statement_under_the_id_in_the_address(lrs: Lrs, version: str, *, with_id: bool) -> None:
    wanted = str(uuid4())
    made = said({"id": wanted if with_id else GONE})
    answer = lrs(version).ask("PUT", "/statements", made, statementId=wanted)

    assert (answer.status_code, answer.data) == (204, b"")
    assert (lrs(version).get(statementId=wanted).json or {})["id"] == wanted


@requirement("Communication 2.1.1", "4.1.6.1")
@BOTH
@pytest.mark.parametrize(
    "parameters",
    [{}, {"statementId": ""}, {"statementId": "1"}, {"statementid": "GOOD"}, {"statementId": "GOOD", "limit": "1"}],
    ids=str,
)
def test_put_needs_the_id_and_nothing_else(lrs: Lrs, version: str, parameters: dict[str, str]) -> None:
    made = statement()
    asked = {name: made["id"] if value == "GOOD" else value for name, value in parameters.items()}

    assert put(lrs(version), made, **asked) == 400
    assert put(lrs(version), made, statementId=made["id"]) == 204


@requirement("Communication 2.1.1", "4.1.6.1")
@BOTH
def test_put_under_another_id_than_its_own_is_refused(lrs: Lrs, version: str) -> None:
    made = statement()

    assert put(lrs(version), made, statementId=str(uuid4())) == 400
    assert put(lrs(version), made, statementId=made["id"].upper()) == 204


@requirement("Communication 2.1.1", "4.1.6.1")
@BOTH
@pytest.mark.parametrize("count", [0, 1, 2])
def test_put_is_for_one_statement_and_no_list(lrs: Lrs, version: str, count: int) -> None:
    made = statement()

    assert put(lrs(version), [made] * count, statementId=made["id"]) == 400
    assert lrs(version).get(statementId=made["id"]).status_code == 404


@requirement("Communication 2.1.1", "4.1.6.1")
@BOTH
def test_put_again_changes_nothing_and_says_if_it_differs(lrs: Lrs, version: str) -> None:
    made = statement()
    first = put(lrs(version), made, statementId=made["id"])
    before = lrs(version).get(statementId=made["id"]).text
    same = put(lrs(version), made, statementId=made["id"])
    other = put(lrs(version), made | OTHER, statementId=made["id"])

    assert (first, same, other) == (204, 204, 409)
    assert lrs(version).get(statementId=made["id"]).text == before


@requirement("Communication 2.1.2", "4.1.6.1")
@BOTH
def test_post_names_the_ids_in_the_order_of_the_statements(lrs: Lrs, version: str) -> None:
    batch = [said({"id": GONE}) if at % 2 else statement() for at in range(6)]
    answer = lrs(version).post(batch)
    one = lrs(version).post(said({"id": GONE}))

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json[::2] == [made["id"] for made in batch[::2]]
    assert len({UUID(each) for each in answer.json}) == 6
    assert one.json is not None
    assert len(one.json) == 1


@requirement("Communication 2.1.2", "4.1.6.1")
@BOTH
@pytest.mark.parametrize("parameters", [{"statementId": NOBODYS}, {"limit": "1"}, {"mood": "good"}], ids=str)
def test_post_takes_no_parameters(lrs: Lrs, version: str, parameters: dict[str, str]) -> None:
    assert lrs(version).post(statement(), **parameters).status_code == 400


@requirement("Communication 2.1.2", "4.1.6.1")
@BOTH
def test_post_again_changes_nothing_and_says_if_it_differs(lrs: Lrs, version: str) -> None:
    made = statement()
    first = lrs(version).post(made)
    before = lrs(version).get(statementId=made["id"]).text
    same = lrs(version).post(made)
    other = lrs(version).post(made | OTHER)

    assert (first.json, same.json, other.status_code) == ([made["id"]], [made["id"]], 409)
    assert lrs(version).get(statementId=made["id"]).text == before


@requirement("Communication 2.1.2", "4.1.6.1")
@BOTH
@pytest.mark.parametrize("second", [{}, OTHER], ids=["the same statement", "another"])
@pytest.mark.parametrize("upper", [False, True], ids=["as it is", "in capitals"])
def test_one_id_twice_in_a_batch_is_refused(lrs: Lrs, version: str, second: dict[str, Any], *, upper: bool) -> None:
    made = statement()
    twin = made | second | {"id": made["id"].upper() if upper else made["id"]}

    assert lrs(version).post([made, twin]).status_code == 400
    assert lrs(version).get(statementId=made["id"]).status_code == 404


@requirement("Communication 2.1.2", "4.1.6.1")
@BOTH
@pytest.mark.parametrize("wrong", [{"actor": {}}, {"id": "1"}, {"mood": "good"}], ids=str)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_batch_is_kept_whole_or_not_at_all(each_lrs: Lrs, version: str, wrong: dict[str, Any], at: int) -> None:
    program = each_lrs(version)
    batch = [statement() for _ in range(3)]
    broken = [made | wrong if place == at else made for place, made in enumerate(batch)]

    assert program.post(broken).status_code == 400
    assert program.found() == []
    assert program.post(batch).status_code == 200
    assert len(program.found()) == 3
