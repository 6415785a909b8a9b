"""Authority: who stands behind a statement (Data 2.4.9; 2.0: 4.2.4.2)."""

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said
from tests.parts.installations import Installation
from tests.parts.programs import Partner

USER = {"mbox": "mailto:chi@example.org"}
CONSUMER = {"account": {"homePage": "http://example.org/OAuth/token", "name": "consumer"}}
OAUTH = {"objectType": "Group", "member": [CONSUMER, USER]}

RULES = [
    Rule("it is an Agent", {"authority": {"name": "Chi"}}, {"authority": USER}),
    Rule("it is no list", {"authority": [USER]}, {"authority": USER}),
    Rule("a Group has two members, not one", {"authority": OAUTH | {"member": [CONSUMER]}}, {"authority": OAUTH}),
    Rule(
        "a Group has two members, not three",
        {"authority": OAUTH | {"member": [CONSUMER, USER, USER]}},
        {"authority": OAUTH},
    ),
    Rule("a Group has no identifier", {"authority": OAUTH | USER}, {"authority": OAUTH}),
    Rule(
        "a Group has the application's account", {"authority": OAUTH | {"member": [USER, USER]}}, {"authority": OAUTH}
    ),
    Rule("a Group has members", {"authority": {"objectType": "Group"}}, {"authority": OAUTH}),
]


@requirement("Data 2.4.9", "4.2.4.2")
@each(RULES)
def test_an_authority_that_is_sent_is_checked(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.9", "4.2.4.2")
@BOTH
@pytest.mark.parametrize("sent", [{}, {"authority": USER}, {"authority": OAUTH}], ids=["left out", "agent", "group"])
def test_an_authority_is_the_keys_own_whatever_was_sent(lrs: Lrs, version: str, sent: dict[str, object]) -> None:
    made = said(sent)
    lrs(version).post(made)
    kept = lrs(version).get(statementId=made["id"]).json

    assert kept is not None
    assert kept["authority"]["objectType"] == "Agent"
    assert set(kept["authority"]["account"]) == {"homePage", "name"}
    assert made["id"] in lrs(version).found(agent=kept["authority"], related_agents="true")


@requirement("Data 2.4.9", "4.2.4.2")
@BOTH
def test_two_keys_are_two_authorities(shared: Installation, lrs: Lrs, version: str) -> None:
    mine, theirs = said({}), said({})
    lrs(version).post(mine)
    Partner(shared, shared.key(), version).post(theirs)
    authorities = [(lrs(version).get(statementId=one["id"]).json or {})["authority"] for one in (mine, theirs)]

    assert authorities[0] != authorities[1]
