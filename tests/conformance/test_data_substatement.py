"""SubStatements: what has not happened, held to the rules of what has (Data 2.4.4.3; 2.0: 4.2.2.3)."""

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said
from tests.conformance.test_data_result import RULES as RESULTS
from tests.conformance.test_data_verb import RULES as VERBS
from tests.lrs.xapi.test_examples import GONE
from tests.parts.programs import V1, V2

CHI = {"mbox": "mailto:chi@example.org"}
SUB = {
    "objectType": "SubStatement",
    "actor": CHI,
    "verb": {"id": "http://example.org/verbs/read", "display": {"vi": "sẽ đọc"}},
    "object": {"id": "http://example.org/book"},
}
REFERENCE = {"objectType": "StatementRef", "id": "1e1b8bdb-5b4e-4d32-8c3f-0d1b1f9a4b11"}
WITH = {"object": SUB}

RULES = [
    Rule("it says what it is", WITH | {"object.objectType": GONE}, WITH),
    Rule("its type keeps its case", WITH | {"object.objectType": "substatement"}, WITH),
    *(Rule(f"it has {name}", WITH | {f"object.{name}": GONE}, WITH) for name in ("actor", "verb", "object")),
    *(
        Rule(f"it has no {name}", WITH | {f"object.{name}": value}, WITH | {name: value})
        for name, value in (
            ("id", "1e1b8bdb-5b4e-4d32-8c3f-0d1b1f9a4b12"),
            ("stored", "2026-01-31T08:00:00Z"),
            ("version", "1.0.0"),
            ("authority", CHI),
        )
    ),
    Rule("it holds no other", WITH | {"object.object": SUB}, WITH | {"object.object": REFERENCE}),
    Rule("it holds nothing unknown", WITH | {"object.mood": "good"}, WITH),
    Rule(
        "its agents say what they are as objects",
        WITH | {"object.object": CHI},
        WITH | {"object.object": CHI | {"objectType": "Agent"}},
    ),
    Rule(
        "its revision goes with an activity",
        WITH | {"object.object": REFERENCE, "object.context.revision": "1"},
        WITH | {"object.context.revision": "1"},
    ),
    Rule(
        "its platform goes with an activity",
        WITH | {"object.object": REFERENCE, "object.context.platform": "1"},
        WITH | {"object.context.platform": "1"},
    ),
    Rule(
        "its registration is a UUID",
        WITH | {"object.context.registration": "1"},
        WITH | {"object.context.registration": REFERENCE["id"]},
    ),
    Rule("its attachments are whole", WITH | {"object.attachments": [{}]}, WITH | {"object.attachments": []}),
    Rule(
        "its timestamp is one",
        WITH | {"object.timestamp": "tomorrow"},
        WITH | {"object.timestamp": "2999-01-31T08:00:00Z"},
    ),
    Rule(
        "its context activities have known roles",
        WITH | {"object.context.contextActivities": {"kin": []}},
        WITH | {"object.context.contextActivities": {"other": []}},
    ),
    Rule(
        "its context agents are agents",
        WITH | {"object.context.contextAgents": [{"objectType": "contextAgent", "agent": {"name": "Chi"}}]},
        WITH | {"object.context.contextAgents": [{"objectType": "contextAgent", "agent": CHI}]},
        versions=(V2,),
    ),
    Rule("1.0.3 knows no context agents in it", WITH | {"object.context.contextAgents": []}, WITH, versions=(V1,)),
]


def deeper(rule: Rule) -> Rule:
    within = rule.under("object")
    return Rule(within.words, WITH | within.breaks, WITH | within.keeps, within.versions)


@requirement("Data 2.4.4.3", "4.2.2.3")
@each(RULES)
def test_a_substatement(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.4.3", "4.2.2.3")
@each([deeper(rule) for rule in (*VERBS, *RESULTS)])
def test_a_substatement_is_held_to_the_rules_of_a_statement(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.4.3", "4.2.2.3")
@BOTH
@pytest.mark.parametrize(
    "thing",
    [{"id": "x:y"}, CHI | {"objectType": "Agent"}, {"objectType": "Group", "member": [CHI]}, REFERENCE],
    ids=["activity", "agent", "group", "reference"],
)
def test_a_substatement_is_about_anything_but_another(lrs: Lrs, version: str, thing: dict[str, object]) -> None:
    assert lrs(version).post(said({"object": SUB | {"object": thing}})).status_code == 200
