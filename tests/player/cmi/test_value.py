"""Values: each element takes what fits it, and the browser and the server agree about any text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.cmi.element import general
from player.cmi.tables import table
from player.cmi.value import fault, rules
from tests.player.cmi.cases import vectors
from tests.player.node import Faults

if TYPE_CHECKING:
    from collections.abc import Iterator

EDITIONS = {"1.2": "1.2", "4th": "2004"}
"""The editions, each with the name of its vectors."""
RULES = {edition: rules(table(edition)) for edition in EDITIONS}
FORMS = [
    pytest.param(edition, group, id=f"{edition} {group['elements'][0]} {group.get('sort', '')}")
    for edition in EDITIONS
    for group in vectors(EDITIONS[edition])["values"]
]
LENGTHS = [
    pytest.param(edition, group, id=f"{edition} {group['elements'][0]} {group['letter']}")
    for edition in EDITIONS
    for group in vectors(EDITIONS[edition])["lengths"]
]


@pytest.mark.parametrize(("edition", "group"), FORMS)
def test_each_element_takes_what_fits_it_and_refuses_what_does_not(edition: str, group: dict[str, Any]) -> None:
    for element in group["elements"]:
        rule, sort = RULES[edition][general(element)], group.get("sort", "")
        assert [value for value in group["fit"] if fault(rule, value, sort)] == []
        assert [value for value in group["refused"] if fault(rule, value, sort) != "type"] == []
        assert [value for value in group.get("beyond", []) if fault(rule, value, sort) != "range"] == []


@pytest.mark.parametrize(("edition", "group"), LENGTHS)
def test_lengths_are_counted_in_characters(edition: str, group: dict[str, Any]) -> None:
    for element in group["elements"]:
        rule = RULES[edition][general(element)]
        assert fault(rule, group["letter"] * group["most"]) == ""
        assert fault(rule, group["letter"] * (group["most"] + 1)) == "type"


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_a_table_has_from_the_beginning_fits_it(edition: str) -> None:
    defaults = {name: rule.said["default"] for name, rule in RULES[edition].items() if "default" in rule.said}
    assert [name for name, value in defaults.items() if value and fault(RULES[edition][name], value)] == []


@pytest.fixture(scope="module")
def faults_in_the_browser() -> Iterator[Faults]:
    """Start the browser's twin."""
    with Faults({edition: table(edition) for edition in EDITIONS}) as asked:
        yield asked


NEARLY = ("\u0661", "\u2028", "\ud800", "\ude00", "🏫", "ế", "passed", "exit")


def texts() -> st.SearchStrategy[str]:
    """Draw texts: any, and such as nearly fit."""
    likely = st.sampled_from(
        [*"0123456789.:-+, \n\0\r\tPTYMDHSZ[]{}", "[,]", "[.]", "[:]", "{lang=vi}", "{case_matters=true}", *NEARLY]
    )
    patterns = sorted({rule.pattern.pattern for own in RULES.values() for rule in own.values() if rule.pattern})
    return st.one_of(
        st.text(st.characters(), max_size=300),
        st.lists(likely, max_size=12).map("".join),
        st.one_of(*(st.from_regex(pattern, fullmatch=True) for pattern in patterns)),
        st.sampled_from(
            [value for own in RULES.values() for rule in own.values() for value in rule.said.get("values", [])]
        ),
    )


def questions() -> st.SearchStrategy[tuple[str, str, str, str]]:
    """Draw an edition, one of its elements, a text, and an interaction's type."""
    return st.sampled_from(sorted(EDITIONS)).flatmap(
        lambda edition: st.tuples(
            st.just(edition),
            st.sampled_from(sorted(RULES[edition])),
            texts(),
            st.sampled_from(["", *table(edition).get("answers", {})]),
        )
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(questions(), min_size=1, max_size=40))
def test_the_browser_and_the_server_agree_about_any_text(
    faults_in_the_browser: Faults, asked: list[tuple[str, str, str, str]]
) -> None:
    # Through JSON first, as a commit goes: it joins halves of a character that stand side by side.
    sent = json.loads(json.dumps(asked))
    assert faults_in_the_browser(sent) == [
        fault(RULES[edition][name], value, sort) for edition, name, value, sort in sent
    ]
