"""What every statement is held to: its types, its keys, its JSON (Data 2.2, 2.4; 2.0: 4.2.1, 4.2.2)."""

import json
from typing import Any

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said
from tests.lrs.xapi.test_examples import ANSWERED, GONE, PLANNED
from tests.parts.programs import V1, V2, statement

GROUP = {"objectType": "Group", "member": [{"mbox": "mailto:chi@example.org"}]}
SHA2 = "0" * 64
ATTACHMENT = {
    "usageType": "http://example.org/usage",
    "display": {"vi": "Tệp"},
    "contentType": "text/plain",
    "length": 1,
    "sha2": SHA2,
    "fileUrl": "http://example.org/file",
}
CHOICE = {"interactionType": "choice", "choices": [{"id": "a", "description": {"vi": "Một"}}]}
SUB = {
    "objectType": "SubStatement",
    "actor": {"mbox": "mailto:chi@example.org"},
    "verb": {"id": "http://example.org/v"},
    "object": {"id": "http://example.org/o"},
}

REQUIRED = [Rule(f"a statement has {name}", {name: GONE}, {}) for name in ("actor", "verb", "object")]

NULLS = [
    Rule(f"no null in {place}", {place: None}, {place: right})
    for place, right in (
        ("id", "d3b0a1c2-2f4e-4a6b-8c7d-9e0f1a2b3c4d"),
        ("actor", {"mbox": "mailto:chi@example.org"}),
        ("actor.name", "An"),
        ("verb", {"id": "http://example.org/v"}),
        ("verb.display", {"vi": "đã làm"}),
        ("verb.display.vi", "đã làm"),
        ("object", {"id": "http://example.org/o"}),
        ("object.definition", {"name": {"vi": "Bài"}}),
        ("object.definition.name", {"vi": "Bài"}),
        ("object.definition.name.vi", "Bài"),
        ("object.definition.moreInfo", "http://example.org/more"),
        ("object.definition.extensions", {}),
        ("result", {}),
        ("result.score", {}),
        ("result.score.raw", 0),
        ("result.success", False),
        ("result.response", ""),
        ("result.extensions", {}),
        ("context", {}),
        ("context.registration", "d3b0a1c2-2f4e-4a6b-8c7d-9e0f1a2b3c4d"),
        ("context.contextActivities", {}),
        ("context.contextActivities.parent", []),
        ("context.platform", ""),
        ("context.extensions", {}),
        ("timestamp", "2026-01-31T08:00:00Z"),
        ("stored", "2026-01-31T08:00:00Z"),
        ("authority", {"mbox": "mailto:chi@example.org"}),
        ("version", "1.0.0"),
        ("attachments", []),
    )
]

TYPES = [
    Rule(f"{place} is not {wrong!r}", {place: wrong}, {place: right})
    for place, wrong, right in (
        ("actor", "An", {"mbox": "mailto:chi@example.org"}),
        ("actor", [], GROUP),
        ("actor.name", 1, "1"),
        ("actor.name", {"vi": "An"}, "An"),
        ("verb", "http://example.org/v", {"id": "http://example.org/v"}),
        ("verb.id", 1, "http://example.org/1"),
        ("verb.display", "did", {"en": "did"}),
        ("verb.display", ["did"], {}),
        ("object", "http://example.org/o", {"id": "http://example.org/o"}),
        ("object", [{"id": "http://example.org/o"}], {"id": "http://example.org/o"}),
        ("object.definition", "a lesson", {}),
        ("result", [], {}),
        ("result", True, {}),
        ("result.score", 5, {"raw": 5}),
        ("result.score.raw", "5", 5),
        ("result.score.scaled", "0.5", 0.5),
        ("result.score.min", True, 1),
        ("result.score.max", "10", 10),
        ("result.success", "true", True),
        ("result.success", 1, True),
        ("result.completion", "false", False),
        ("result.completion", 0, False),
        ("result.response", True, "true"),
        ("result.response", 5, "5"),
        ("result.duration", 60, "PT60S"),
        ("result.extensions", [], {}),
        ("context", [], {}),
        ("context.revision", 3, "3"),
        ("context.platform", ["web"], "web"),
        ("context.language", ["vi"], "vi"),
        ("context.contextActivities", [], {}),
        ("context.extensions", "x", {}),
        ("timestamp", 1769846400, "2026-01-31T08:00:00Z"),
        ("version", 1.0, "1.0.0"),
        ("attachments", ATTACHMENT, [ATTACHMENT]),
        ("attachments", [ATTACHMENT | {"length": "1"}], [ATTACHMENT]),
        ("attachments", [ATTACHMENT | {"length": 1.5}], [ATTACHMENT | {"length": 2}]),
    )
]

CASES = [
    Rule(f"{wrong} is no name of a property", {wrong: value}, {right: value})
    for wrong, right, value in (
        ("Result", "result", {}),
        ("Context", "context", {}),
        ("Timestamp", "timestamp", "2026-01-31T08:00:00Z"),
        ("Attachments", "attachments", []),
        ("actor.Name", "actor.name", "An"),
        ("verb.Display", "verb.display", {"vi": "đã làm"}),
        ("object.Definition", "object.definition", {}),
        ("object.objecttype", "object.objectType", "Activity"),
        ("object.definition.Name", "object.definition.name", {"vi": "Bài"}),
        ("object.definition.moreinfo", "object.definition.moreInfo", "http://example.org/more"),
        ("result.Score", "result.score", {}),
        ("result.score.Raw", "result.score.raw", 1),
        ("context.Registration", "context.registration", "d3b0a1c2-2f4e-4a6b-8c7d-9e0f1a2b3c4d"),
        ("context.contextactivities", "context.contextActivities", {}),
        ("context.contextActivities.Parent", "context.contextActivities.parent", []),
    )
] + [
    Rule(
        "the value of objectType keeps its case", {"object.objectType": "activity"}, {"object.objectType": "Activity"}
    ),
    Rule(
        "the value of interactionType keeps its case",
        {"object.definition": CHOICE | {"interactionType": "Choice"}},
        {"object.definition": CHOICE},
    ),
]

UNKNOWN = [
    Rule(f"nothing unknown in {place or 'a statement'}", base | {f"{place}.mood".lstrip("."): "good"}, base)
    for place, base in (
        ("", {}),
        ("actor", {}),
        ("actor.account", {"actor": {"account": {"homePage": "http://example.org", "name": "chi"}}}),
        ("verb", {}),
        ("object", {}),
        ("object.definition", {"object.definition": {}}),
        ("object.definition.choices.0", {"object.definition": CHOICE}),
        ("result", {"result": {}}),
        ("result.score", {"result.score": {}}),
        ("context", {"context": {}}),
        ("context.contextActivities", {"context.contextActivities": {}}),
        ("context.statement", {"context.statement": {"objectType": "StatementRef", "id": str(statement()["id"])}}),
        ("attachments.0", {"attachments": [ATTACHMENT]}),
        ("object.object", {"object": SUB}),
    )
]

EMPTY = [
    Rule(f"{place} is not empty", {place: ""}, {place: right})
    for place, right in (
        ("actor.mbox", "mailto:chi@example.org"),
        ("verb.id", "http://example.org/v"),
        ("object.id", "http://example.org/o"),
        ("object.definition.type", "http://example.org/type"),
        ("object.definition.moreInfo", "http://example.org/more"),
        ("object.definition.interactionType", "other"),
        ("result.duration", "PT0S"),
        ("context.registration", "d3b0a1c2-2f4e-4a6b-8c7d-9e0f1a2b3c4d"),
        ("context.language", "vi"),
        ("timestamp", "2026-01-31T08:00:00Z"),
        ("version", "1.0.0"),
    )
]

WHOLE = json.dumps(statement())
JSON = {
    "a key twice": WHOLE[:-1] + ', "actor": {"mbox": "mailto:chi@example.org"}}',
    "a key twice, deep": WHOLE.replace('"display": {', '"display": {"vi": "x", ', 1),
    "a key twice, once escaped": WHOLE[:-1] + ', "act\\u006fr": {"mbox": "mailto:chi@example.org"}}',
    "NaN": WHOLE[:-1] + ', "result": {"score": {"raw": NaN}}}',
    "Infinity": WHOLE[:-1] + ', "result": {"score": {"raw": Infinity}}}',
    "a comma too many": WHOLE[:-1] + ",}",
    "single quotes": WHOLE.replace('"', "'"),
    "a comment": WHOLE[:-1] + "/* */}",
    "half of it": WHOLE[: len(WHOLE) // 2],
    "two of them": WHOLE + WHOLE,
    "nothing": "",
    "null": "null",
    "a string": '"statement"',
    "a number": "1",
    "a list in a list": f"[[{WHOLE}]]",
    "a list with null": f"[{WHOLE}, null]",
}


@requirement("Data 2.4", "4.2.2")
@each(REQUIRED)
def test_what_a_statement_cannot_do_without(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.2", "4.2.1")
@each([*NULLS, *TYPES])
def test_each_value_has_its_type(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.2", "4.2.1")
@each([*CASES, *UNKNOWN, *EMPTY])
def test_each_key_and_value_is_one_that_the_specification_knows(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.2", "4.2.1")
@BOTH
@pytest.mark.parametrize("body", JSON.values(), ids=JSON)
def test_what_is_not_strictly_json_is_refused(lrs: Lrs, version: str, body: str) -> None:
    answers = lrs(version).post(body).status_code, lrs(version).post(WHOLE).status_code

    assert answers == (400, 200)


@requirement("Data 2.2", "4.2.1")
@BOTH
def test_properties_come_in_any_order(lrs: Lrs, version: str) -> None:
    backwards = dict(reversed(list(statement().items())))

    assert lrs(version).post(backwards).status_code == 200


@requirement("Data 2.2", "4.2.1")
@BOTH
@pytest.mark.parametrize("number", ["0.1", "16777217", "1e-7", "-0.0", "1.10", "123456789.123456789", "5E+2", "3.0"])
def test_a_number_comes_back_to_the_digit(lrs: Lrs, version: str, number: str) -> None:
    made = statement()
    lrs(version).post(json.dumps(made)[:-1] + f', "result": {{"score": {{"raw": {number}}}}}}}')

    assert f'"raw": {number}}}' in lrs(version).get(statementId=made["id"]).text


@requirement("Data 2.2", "4.2.1")
@BOTH
@pytest.mark.parametrize("example", [ANSWERED, PLANNED], ids=["activity", "substatement"])
def test_what_was_said_comes_back_as_it_was_said(lrs: Lrs, version: str, example: dict[str, Any]) -> None:
    made = example | {"id": said({})["id"]}
    lrs(version).post(made)
    kept = lrs(version).get(statementId=made["id"]).json

    assert kept is not None
    assert kept["actor"] == made["actor"]
    assert kept["verb"] == made["verb"]
    assert kept.get("result") == made.get("result")
    assert kept.get("context") == made.get("context")
    assert kept.get("attachments") == made.get("attachments")


@requirement("Data 2.2", "4.2.1")
@pytest.mark.parametrize(("version", "status"), [(V1, 400), (V2, 200)])
def test_what_2_0_alone_knows_is_unknown_in_1_0_3(lrs: Lrs, version: str, status: int) -> None:
    mentor = {"objectType": "contextAgent", "agent": {"mbox": "mailto:chi@example.org"}}

    assert lrs(version).post(said({"context.contextAgents": [mentor]})).status_code == status
