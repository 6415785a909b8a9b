"""Names of elements: the same vectors as the browser's."""

from __future__ import annotations

import pytest

from player.cmi.element import NO_INDEX, entries, general
from tests.player.cmi.cases import vectors

NAMES = vectors("elements")


@pytest.mark.parametrize(("element", "name", "lists"), NAMES["elements"])
def test_an_element_has_a_name_in_the_table_and_lies_in_lists(
    element: str, name: str, lists: list[list[str | int]]
) -> None:
    assert general(element) == name
    if name:
        assert [list(entry) for entry in entries(element)] == lists


@pytest.mark.parametrize("element", NAMES["unreachable"])
def test_some_indexes_are_beyond_every_list(element: str) -> None:
    assert entries(element)[0].number >= NO_INDEX - 1
