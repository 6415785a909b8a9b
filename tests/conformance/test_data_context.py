"""Contexts: where, with whom, as part of what (Data 2.4.6; 2.0: 4.2.2.5)."""

from typing import Any

import pytest

from tests.conformance.requirements import BOTH, NOWHERE, Lrs, Rule, each, requirement, said
from tests.parts.programs import V2

CHI = {"mbox": "mailto:chi@example.org"}
AGENT = CHI | {"objectType": "Agent"}
GROUP = {"objectType": "Group", "member": [CHI]}
REFERENCE = {"objectType": "StatementRef", "id": "1e1b8bdb-5b4e-4d32-8c3f-0d1b1f9a4b11"}
SUB = {"objectType": "SubStatement", "actor": CHI, "verb": {"id": "x:v"}, "object": {"id": "x:o"}}
ACTIVITY = {"id": "http://example.org/course"}
ROLES = ("parent", "grouping", "category", "other")
TYPES = ["http://example.org/types/mentor"]
MENTOR: dict[str, Any] = {"objectType": "contextAgent", "agent": CHI, "relevantTypes": TYPES}
CLASS: dict[str, Any] = {"objectType": "contextGroup", "group": GROUP, "relevantTypes": TYPES}

RULES = [
    Rule("registration is a UUID", {"context.registration": "1"}, {"context.registration": REFERENCE["id"]}),
    Rule("an instructor is an actor", {"context.instructor": {"name": "Chi"}}, {"context.instructor": GROUP}),
    Rule("a team is a group", {"context.team": CHI}, {"context.team": GROUP}),
    Rule("a team is not called an agent", {"context.team": AGENT}, {"context.team": CHI | {"objectType": "Group"}}),
    Rule("revision is a string", {"context.revision": 1}, {"context.revision": "1"}),
    Rule("platform is a string", {"context.platform": {}}, {"context.platform": "web"}),
    Rule("language is a tag", {"context.language": "tiếng Việt"}, {"context.language": "vi-VN"}),
    Rule("statement is a reference", {"context.statement": SUB}, {"context.statement": REFERENCE}),
    Rule("statement says what it is", {"context.statement": {"id": REFERENCE["id"]}}, {"context.statement": REFERENCE}),
    Rule("an extension's key is an IRI", {"context.extensions": {"tries": 3}}, {"context.extensions": {"x:tries": 3}}),
    Rule("a context has nothing unknown", {"context.mood": "good"}, {"context": {}}),
    *(
        Rule(f"{name} goes with an activity, not {kind}", {"object": thing, f"context.{name}": "1"}, {"object": thing})
        for name in ("revision", "platform")
        for kind, thing in (
            ("an agent", AGENT),
            ("a group", GROUP),
            ("a reference", REFERENCE),
            ("a substatement", SUB),
        )
    ),
    *(
        Rule(
            f"{name} goes with an activity that does not say so",
            {"object": REFERENCE, f"context.{name}": "1"},
            {"object": ACTIVITY, f"context.{name}": "1"},
        )
        for name in ("revision", "platform")
    ),
]

AROUND = [
    Rule(
        "a role is one of four",
        {"context.contextActivities": {"sibling": [ACTIVITY]}},
        {"context.contextActivities": {role: [ACTIVITY] for role in ROLES}},
    ),
    *(
        rule.under(f"context.contextActivities.{role}")
        for role in ROLES
        for rule in (
            Rule("it holds activities", {"": [AGENT]}, {"": [ACTIVITY]}),
            Rule("a single one is an activity", {"": AGENT}, {"": ACTIVITY}),
            Rule("it holds objects", {"": [ACTIVITY["id"]]}, {"": []}),
            Rule("each has an id", {"": [ACTIVITY, {"objectType": "Activity"}]}, {"": [ACTIVITY, ACTIVITY]}),
            Rule("each id is an IRI", {"": [{"id": "course"}]}, {"": [{"id": "x:course"}]}),
            Rule("none is a reference", {"": [REFERENCE]}, {"": [ACTIVITY | {"objectType": "Activity"}]}),
        )
    ),
]


def entries(name: str, inner: str, right: dict[str, Any], wrongs: dict[str, Any]) -> list[Rule]:
    """Tell how an entry of contextAgents or contextGroups can be wrong."""
    place = f"context.{name}"
    return [
        Rule(
            f"{name}: {words}", {place: wrong if isinstance(wrong, list) else [right | wrong]}, {place: [right]}, (V2,)
        )
        for words, wrong in (
            {
                "the type keeps its case": {"objectType": right["objectType"].capitalize()},
                "the type is its own": {"objectType": "Agent"},
                "the type stands there": [{inner: right[inner]}],
                f"the {inner} stands there": [{"objectType": right["objectType"]}],
                f"the {inner} has an identifier or members": {inner: {"objectType": inner.capitalize(), "name": "Chi"}},
                "types are not an empty list": {"relevantTypes": []},
                "types are a list": {"relevantTypes": TYPES[0]},
                "types are IRIs": {"relevantTypes": ["mentor"]},
                "types are strings": {"relevantTypes": [1]},
                "nothing unknown": {"role": "mentor"},
                "entries are objects": ["chi"],
            }
            | wrongs
        ).items()
    ]


WITH_WHOM = [
    *entries("contextAgents", "agent", MENTOR, {"an agent is no group": {"agent": GROUP}}),
    *entries("contextGroups", "group", CLASS, {"a group is no agent": {"group": AGENT}}),
    Rule(
        "contextAgents are a list",
        {"context.contextAgents": MENTOR},
        {"context.contextAgents": [MENTOR, MENTOR]},
        (V2,),
    ),
    Rule(
        "contextGroups are a list", {"context.contextGroups": CLASS}, {"context.contextGroups": [CLASS, CLASS]}, (V2,)
    ),
]


@requirement("Data 2.4.6", "4.2.2.5")
@each(RULES)
def test_a_context(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.6.1", "4.2.2.5")
@BOTH
def test_a_registration_is_found_whatever_its_case(lrs: Lrs, version: str) -> None:
    made = said({"context.registration": "7D9E0F1A-2B3C-4D5E-8F6A-1B2C3D4E5F6A"})
    lrs(version).post(made)

    assert made["id"] in lrs(version).found(registration="7d9e0f1a-2b3c-4d5e-8f6a-1b2c3d4e5f6a")


@requirement("Data 2.4.6.2", "4.2.2.5")
@each(AROUND)
def test_context_activities(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.6.2", "4.2.2.5")
@BOTH
@pytest.mark.parametrize("format_", ["exact", "ids", "canonical"])
@pytest.mark.parametrize("role", ROLES)
def test_a_single_context_activity_comes_back_as_a_list_of_one(lrs: Lrs, version: str, role: str, format_: str) -> None:
    context = {"contextActivities": {role: ACTIVITY}}
    made = said({"context": context, "object": SUB | {"context": context}})
    lrs(version).post(made)
    kept = lrs(version).get(statementId=made["id"], format=format_).json

    assert kept is not None
    assert kept["context"] == {"contextActivities": {role: [ACTIVITY]}}
    assert kept["object"]["context"] == {"contextActivities": {role: [ACTIVITY]}}


@requirement(NOWHERE, "4.2.2.5")
@each(WITH_WHOM)
def test_context_agents_and_groups(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement(NOWHERE, "4.2.2.5")
def test_context_agents_and_groups_come_back_and_are_found_as_related(lrs: Lrs) -> None:
    mentor, team = {"mbox": "mailto:mentor@example.org"}, {"objectType": "Group", "mbox": "mailto:team@example.org"}
    context = {
        "contextAgents": [{"objectType": "contextAgent", "agent": mentor}],
        "contextGroups": [{"objectType": "contextGroup", "group": team, "relevantTypes": TYPES}],
    }
    made = said({"context": context})
    lrs(V2).post(made)
    kept = lrs(V2).get(statementId=made["id"]).json

    assert kept is not None
    assert kept["context"] == context
    for agent in (mentor, team):
        assert lrs(V2).found(agent=agent) == []
        assert lrs(V2).found(agent=agent, related_agents="true") == [made["id"]]
