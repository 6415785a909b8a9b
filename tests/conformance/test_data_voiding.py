"""Voiding: a statement that takes another out of sight, and is never taken out itself (Data 2.3.2; 2.0: 4.2.5)."""

from typing import Any
from uuid import uuid4

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement
from tests.parts.programs import statement

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
REFERENCE = {"objectType": "StatementRef", "id": "1e1b8bdb-5b4e-4d32-8c3f-0d1b1f9a4b11"}
AGENT = {"objectType": "Agent", "mbox": "mailto:chi@example.org"}
SUB = {"objectType": "SubStatement", "actor": AGENT, "verb": {"id": "x:v"}, "object": {"id": "x:o"}}


def voiding(statement_id: str, **more: Any) -> dict[str, Any]:
    return statement(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": statement_id}, **more)


@requirement("Data 2.3.2", "4.2.5")
@each(
    [
        Rule(
            f"its object is a reference, not {words}",
            {"verb": {"id": VOIDED}, "object": thing},
            {"verb": {"id": VOIDED}, "object": REFERENCE},
        )
        for words, thing in (
            ("an activity", {"id": "x:y"}),
            ("an agent", AGENT),
            ("a substatement", SUB),
            ("a reference that does not say so", {"id": REFERENCE["id"]}),
            ("a reference to nothing", {"objectType": "StatementRef"}),
        )
    ]
    + [
        Rule(
            "a SubStatement voids as little without a reference",
            {"object": SUB | {"verb": {"id": VOIDED}}},
            {"object": SUB | {"verb": {"id": VOIDED}, "object": REFERENCE}},
        )
    ]
)
def test_a_voiding_statement(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.3.2", "4.2.5")
@BOTH
def test_a_voided_statement_is_given_to_who_asks_for_a_voided_one_alone(lrs: Lrs, version: str) -> None:
    wrong = statement()
    lrs(version).post(wrong)
    lrs(version).post(voiding(wrong["id"]))

    assert lrs(version).get(statementId=wrong["id"]).status_code == 404
    assert lrs(version).get(voidedStatementId=wrong["id"]).status_code == 200


@requirement("Data 2.3.2", "4.2.5")
@BOTH
def test_a_statement_that_is_not_voided_is_not_given_as_one(lrs: Lrs, version: str) -> None:
    right = statement()
    lrs(version).post(right)

    assert lrs(version).get(voidedStatementId=right["id"]).status_code == 404


@requirement("Data 2.3.2", "4.2.5")
@BOTH
@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one after the other"])
def test_a_voiding_statement_is_never_voided(lrs: Lrs, version: str, *, together: bool) -> None:
    wrong = statement()
    void = voiding(wrong["id"])
    undo = voiding(void["id"])
    for body in [[wrong, void, undo]] if together else [wrong, void, undo]:
        lrs(version).post(body)

    assert lrs(version).get(statementId=void["id"]).status_code == 200
    assert lrs(version).get(voidedStatementId=void["id"]).status_code == 404
    assert lrs(version).get(statementId=wrong["id"]).status_code == 404


@requirement("Data 2.3.2", "4.2.5")
@BOTH
def test_what_is_voided_may_be_unknown_and_come_later(lrs: Lrs, version: str) -> None:
    late = statement()
    answer = lrs(version).post(voiding(late["id"]))
    lrs(version).post(late)

    assert answer.status_code == 200
    assert lrs(version).get(statementId=late["id"]).status_code == 404
    assert lrs(version).get(voidedStatementId=late["id"]).status_code == 200


@requirement("Data 2.3.2", "4.2.5")
@BOTH
@pytest.mark.parametrize(
    "harmless",
    [
        lambda target: statement(object={"objectType": "StatementRef", "id": target}),
        lambda target: statement(context={"statement": {"objectType": "StatementRef", "id": target}}),
        lambda target: statement(
            object=SUB | {"verb": {"id": VOIDED}, "object": {"objectType": "StatementRef", "id": target}}
        ),
        lambda target: voiding(str(uuid4()), context={"statement": {"objectType": "StatementRef", "id": target}}),
    ],
    ids=["a reference with another verb", "a reference in the context", "a SubStatement", "voids another"],
)
def test_nothing_else_voids(lrs: Lrs, version: str, harmless: Any) -> None:
    there = statement()
    lrs(version).post(there)
    lrs(version).post(harmless(there["id"]))

    assert lrs(version).get(statementId=there["id"]).status_code == 200


@requirement("Data 2.3.2", "4.2.5")
@BOTH
def test_what_was_voided_may_be_said_again_under_another_id(lrs: Lrs, version: str) -> None:
    wrong = statement()
    lrs(version).post(wrong)
    lrs(version).post(voiding(wrong["id"]))
    again = wrong | {"id": str(uuid4())}

    assert lrs(version).post(again).status_code == 200
    assert lrs(version).get(statementId=again["id"]).status_code == 200
