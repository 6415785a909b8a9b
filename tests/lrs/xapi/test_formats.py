"""Formats (Communication 2.1.3): ids and canonical."""

import copy
from typing import Any

import pytest

from lrs.xapi import formats
from lrs.xapi.languages import preferences
from lrs.xapi.version import Version
from tests.lrs.xapi.test_examples import (
    ANSWERED,
    CLASS,
    COURSE,
    EXAMPLES,
    LAN,
    MINH,
    PLANNED,
    REFERENCE,
    SHORT,
    TEAM,
    TOGETHER,
    read,
)

LAN_ID = {"objectType": "Agent", "account": LAN["account"]}
TEAM_ID = {"objectType": "Group", "openid": TEAM["openid"]}
CLASS_ID = {"objectType": "Group", "member": [LAN_ID, MINH]}


def test_ids_leaves_of_actors_verbs_and_activities_what_identifies_them() -> None:
    shown = formats.ids(ANSWERED)

    assert shown["actor"] == LAN_ID
    assert shown["verb"] == {"id": ANSWERED["verb"]["id"]}
    assert shown["object"] == {"id": ANSWERED["object"]["id"]}
    assert shown["context"]["instructor"] == MINH
    assert shown["context"]["team"] == TEAM_ID
    assert shown["context"]["contextActivities"]["category"] == [
        {"id": "https://w3id.org/xapi/cmi5/context/categories/cmi5"}
    ]


def test_ids_leaves_everything_else_alone() -> None:
    shown = formats.ids(ANSWERED)

    assert {name: shown[name] for name in ("id", "result", "timestamp", "attachments")} == {
        name: ANSWERED[name] for name in ("id", "result", "timestamp", "attachments")
    }
    assert shown["context"]["extensions"] == ANSWERED["context"]["extensions"]
    assert formats.ids(SHORT | {"object": REFERENCE})["object"] == REFERENCE


def test_ids_reaches_sub_statements_groups_and_authorities() -> None:
    shown = formats.ids(PLANNED)

    assert shown["actor"] == CLASS_ID
    assert shown["authority"] == {"objectType": "Group", "member": [LAN_ID, MINH]}
    assert shown["object"]["actor"] == CLASS_ID
    assert shown["object"]["verb"] == {"id": ANSWERED["verb"]["id"]}
    assert shown["object"]["object"] == LAN_ID
    assert shown["object"]["context"] == {"contextActivities": {"other": [COURSE]}, "instructor": LAN_ID}


def test_ids_reaches_context_agents_and_groups() -> None:
    context = formats.ids(TOGETHER)["context"]

    assert context["contextAgents"] == [TOGETHER["context"]["contextAgents"][0] | {"agent": LAN_ID}]
    assert context["contextGroups"] == [{"objectType": "contextGroup", "group": TEAM_ID}]


@pytest.mark.parametrize("example", [*EXAMPLES, TOGETHER, SHORT | {"object": CLASS}])
def test_a_statement_in_any_format_is_a_valid_statement(example: dict[str, Any]) -> None:
    before = copy.deepcopy(example)

    assert read(formats.ids(example), Version.V2)
    assert read(formats.canonical(example, preferences("vi")), Version.V2)
    assert example == before


def test_canonical_gives_one_language_in_each_map() -> None:
    shown = formats.canonical(ANSWERED, preferences("en"))

    definition = shown["object"]["definition"]
    assert shown["verb"]["display"] == {"en-US": "answered"}
    assert definition["name"] == {"vi": "Câu hỏi 7"}
    assert definition["description"] == {"en": "When must it be reported?"}
    assert definition["choices"] == ANSWERED["object"]["definition"]["choices"]
    assert shown["actor"] == LAN


def test_canonical_chooses_for_each_component() -> None:
    component = {"id": "a", "description": {"en": "A", "vi": "Á"}}
    thing = COURSE | {"definition": {"interactionType": "other", "steps": [component, {"id": "b"}]}}

    shown = formats.canonical(SHORT | {"object": thing}, preferences("vi"))

    assert shown["object"]["definition"]["steps"] == [{"id": "a", "description": {"vi": "Á"}}, {"id": "b"}]


def test_canonical_reaches_sub_statements_and_context_activities() -> None:
    named = COURSE | {"definition": {"name": {"en": "Safety", "vi": "An toàn"}}}
    context = {"contextActivities": {"category": [named], "other": named}}
    sent = SHORT | {"context": context, "object": PLANNED["object"] | {"object": named, "context": context}}

    shown = formats.canonical(sent, preferences("vi"))

    one = COURSE | {"definition": {"name": {"vi": "An toàn"}}}
    assert shown["object"]["verb"]["display"] == {"vi": "đã trả lời"}
    assert shown["object"]["object"] == one
    assert shown["context"] == shown["object"]["context"] == {"contextActivities": {"category": [one], "other": [one]}}


def test_canonical_takes_the_definitions_and_displays_that_the_record_knows() -> None:
    shown = formats.canonical(
        SHORT,
        preferences("vi"),
        definitions={COURSE["id"]: {"name": {"vi": "An toàn", "en": "Safety"}}},
        displays={SHORT["verb"]["id"]: {"en": "read", "vi": "đã đọc"}},
    )

    assert shown["object"] == COURSE | {"definition": {"name": {"vi": "An toàn"}}}
    assert shown["verb"] == SHORT["verb"] | {"display": {"vi": "đã đọc"}}


def test_canonical_leaves_what_has_no_map_alone() -> None:
    assert formats.canonical(SHORT, preferences("vi")) == SHORT
