"""Definitions (Data 2.4.4.1, Communication 2.5)."""

from typing import Any

import pytest

from lrs.xapi import definitions
from tests.lrs.xapi.test_examples import ANSWERED, COURSE, PLANNED, REFERENCE, SHORT


def test_language_maps_and_extensions_grow_and_the_later_wins() -> None:
    known = {
        "name": {"vi": "Cũ", "en": "Old"},
        "type": "https://example.vn/a",
        "extensions": {"https://example.vn/x": 1},
    }
    later = {"name": {"vi": "Mới"}, "description": {"vi": "Mô tả"}, "extensions": {"https://example.vn/y": 2}}

    assert definitions.merged(known, later) == {
        "name": {"vi": "Mới", "en": "Old"},
        "type": "https://example.vn/a",
        "description": {"vi": "Mô tả"},
        "extensions": {"https://example.vn/x": 1, "https://example.vn/y": 2},
    }


def test_lists_of_components_are_replaced_as_a_whole() -> None:
    known = {"interactionType": "choice", "choices": [{"id": "a"}, {"id": "b"}], "correctResponsesPattern": ["a"]}

    merged = definitions.merged(known, {"interactionType": "choice", "choices": [{"id": "c"}]})

    assert merged["choices"] == [{"id": "c"}]
    assert merged["correctResponsesPattern"] == ["a"]


def test_merging_changes_neither_side() -> None:
    known, later = {"name": {"vi": "Cũ"}}, {"name": {"vi": "Mới"}}

    definitions.merged(known, later)

    assert (known, later) == ({"name": {"vi": "Cũ"}}, {"name": {"vi": "Mới"}})


def test_a_definition_that_says_less_takes_nothing_away() -> None:
    definition = ANSWERED["object"]["definition"]

    assert definitions.merged(definition, {}) == definition
    assert definitions.merged({}, definition) == definition


def test_merging_the_same_twice_is_merging_it_once() -> None:
    definition = ANSWERED["object"]["definition"]

    assert definitions.merged(definition, definition) == definition


def test_a_statement_defines_its_object_and_its_context_activities() -> None:
    found = dict(definitions.of(ANSWERED))

    assert found.keys() == {ANSWERED["object"]["id"], "https://w3id.org/xapi/cmi5/context/categories/cmi5"}


def test_a_sub_statement_defines_too_and_a_single_context_activity() -> None:
    named = COURSE | {"definition": {"name": {"vi": "An toàn"}}}
    within = PLANNED["object"] | {
        "object": named,
        "context": {"contextActivities": {"parent": {"id": "https://example.vn/p", "definition": {}}}},
    }

    assert dict(definitions.of(SHORT | {"object": within})) == {
        COURSE["id"]: named["definition"],
        "https://example.vn/p": {},
    }


@pytest.mark.parametrize("statement", [SHORT, PLANNED, SHORT | {"object": REFERENCE}])
def test_a_statement_may_define_nothing(statement: dict[str, Any]) -> None:
    assert list(definitions.of(statement)) == []


def test_an_activity_that_nobody_defined_has_its_id() -> None:
    assert definitions.activity("https://example.vn/x", None) == {
        "objectType": "Activity",
        "id": "https://example.vn/x",
    }
    assert definitions.activity("https://example.vn/x", {"name": {}})["definition"] == {"name": {}}
