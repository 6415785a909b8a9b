"""The server's data model: the same vectors as the browser's, and the same answer as the browser's to any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from player import datamodel
from player.datamodel import ValueRefused
from tests.player.node import Fits

if TYPE_CHECKING:
    from collections.abc import Iterator

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "scorm12.json").read_text("utf-8"))
TABLE = schemas.load("scorm/1.2")
RULES = {name: TABLE["types"][rule["type"]] | rule for name, rule in TABLE["elements"].items()}
NOT_OF_THE_VALUE = {"201", "301"}
"""Errors that say something of the moment and not of the value: the server need not share them."""


def accepts(element: str, value: Any) -> bool:
    """Say whether a commit of this one value is accepted."""
    try:
        return datamodel.check("1.2", {element: value}) == {element: value}
    except ValueRefused as refused:
        return str(refused) != element  # a refusal that names another element is none


def calls() -> list[tuple[str, str, bool]]:
    """List what the vectors say about setting values."""
    return [
        (*words, expected == "true")
        for run in VECTORS["runs"]
        for name, words, expected, error in run["calls"]
        if name == "LMSSetValue" and error not in NOT_OF_THE_VALUE
    ]


@pytest.mark.parametrize(("element", "value", "accepted"), calls())
def test_a_commit_takes_what_the_api_took(element: str, value: str, *, accepted: bool) -> None:
    assert accepts(element, value) == accepted


@pytest.mark.parametrize("group", VECTORS["values"], ids=lambda group: group["elements"][0])
def test_each_element_takes_what_fits_it_and_refuses_what_does_not(group: dict[str, list[str]]) -> None:
    for element in group["elements"]:
        assert [value for value in group["fit"] if not accepts(element, value)] == []
        assert [value for value in group["refused"] if accepts(element, value)] == []


@pytest.mark.parametrize("group", VECTORS["lengths"], ids=lambda group: f"{group['elements'][0]} {group['letter']}")
def test_lengths_are_counted_in_characters(group: dict[str, Any]) -> None:
    for element in group["elements"]:
        assert accepts(element, group["letter"] * group["most"])
        assert not accepts(element, group["letter"] * (group["most"] + 1))


@pytest.mark.parametrize("value", [None, 1, 1.5, True, ["completed"], {"a": "b"}])
def test_a_value_that_is_no_text_is_refused(value: object) -> None:
    assert not accepts("cmi.core.lesson_status", value)


@pytest.mark.parametrize("values", [None, [], "cmi.core.exit", 1, [["cmi.core.exit", ""]]])
def test_values_that_are_no_object_are_refused(values: object) -> None:
    with pytest.raises(ValueRefused, match="values"):
        datamodel.check("1.2", values)


def test_a_commit_has_at_most_5000_elements() -> None:
    some = {f"cmi.interactions.{n}.id": f"q{n}" for n in range(datamodel.MOST_ELEMENTS)}
    assert datamodel.check("1.2", some) == some
    with pytest.raises(ValueRefused, match="values"):
        datamodel.check("1.2", some | {"cmi.core.exit": ""})


def test_the_first_refused_element_is_named_whatever_else_there_is() -> None:
    with pytest.raises(ValueRefused, match=r"cmi\.core\.score\.raw"):
        datamodel.check("1.2", {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "much"})


def test_defaults_are_those_of_elements_that_always_exist() -> None:
    defaults = datamodel.defaults("1.2")
    assert defaults["cmi.core.lesson_status"] == "not attempted"
    assert not [name for name in defaults if ".n." in name]
    assert all(datamodel.fits(RULES[name], value) for name, value in defaults.items() if value)


def test_a_new_session_begins_without_how_the_one_before_ended() -> None:
    kept = {"cmi.suspend_data": "trang=7", "cmi.interactions.0.id": "q1"}
    ended = {"cmi.core.exit": "suspend", "cmi.core.session_time": "00:05:00"}
    assert datamodel.carried("1.2", kept | ended) == kept


@pytest.fixture(scope="module")
def fits_in_the_browser() -> Iterator[Fits]:
    """Start the browser's twin."""
    with Fits() as asked:
        yield asked


def texts() -> st.SearchStrategy[str]:
    """Draw texts: any, and such as nearly fit."""
    likely = st.sampled_from(
        [*"0123456789.:-+, \n\0\r\t", "\u0661", "\u2028", "\ud800", "\ude00", "🏫", "ế", "passed", "exit"]
    )
    patterns = sorted({rule["pattern"] for rule in RULES.values() if "pattern" in rule})
    return st.one_of(
        st.text(st.characters(), max_size=300),
        st.lists(likely, max_size=12).map("".join),
        st.one_of(*(st.from_regex(pattern, fullmatch=True) for pattern in patterns)),
        st.sampled_from([value for rule in RULES.values() for value in rule.get("values", [])]),
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(RULES)), texts()), min_size=1, max_size=40))
def test_the_browser_and_the_server_agree_about_any_text(
    fits_in_the_browser: Fits, questions: list[tuple[str, str]]
) -> None:
    # Through JSON first, as a commit goes: it joins halves of a character that stand side by side.
    asked = json.loads(json.dumps([(RULES[element], value) for element, value in questions]))
    assert fits_in_the_browser(asked) == [datamodel.fits(rule, value) for rule, value in asked]
