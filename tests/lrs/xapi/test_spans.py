"""Spans: places in a JSON text."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import spans
from tests.lrs.xapi.test_examples import ANYTHING, BRIEF

LAYOUTS = st.sampled_from([{"separators": (",", ":")}, {"separators": (" , ", "\t:\n ")}, {"indent": 2}])


@BRIEF
@given(st.dictionaries(st.text(max_size=8), ANYTHING, max_size=5), LAYOUTS)
def test_the_members_of_an_object_are_found_where_they_stand(value: dict[str, Any], layout: dict[str, Any]) -> None:
    text = json.dumps(value, **layout)

    found = spans.members(text)

    assert {name: json.loads(text[span.start : span.end]) for name, span in found.items()} == value


@BRIEF
@given(st.lists(ANYTHING, max_size=5), LAYOUTS)
def test_the_elements_of_an_array_are_found_where_they_stand(value: list[Any], layout: dict[str, Any]) -> None:
    text = json.dumps(value, **layout)

    found = spans.elements(text)

    assert [json.loads(text[span.start : span.end]) for span in found] == value


def test_an_object_within_a_text_is_found_from_its_brace() -> None:
    text = '{"a": 1, "b": {"c": [2, 3]}}'
    outer = spans.members(text)["b"]

    inner = spans.members(text, outer.start)["c"]

    assert text[inner.start : inner.end] == "[2, 3]"


def test_a_very_long_number_is_passed_over() -> None:
    text = '{"a":' + "9" * 10_000 + ',"b":1}'

    assert spans.members(text)["b"] == (len(text) - 2, len(text) - 1)


def test_only_what_is_replaced_changes() -> None:
    text = '{ "a":1.50 ,"b" : "\\u0061","c":{} }'
    found = spans.members(text)

    assert spans.spliced(text, [(found["a"], "2"), (found["c"], "[{}]")]) == '{ "a":2 ,"b" : "\\u0061","c":[{}] }'
