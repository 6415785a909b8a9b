"""The tables themselves: whole, and of one piece."""

from __future__ import annotations

import pytest

from player.cmi.tables import table

EDITIONS = ("1.2", "2nd", "3rd", "4th")


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_element_has_a_type_and_an_access(edition: str) -> None:
    whole = table(edition)

    assert [name for name, rule in whole["elements"].items() if rule["type"] not in whole["types"]] == []
    assert {rule["access"] for rule in whole["elements"].values()} <= {"r", "w", "rw"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_fault_has_an_error_that_has_words(edition: str) -> None:
    whole = table(edition)

    assert {fault["code"] for fault in whole["faults"].values()} <= set(whole["errors"])


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_limit_beyond_the_books_says_why(edition: str) -> None:
    beyond = {name: type_ for name, type_ in table(edition)["types"].items() if "book" in type_}

    assert [name for name, type_ in beyond.items() if type_["most"] < type_["book"] or not type_.get("why")] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_a_visit_needs_is_in_the_table(edition: str) -> None:
    whole = table(edition)
    named = [value for value in whole["visit"].values() if isinstance(value, str) and "." in value]

    assert [name for name in named if name not in whole["elements"]] == []
