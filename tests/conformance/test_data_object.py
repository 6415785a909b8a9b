"""Objects: activities, agents and groups, references to statements (Data 2.4.4; 2.0: 4.2.2.3)."""

from uuid import uuid4

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said
from tests.lrs.xapi.test_examples import GONE

DEFINITION = "object.definition"
AGENT = {"objectType": "Agent", "mbox": "mailto:chi@example.org"}
GROUP = {"objectType": "Group", "member": [AGENT]}
REFERENCE = {"objectType": "StatementRef", "id": "1e1b8bdb-5b4e-4d32-8c3f-0d1b1f9a4b11"}
INTERACTIONS = {
    "true-false": (None, "true"),
    "choice": ("choices", "a[,]b"),
    "fill-in": (None, "{case_matters=true}{lang=vi}Hà Nội[,]Huế"),
    "long-fill-in": (None, "x" * 5000),
    "matching": ("source", "a[.]b"),
    "performance": ("steps", "a[.]1:2[,]b[.]x"),
    "sequencing": ("choices", "a[,]b"),
    "likert": ("scale", "a"),
    "numeric": (None, "1[:]4"),
    "other": (None, "anything"),
}

KINDS = [
    Rule("an object's type is one of five", {"object.objectType": "Person"}, {"object.objectType": "Activity"}),
    Rule("an object's type keeps its case", {"object": AGENT | {"objectType": "AGENT"}}, {"object": AGENT}),
    Rule("an object's type is a string", {"object.objectType": 1}, {"object.objectType": "Activity"}),
    Rule("an object is one kind only", {"object": AGENT | {"id": "http://example.org/a"}}, {"object": AGENT}),
]

ACTIVITIES = [
    Rule("an activity has an id", {"object": {"objectType": "Activity"}}, {"object": {"id": "http://example.org/a"}}),
    Rule("an activity's id is an IRI", {"object.id": "lesson 1"}, {"object.id": "urn:example:lesson-1"}),
    Rule("an activity's id has a scheme", {"object.id": "example.org/a"}, {"object.id": "http://ví.dụ.vn/bài-1"}),
    Rule("an id's scheme is one", {"object.id": "ab=c://should.fail"}, {"object.id": "ab+c://example.org"}),
    Rule("an activity's id is a string", {"object.id": 1}, {"object.id": "urn:1"}),
    Rule("a definition is an object", {DEFINITION: []}, {DEFINITION: {}}),
    Rule("a name is a language map", {f"{DEFINITION}.name": "Bài"}, {f"{DEFINITION}.name": {"vi": "Bài"}}),
    Rule("a name's key is a language", {f"{DEFINITION}.name": {"": "Bài"}}, {f"{DEFINITION}.name": {"vi-VN": "Bài"}}),
    Rule("a name's value is a string", {f"{DEFINITION}.name": {"vi": 1}}, {f"{DEFINITION}.name": {"vi": "1"}}),
    Rule("a description is a language map", {f"{DEFINITION}.description": 1}, {f"{DEFINITION}.description": {}}),
    Rule("a type is an IRI", {f"{DEFINITION}.type": "course"}, {f"{DEFINITION}.type": "http://example.org/course"}),
    Rule("moreInfo is an IRL", {f"{DEFINITION}.moreInfo": "more"}, {f"{DEFINITION}.moreInfo": "https://example.org"}),
    Rule("extensions are a map", {f"{DEFINITION}.extensions": [1]}, {f"{DEFINITION}.extensions": {"x:y": [1]}}),
    Rule(
        "an extension's key is an IRI", {f"{DEFINITION}.extensions": {"y": 1}}, {f"{DEFINITION}.extensions": {"x:y": 1}}
    ),
]


def interaction(kind: str, **more: object) -> dict[str, object]:
    return {DEFINITION: {"interactionType": kind} | more}


INTERACTION_RULES = [
    Rule("an interaction's type is one of ten", interaction("essay"), interaction("other")),
    Rule("an interaction's type keeps its case", interaction("Numeric"), interaction("numeric")),
    Rule(
        "a pattern is a list",
        interaction("choice", correctResponsesPattern="a"),
        interaction("choice", correctResponsesPattern=["a"]),
    ),
    Rule(
        "a pattern is of strings",
        interaction("numeric", correctResponsesPattern=[1]),
        interaction("numeric", correctResponsesPattern=["1"]),
    ),
    Rule(
        "a pattern needs the type",
        {DEFINITION: {"correctResponsesPattern": ["a"]}},
        interaction("other", correctResponsesPattern=["a"]),
    ),
    *(
        rule
        for kind, lists in (
            ("choice", ("choices",)),
            ("sequencing", ("choices",)),
            ("likert", ("scale",)),
            ("matching", ("source", "target")),
            ("performance", ("steps",)),
        )
        for name in lists
        for rule in (
            Rule(
                f"{name} of {kind} need the type",
                {DEFINITION: {name: [{"id": "a"}]}},
                interaction(kind, **{name: [{"id": "a"}]}),
            ),
            Rule(
                f"{name} of {kind} are a list",
                interaction(kind, **{name: {"id": "a"}}),
                interaction(kind, **{name: []}),
            ),
            Rule(
                f"{name} of {kind} are objects",
                interaction(kind, **{name: ["a"]}),
                interaction(kind, **{name: [{"id": "a"}]}),
            ),
            Rule(
                f"{name} of {kind} have ids",
                interaction(kind, **{name: [{}]}),
                interaction(kind, **{name: [{"id": ""}]}),
            ),
            Rule(
                f"ids of {name} of {kind} are strings",
                interaction(kind, **{name: [{"id": 1}]}),
                interaction(kind, **{name: [{"id": "1"}]}),
            ),
            Rule(
                f"ids of {name} of {kind} are distinct",
                interaction(kind, **{name: [{"id": "a"}, {"id": "b"}, {"id": "a"}]}),
                interaction(kind, **{name: [{"id": "a"}, {"id": "b"}, {"id": "A"}]}),
            ),
            Rule(
                f"{name} of {kind} are described in languages",
                interaction(kind, **{name: [{"id": "a", "description": "Một"}]}),
                interaction(kind, **{name: [{"id": "a", "description": {"vi": "Một"}}]}),
            ),
        )
    ),
]

PEOPLE = [
    Rule("an agent as the object says what it is", {"object": {"mbox": "mailto:chi@example.org"}}, {"object": AGENT}),
    Rule("a group as the object says what it is", {"object": {"member": [AGENT]}}, {"object": GROUP}),
    Rule("a group is not called an agent", {"object": GROUP | {"objectType": "Agent"}}, {"object": GROUP}),
    Rule("an agent is not called an activity", {"object": AGENT | {"objectType": "Activity"}}, {"object": AGENT}),
]

REFERENCES = [
    Rule("a reference says what it is", {"object": {"id": REFERENCE["id"]}}, {"object": REFERENCE}),
    Rule("a reference has an id", {"object": {"objectType": "StatementRef"}}, {"object": REFERENCE}),
    Rule("a reference's id is a UUID", {"object": REFERENCE | {"id": "http://example.org"}}, {"object": REFERENCE}),
    Rule("a reference has nothing else", {"object": REFERENCE | {"definition": {}}}, {"object": REFERENCE}),
    Rule(
        "a reference's type keeps its case",
        {"object": REFERENCE | {"objectType": "statementRef"}},
        {"object": REFERENCE},
    ),
]


@requirement("Data 2.4.4", "4.2.2.3")
@each(KINDS)
def test_an_object(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.4", "4.2.2.3")
@BOTH
def test_an_object_without_a_type_is_an_activity(lrs: Lrs, version: str) -> None:
    made = said({"object": {"id": f"urn:uuid:{uuid4()}"}})
    lrs(version).post(made)

    assert lrs(version).found(activity=made["object"]["id"]) == [made["id"]]


@requirement("Data 2.4.4.1", "4.2.2.3")
@each([*ACTIVITIES, *INTERACTION_RULES])
def test_an_activity(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.4.1", "4.2.2.3")
@each(
    [
        Rule(
            f"{rule.words}, in a context activity",
            {"context.contextActivities.other": [{"id": "x:y", "definition": rule.breaks[DEFINITION]}]},
            {"context.contextActivities.other": [{"id": "x:y", "definition": rule.keeps[DEFINITION]}]},
        )
        for rule in INTERACTION_RULES
    ]
)
def test_a_context_activity(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.4.1", "4.2.2.3")
@BOTH
@pytest.mark.parametrize("kind", INTERACTIONS)
def test_each_interaction_comes_back_with_a_pattern_of_any_length(lrs: Lrs, version: str, kind: str) -> None:
    components, pattern = INTERACTIONS[kind]
    listed: dict[str, object] = {components: [{"id": "a"}, {"id": "b"}]} if components else {}
    definition = {"interactionType": kind, "correctResponsesPattern": [pattern] * 20} | listed
    made = said({DEFINITION: definition})
    lrs(version).post(made)
    kept = lrs(version).get(statementId=made["id"]).json

    assert kept is not None
    assert kept["object"]["definition"] == definition


@requirement("Data 2.4.4.1", "4.2.2.3")
@BOTH
def test_an_empty_pattern_says_that_no_answer_is_right(lrs: Lrs, version: str) -> None:
    assert lrs(version).post(said(interaction("choice", correctResponsesPattern=[]))).status_code == 200


@requirement("Data 2.4.4.2", "4.2.2.3")
@each(PEOPLE)
def test_people_as_an_object(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.4.3", "4.2.2.3")
@each(REFERENCES)
def test_a_reference(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.4.3", "4.2.2.3")
@BOTH
def test_what_a_reference_names_need_not_be_there(lrs: Lrs, version: str) -> None:
    assert lrs(version).post(said({"object": REFERENCE | {"id": str(uuid4())}})).status_code == 200


@requirement("Data 2.4.4.1", "4.2.2.3")
@BOTH
def test_an_activity_with_nothing_but_an_id_is_enough(lrs: Lrs, version: str) -> None:
    assert lrs(version).post(said({"object": {"id": "x:y"}, "verb.display": GONE})).status_code == 200
