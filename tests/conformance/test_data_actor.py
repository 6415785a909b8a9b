"""Actors: Agents, Groups, and the identifier each is known by (Data 2.4.2; 2.0: 4.2.2.1)."""

from typing import Any

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said
from tests.parts.programs import V2

MBOX = "mailto:binh@example.org"
SHA1 = "a6eb1e2ee9e2d1c1b1a7d3f7a4e2c6f8b9d0e1f2"
OPENID = "https://example.org/people/binh"
ACCOUNT = {"homePage": "https://example.org", "name": "binh"}
IDENTIFIERS = {"mbox": MBOX, "mbox_sha1sum": SHA1, "openid": OPENID, "account": ACCOUNT}
AGENT = {"objectType": "Agent", "mbox": MBOX}
MEMBER = {"mbox": "mailto:chi@example.org"}
GROUP = {"objectType": "Group", "member": [MEMBER]}
TEAM = {"objectType": "Group", "mbox": MBOX}

AGENTS = ("actor", "object", "context.instructor", "object.actor", "authority")
GROUPS = ("actor", "object", "context.instructor", "context.team", "object.actor")


def placed(rules: list[Rule], places: tuple[str, ...]) -> list[Rule]:
    """Ask the same at every place where an actor can stand."""
    return [rule.under(place) if place != "object.actor" else in_sub(rule) for rule in rules for place in places]


def in_sub(rule: Rule) -> Rule:
    sub = {"object": {"objectType": "SubStatement", "verb": {"id": "http://example.org/v"}, "object": {"id": "x:y"}}}
    there = rule.under("object.actor")
    return Rule(there.words, sub | there.breaks, sub | there.keeps, there.versions)


AGENT_RULES = [
    Rule("an Agent has an identifier", {"": {"objectType": "Agent", "name": "Bình"}}, {"": AGENT | {"name": "Bình"}}),
    Rule("an Agent's objectType is written so", {"": AGENT | {"objectType": "agent"}}, {"": AGENT}),
    Rule("an Agent's objectType is a string", {"": AGENT | {"objectType": 1}}, {"": AGENT}),
    Rule("an Agent's name is a string", {"": AGENT | {"name": ["Bình"]}}, {"": AGENT | {"name": "Bình"}}),
    Rule("an Agent has no members", {"": AGENT | {"member": [MEMBER]}}, {"": AGENT}),
    Rule("an Agent has nothing unknown", {"": AGENT | {"phone": "113"}}, {"": AGENT | {"name": "113"}}),
    *(
        Rule(
            f"an Agent has {one} or {other}, not both",
            {"": {"objectType": "Agent", one: IDENTIFIERS[one], other: IDENTIFIERS[other]}},
            {"": {"objectType": "Agent", one: IDENTIFIERS[one]}},
        )
        for one in IDENTIFIERS
        for other in IDENTIFIERS
        if one < other
    ),
]

GROUP_RULES = [
    Rule("a Group without identifier has members", {"": {"objectType": "Group", "name": "7A"}}, {"": GROUP}),
    Rule("members are a list", {"": GROUP | {"member": MEMBER}}, {"": GROUP}),
    Rule("a member is an object", {"": GROUP | {"member": [MBOX]}}, {"": GROUP}),
    Rule("a member has an identifier", {"": GROUP | {"member": [MEMBER, {"name": "Chi"}]}}, {"": GROUP}),
    Rule("an anonymous Group holds no Group", {"": GROUP | {"member": [GROUP]}}, {"": GROUP}),
    Rule("an identified Group holds no Group", {"": TEAM | {"member": [TEAM]}}, {"": TEAM | {"member": [MEMBER]}}),
    Rule("a Group's objectType is written so", {"": GROUP | {"objectType": "group"}}, {"": GROUP}),
    Rule("a Group's name is a string", {"": GROUP | {"name": 7}}, {"": GROUP | {"name": "7"}}),
    *(
        Rule(
            f"a Group has {one} or {other}, not both",
            {"": {"objectType": "Group", one: IDENTIFIERS[one], other: IDENTIFIERS[other]}},
            {"": {"objectType": "Group", one: IDENTIFIERS[one]}},
        )
        for one in IDENTIFIERS
        for other in IDENTIFIERS
        if one < other
    ),
]

NO_IDENTIFIERS: dict[str, list[Any]] = {
    "mbox": [
        "",
        "binh@example.org",
        "mailto:",
        "mailto:binh",
        "mailto:should.fail.com",
        "mailto:@example.org",
        "mailto binh@example.org",
        "http:binh@example.org",
        [MBOX],
        7,
    ],
    "mbox_sha1sum": ["", SHA1[:-1], SHA1 + "0", "g" + SHA1[1:], f"sha1:{SHA1}", MBOX, 40],
    "openid": ["", "example.org/people/binh", "ab=c://should.fail", 7],
    "account": ["binh", [ACCOUNT], {}],
}

IDENTIFIER_RULES = [
    Rule(f"{name} is not {wrong!r}", {"actor": {name: wrong}}, {"actor": {name: IDENTIFIERS[name]}})
    for name, wrongs in NO_IDENTIFIERS.items()
    for wrong in wrongs
]

ACCOUNT_RULES = [
    Rule(words, {"actor": {"account": wrong}}, {"actor": {"account": right}})
    for words, wrong, right in (
        ("an account has a home page", {"name": "binh"}, ACCOUNT),
        ("an account has a name", {"homePage": ACCOUNT["homePage"]}, ACCOUNT),
        ("a home page has a scheme", ACCOUNT | {"homePage": "example.org"}, ACCOUNT | {"homePage": "http://a"}),
        ("a home page is a string", ACCOUNT | {"homePage": 1}, ACCOUNT | {"homePage": "urn:example:1"}),
        ("a name is a string", ACCOUNT | {"name": 1}, ACCOUNT | {"name": "1"}),
        ("an account has nothing unknown", ACCOUNT | {"email": MBOX}, ACCOUNT | {"name": MBOX}),
    )
]


@requirement("Data 2.4.2.1", "4.2.2.1")
@each(placed(AGENT_RULES, AGENTS))
def test_an_agent(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.2.1", "4.2.2.1")
@BOTH
def test_the_object_type_of_an_agent_may_be_left_out(lrs: Lrs, version: str) -> None:
    assert lrs(version).post(said({"actor": {"mbox": MBOX}})).status_code == 200


@requirement("Data 2.4.2.2", "4.2.2.1")
@each(placed(GROUP_RULES, GROUPS))
def test_a_group(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.2.2", "4.2.2.1")
@BOTH
@pytest.mark.parametrize("name", IDENTIFIERS)
def test_an_identified_group_needs_no_members_and_may_have_them(lrs: Lrs, version: str, name: str) -> None:
    team = {"objectType": "Group", name: IDENTIFIERS[name]}

    for group in (team, team | {"member": []}, team | {"member": [MEMBER, AGENT]}):
        assert lrs(version).post(said({"actor": group})).status_code == 200


@requirement("Data 2.4.2.3", "4.2.2.1")
@each(IDENTIFIER_RULES)
def test_an_identifier(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.2.3", "4.2.2.1")
@BOTH
@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ({"mbox": "mailto:Dung@EXAMPLE.org"}, {"mbox": "mailto:Dung@example.ORG"}),
        ({"mbox_sha1sum": SHA1}, {"mbox_sha1sum": SHA1.upper()}),
        ({"account": ACCOUNT, "name": "Bình"}, {"account": ACCOUNT, "objectType": "Agent"}),
        ({"openid": OPENID}, {"openid": OPENID}),
    ],
    ids=["domain", "hash", "account", "openid"],
)
def test_an_agent_is_known_by_its_identifier_alone(
    lrs: Lrs, version: str, sent: dict[str, object], asked: dict[str, object]
) -> None:
    made = said({"actor": sent})
    lrs(version).post(made)

    assert made["id"] in lrs(version).found(agent=asked)


@requirement("Data 2.4.2.3", "4.2.2.1")
@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ({"mbox": "mailto:Em@example.org"}, {"mbox": "mailto:em@example.org"}),
        ({"account": ACCOUNT | {"name": "Em"}}, {"account": ACCOUNT | {"name": "em"}}),
        ({"account": ACCOUNT | {"name": "em2"}}, {"account": ACCOUNT | {"name": "em2", "homePage": "http://b"}}),
        ({"openid": "https://example.org/Em"}, {"openid": "https://example.org/em"}),
    ],
    ids=["mailbox", "account's name", "account's home page", "openid"],
)
def test_identifiers_that_differ_are_different_agents(
    lrs: Lrs, sent: dict[str, object], asked: dict[str, object]
) -> None:
    lrs(V2).post(said({"actor": sent}))

    assert lrs(V2).found(agent=sent) != []
    assert lrs(V2).found(agent=asked) == []


@requirement("Data 2.4.2.4", "4.2.2.1")
@each(ACCOUNT_RULES)
def test_an_account(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))
