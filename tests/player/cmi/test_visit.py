"""Visits: the same vectors as the browser's."""

from __future__ import annotations

from typing import Any

import pytest

from player.cmi.tables import table
from player.cmi.visit import Kept, assumed, closed, opened
from tests.player.cmi.cases import vectors

VISITS = vectors("visits")


def named(cases: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(case, id=f"{case['edition']} {case['name']}") for case in cases]


@pytest.mark.parametrize("case", named(VISITS["opened"]))
def test_a_visit_begins_with_what_stands_and_what_is_given(case: dict[str, Any]) -> None:
    kept = Kept(**case["kept"]) if case["kept"] else None

    assert opened(table(case["edition"]), kept, case["given"]) == case["opened"]


@pytest.mark.parametrize("case", named(VISITS["closed"]))
def test_a_visit_ends_as_what_was_said_and_what_follows(case: dict[str, Any]) -> None:
    found = closed(table(case["edition"]), case["values"], case["given"])

    assert found == case["values"] | case["found"]


@pytest.mark.parametrize("case", named(VISITS["assumed"]))
def test_what_nobody_said_is_taken_for_granted_only_where_the_book_does(case: dict[str, Any]) -> None:
    assert assumed(table(case["edition"]), case["values"], case["given"]) == case["assumed"]
