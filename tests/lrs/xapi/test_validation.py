"""Validation (Data 2.2): each rule of the schema with what it accepts and what it refuses, and two validators of one mind."""

from typing import Any

import pytest
from hypothesis import given

import schemas
from lrs.xapi import validation
from lrs.xapi.errors import LONGEST, Invalid
from lrs.xapi.values import FORMATS, PATTERNS, USUAL
from lrs.xapi.version import Version
from tests.lrs.xapi.test_examples import (
    ANSWERED,
    CLASS,
    COURSE,
    EXAMPLES,
    GONE,
    LAN,
    MINH,
    PLANNED,
    REFERENCE,
    SHORT,
    TEAM,
    THOROUGH,
    TOGETHER,
    VOIDING,
    changed,
    mutated,
    read,
    refused,
)

SUB = PLANNED["object"]
ACCOUNT = {"homePage": "https://lms.example.vn", "name": "x"}

ACCEPTED = [
    (SHORT, "id", "7CCD3322-E1A5-411A-A67D-6A735C76F119"),
    (SHORT, "actor", {"objectType": "Agent", "mbox_sha1sum": "cd9b00a5611f94eaa7b1661edab976068e364975"}),
    (SHORT, "actor", {"openid": "https://example.vn/lan"}),
    (SHORT, "actor", {"account": {"homePage": "https://lms.example.vn", "name": ""}}),
    (SHORT, "actor", TEAM),
    (SHORT, "actor", {"objectType": "Group", "member": []}),
    (SHORT, "object", LAN),
    (SHORT, "object", CLASS),
    (SHORT, "object", REFERENCE),
    (SHORT, "object", SUB),
    (SHORT, "object.objectType", "Activity"),
    (SHORT, "object.definition", {}),
    (SHORT, "object.definition", {"interactionType": "likert", "scale": []}),
    (SHORT, "verb.display", {}),
    (SHORT, "result", {}),
    (SHORT, "result.score", {"scaled": -1}),
    (SHORT, "result.score", {"scaled": 1.0}),
    (SHORT, "result.response", ""),
    (
        SHORT,
        "result.extensions",
        {"https://example.vn/x": None, "https://example.vn/y": "", "https://example.vn/z": {}},
    ),
    (SHORT, "context.contextActivities", {"parent": COURSE}),
    (SHORT, "context.contextActivities", {"parent": []}),
    (SHORT, "context.instructor", CLASS),
    (SHORT, "context.revision", "2"),
    (SHORT, "version", "1.0"),
    (SHORT, "version", "1.0.9"),
    (SHORT, "stored", "2026-01-31T08:00:00Z"),
    (SHORT, "timestamp", "2126-01-31T08:00:00+00:00"),
    (SHORT, "authority", LAN),
    (SHORT, "authority", {"objectType": "Group", "member": [MINH, LAN]}),
    (SHORT, "attachments", []),
    (ANSWERED, "attachments.0.fileUrl", GONE),
    (ANSWERED, "attachments.0.contentType", "text/plain; charset=ascii"),
    (ANSWERED, "attachments.0.sha2", "a" * 128),
    (ANSWERED, "object.objectType", GONE),
]

REFUSED = [
    # Data 2.2: nothing is null, of another type, of another case, or unknown; actor, verb and object are there.
    (SHORT, "actor", GONE, "$.actor"),
    (SHORT, "verb", GONE, "$.verb"),
    (SHORT, "object", GONE, "$.object"),
    (SHORT, "actor", None, "$.actor"),
    (SHORT, "result", None, "$.result"),
    (SHORT, "context", [], "$.context"),
    (SHORT, "Actor", MINH, "$.Actor"),
    (SHORT, "note", "x", "$.note"),
    (SHORT, "verb.Id", "https://example.vn", "$.verb.Id"),
    (SHORT, "id", "7ccd3322", "$.id"),
    (SHORT, "id", 7, "$.id"),
    # Data 2.4.2
    (SHORT, "actor", [MINH], "$.actor"),
    (SHORT, "actor", {"objectType": "Agent", "name": "Lan"}, "$.actor"),
    (SHORT, "actor", MINH | {"openid": "https://example.vn/minh"}, "$.actor"),
    (SHORT, "actor", MINH | {"objectType": "agent"}, "$.actor.objectType"),
    (SHORT, "actor", MINH | {"objectType": "Person"}, "$.actor.objectType"),
    (SHORT, "actor", MINH | {"name": 7}, "$.actor.name"),
    (SHORT, "actor", MINH | {"member": []}, "$.actor.member"),
    (SHORT, "actor.mbox", "minh@example.vn", "$.actor.mbox"),
    (SHORT, "actor", {"mbox_sha1sum": "cd9b00"}, "$.actor.mbox_sha1sum"),
    (SHORT, "actor", {"openid": "example.vn"}, "$.actor.openid"),
    (SHORT, "actor", {"account": {"homePage": "https://lms.example.vn"}}, "$.actor.account.name"),
    (SHORT, "actor", {"account": {"homePage": "lms.example.vn", "name": "x"}}, "$.actor.account.homePage"),
    (SHORT, "actor", {"account": ACCOUNT | {"id": "x"}}, "$.actor.account.id"),
    (SHORT, "actor", {"objectType": "Group"}, "$.actor.member"),
    (SHORT, "actor", {"objectType": "Group", "member": MINH}, "$.actor.member"),
    (SHORT, "actor", {"objectType": "Group", "member": [TEAM]}, "$.actor.member[0].objectType"),
    (SHORT, "actor", TEAM | {"account": ACCOUNT}, "$.actor"),
    # Data 2.4.3
    (SHORT, "verb", {}, "$.verb.id"),
    (SHORT, "verb.id", "ab=c://read", "$.verb.id"),
    (SHORT, "verb.display", "read", "$.verb.display"),
    (SHORT, "verb.display", {"a12345678": "read"}, "$.verb.display"),
    (SHORT, "verb.display", {"en": 7}, "$.verb.display.en"),
    # Data 2.4.4
    (SHORT, "object", {}, "$.object.id"),
    (SHORT, "object.id", "courses", "$.object.id"),
    (SHORT, "object.objectType", "activity", "$.object.objectType"),
    (SHORT, "object", MINH, "$.object.id"),
    (SHORT, "object.definition", "x", "$.object.definition"),
    (SHORT, "object.definition", {"type": "course"}, "$.object.definition.type"),
    (SHORT, "object.definition", {"moreInfo": "help"}, "$.object.definition.moreInfo"),
    (SHORT, "object.definition", {"title": {}}, "$.object.definition.title"),
    (SHORT, "object.definition", {"interactionType": "choiCe"}, "$.object.definition.interactionType"),
    (SHORT, "object.definition", {"choices": []}, "$.object.definition.interactionType"),
    (SHORT, "object.definition", {"correctResponsesPattern": []}, "$.object.definition.interactionType"),
    (ANSWERED, "object.definition.correctResponsesPattern", "a", "$.object.definition.correctResponsesPattern"),
    (ANSWERED, "object.definition.choices.0", {"description": {}}, "$.object.definition.choices[0].id"),
    (ANSWERED, "object.definition.choices.0.id", 1, "$.object.definition.choices[0].id"),
    (ANSWERED, "object.definition.choices.0.text", "x", "$.object.definition.choices[0].text"),
    (SHORT, "object.definition", {"extensions": {"weight": 1}}, "$.object.definition.extensions"),
    # Data 2.4.4.3
    (SHORT, "object", {"objectType": "StatementRef"}, "$.object.id"),
    (SHORT, "object", REFERENCE | {"id": "x"}, "$.object.id"),
    (SHORT, "object", REFERENCE | {"name": "x"}, "$.object.name"),
    (SHORT, "object", SUB | {"id": ANSWERED["id"]}, "$.object.id"),
    (SHORT, "object", SUB | {"stored": "2026-01-31T08:00:00Z"}, "$.object.stored"),
    (SHORT, "object", SUB | {"version": "1.0.0"}, "$.object.version"),
    (SHORT, "object", SUB | {"authority": LAN}, "$.object.authority"),
    (SHORT, "object", SUB | {"object": SUB}, "$.object.object.objectType"),
    (SHORT, "object", changed(SUB, "verb", GONE), "$.object.verb"),
    (SHORT, "object", changed(SUB, "actor", {}), "$.object.actor"),
    # Data 2.4.5
    (SHORT, "result.success", "true", "$.result.success"),
    (SHORT, "result.completion", 1, "$.result.completion"),
    (SHORT, "result.response", 7, "$.result.response"),
    (SHORT, "result.duration", "P4W1D", "$.result.duration"),
    (SHORT, "result.score", 7, "$.result.score"),
    (SHORT, "result.score", {"scaled": 1.01}, "$.result.score.scaled"),
    (SHORT, "result.score", {"scaled": -1.01}, "$.result.score.scaled"),
    (SHORT, "result.score", {"raw": "7"}, "$.result.score.raw"),
    (SHORT, "result.score", {"raw": True}, "$.result.score.raw"),
    (SHORT, "result.extensions", [], "$.result.extensions"),
    # Data 2.4.6
    (SHORT, "context.registration", "x", "$.context.registration"),
    (SHORT, "context.team", LAN, "$.context.team.objectType"),
    (SHORT, "context.contextActivities", {"parents": []}, "$.context.contextActivities.parents"),
    (SHORT, "context.contextActivities", {"parent": "x"}, "$.context.contextActivities.parent"),
    (SHORT, "context.contextActivities", {"parent": [LAN]}, "$.context.contextActivities.parent[0].objectType"),
    (SHORT, "context.language", "en_US", "$.context.language"),
    (SHORT, "context.statement", COURSE, "$.context.statement.objectType"),
    (SHORT, "context.revision", 2, "$.context.revision"),
    (SHORT | {"object": LAN}, "context.revision", "2", "$.context.revision"),
    (SHORT | {"object": REFERENCE}, "context.platform", "x", "$.context.platform"),
    (PLANNED, "context.platform", "x", "$.context.platform"),
    (PLANNED, "object.context.revision", "2", "$.object.context.revision"),
    # Data 2.4.7 to 2.4.10
    (SHORT, "timestamp", "2026-01-31T08:00:00-00:00", "$.timestamp"),
    (SHORT, "stored", "yesterday", "$.stored"),
    (SHORT, "version", "0.9.9", "$.version"),
    (SHORT, "version", "1.1.0", "$.version"),
    (SHORT, "version", 1.0, "$.version"),
    (SHORT, "version", "1.0\n", "$.version"),
    (SHORT, "authority", TEAM, "$.authority.openid"),
    (SHORT, "authority", {"objectType": "Group", "member": [LAN]}, "$.authority.member"),
    (SHORT, "authority", {"objectType": "Group", "member": [LAN, LAN, LAN]}, "$.authority.member"),
    (SHORT, "authority", {"objectType": "Group", "member": [MINH, MINH]}, "$.authority.member"),
    # Data 2.4.11
    (SHORT, "attachments", {}, "$.attachments"),
    (SHORT, "attachments", [7], "$.attachments[0]"),
    (ANSWERED, "attachments.0.usageType", "photo", "$.attachments[0].usageType"),
    (ANSWERED, "attachments.0.display", GONE, "$.attachments[0].display"),
    (ANSWERED, "attachments.0.contentType", "jpeg", "$.attachments[0].contentType"),
    (ANSWERED, "attachments.0.length", "4", "$.attachments[0].length"),
    (ANSWERED, "attachments.0.length", -1, "$.attachments[0].length"),
    (ANSWERED, "attachments.0.length", 4.5, "$.attachments[0].length"),
    (ANSWERED, "attachments.0.sha2", "xyz", "$.attachments[0].sha2"),
    (ANSWERED, "attachments.0.fileUrl", "files", "$.attachments[0].fileUrl"),
    # Data 2.3.2
    (VOIDING, "object", COURSE, "$.object.objectType"),
    (VOIDING, "object", LAN, "$.object.objectType"),
]


@pytest.mark.parametrize("version", list(Version))
@pytest.mark.parametrize(("example", "path", "value"), ACCEPTED)
def test_what_the_specification_allows_is_accepted(
    example: dict[str, Any], path: str, value: Any, version: Version
) -> None:
    statement = changed(example, path, value)

    assert read(statement, version) == statement


@pytest.mark.parametrize("version", list(Version))
@pytest.mark.parametrize(("example", "path", "value", "place"), REFUSED)
def test_what_it_does_not_allow_is_refused_at_its_place(
    example: dict[str, Any], path: str, value: Any, place: str, version: Version
) -> None:
    wrong = refused(changed(example, path, value), version)

    assert wrong.path == place
    assert len(wrong.found) <= LONGEST
    assert wrong.asks
    assert wrong.section


AGENTS = "context.contextAgents"
GROUPS = "context.contextGroups"


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (f"{AGENTS}.0.objectType", GONE, "$.context.contextAgents[0].objectType"),
        (f"{AGENTS}.0.objectType", "ContextAgent", "$.context.contextAgents[0].objectType"),
        (f"{AGENTS}.0.agent", GONE, "$.context.contextAgents[0].agent"),
        (f"{AGENTS}.0.agent", TEAM, "$.context.contextAgents[0].agent.objectType"),
        (f"{AGENTS}.0.relevantTypes", [], "$.context.contextAgents[0].relevantTypes"),
        (f"{AGENTS}.0.relevantTypes", ["abc"], "$.context.contextAgents[0].relevantTypes[0]"),
        (f"{AGENTS}.0.relevantTypes", "https://example.vn", "$.context.contextAgents[0].relevantTypes"),
        (AGENTS, {}, "$.context.contextAgents"),
        (f"{GROUPS}.0.objectType", "contextAgent", "$.context.contextGroups[0].objectType"),
        (f"{GROUPS}.0.group", LAN, "$.context.contextGroups[0].group.objectType"),
        (f"{GROUPS}.0.member", [], "$.context.contextGroups[0].member"),
        ("timestamp", "2026-01-31T08:00:00", "$.timestamp"),
        ("version", "2.1.0", "$.version"),
    ],
)
def test_2_0_has_rules_of_its_own(path: str, value: Any, place: str) -> None:
    assert refused(changed(TOGETHER, path, value), Version.V2).path == place


def test_1_0_3_takes_no_version_of_2_0_and_a_time_without_a_zone() -> None:
    assert refused(SHORT | {"version": "2.0.0"}, Version.V1).path == "$.version"
    assert read(SHORT | {"timestamp": "2026-01-31T08:00:00"}, Version.V1)


def test_an_explanation_is_of_the_property_and_not_of_the_whole() -> None:
    wrong = refused(changed(SHORT, "actor.mbox", "minh"))

    assert wrong.found == '"minh"'
    assert wrong.asks == "mailto: and an e-mail address"
    assert wrong.section == "1.0.3 Data 2.4.2.3; 2.0 4.2.2.1"


def quick(value: Any, definition: str) -> bool:
    try:
        validation.check(value, definition)
    except Invalid:
        return False
    return True


@pytest.mark.parametrize(
    ("definition", "examples"), [("statement-1.0", EXAMPLES), ("statement-2.0", [*EXAMPLES, TOGETHER])]
)
def test_both_validators_agree_on_a_thousand_changed_statements(
    definition: str, examples: list[dict[str, Any]]
) -> None:
    verdicts: list[bool] = []

    @THOROUGH
    @given(mutated(examples))
    def judge(value: Any) -> None:
        verdicts.append(quick(value, definition))
        assert verdicts[-1] is validation._long(definition).is_valid(value)

    judge()
    assert verdicts.count(True) >= 50
    assert verdicts.count(False) >= 500


def test_the_schema_names_no_format_that_is_not_checked() -> None:
    named = {node["format"] for node in nodes(schemas.load("xapi/statement")) if isinstance(node.get("format"), str)}

    assert named == set(FORMATS)
    assert set(PATTERNS) | set(USUAL) == set(FORMATS)


def test_what_the_schema_refuses_has_a_description_and_a_section() -> None:
    definitions = schemas.load("xapi/statement")["$defs"]

    assert [
        name
        for name, node in definitions.items()
        if name != "object-fits" and not {"description", "section"} <= node.keys()
    ] == []


def nodes(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for each in value for node in nodes(each)]
    if not isinstance(value, dict):
        return []
    return [value, *(node for each in value.values() for node in nodes(each))]
