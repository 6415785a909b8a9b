"""The Agents resource: a Person for an Agent (Communication 2.4; 2.0: 4.1.6.3)."""

import json
from typing import Any

import pytest

from tests.conformance.requirements import BOTH, Lrs, requirement
from tests.conformance.test_data_actor import ACCOUNT, IDENTIFIERS, MEMBER
from tests.parts.programs import statement

GROUP = {"objectType": "Group", "mbox": "mailto:team@example.org"}


@requirement("Communication 2.4", "4.1.6.3")
@BOTH
@pytest.mark.parametrize("name", IDENTIFIERS)
@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_a_person_has_lists_of_what_was_asked_with(lrs: Lrs, version: str, name: str, *, known: bool) -> None:
    agent = {name: IDENTIFIERS[name], "name": "Bình"}
    if known:
        lrs(version).post(statement(actor=agent))
    answer = lrs(version).get("/agents", agent=agent)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json == {"objectType": "Person", name: [IDENTIFIERS[name]], "name": ["Bình"]}


@requirement("Communication 2.4", "4.1.6.3")
@BOTH
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"agent": ""},
        {"agent": "binh"},
        {"agent": "{}"},
        {"agent": json.dumps({"name": "Bình"})},
        {"agent": json.dumps(GROUP)},
        {"agent": json.dumps(GROUP | {"member": [MEMBER]})},
        {"agent": json.dumps({"objectType": "Person", "mbox": ["mailto:a@b.vn"]})},
        {"agent": json.dumps({"mbox": ["mailto:a@b.vn"]})},
        {"agent": json.dumps({"mbox": "mailto:a@b.vn", "account": ACCOUNT})},
        {"agent": json.dumps({"mbox": "a@b.vn"})},
        {"Agent": json.dumps(MEMBER)},
        {"agent": json.dumps(MEMBER), "limit": "1"},
    ],
    ids=str,
)
def test_what_is_no_agent_is_refused(lrs: Lrs, version: str, asked: dict[str, Any]) -> None:
    assert lrs(version).get("/agents", **asked).status_code == 400
    assert lrs(version).get("/agents", agent=MEMBER).status_code == 200
