"""A commit's values: what fits the table is kept, and each element that does not is named."""

from __future__ import annotations

from typing import Any

import pytest

from player.cmi.received import LONGEST_LIST, check
from player.cmi.tables import table
from tests.player.cmi.cases import WRITING, of_the_model, vectors

NOT_OF_THE_VALUE = {"1.2": {"201"}, "2004": {"351", "408"}}
"""Errors that say something of the moment and not of the value: the server need not share them."""


@pytest.mark.parametrize(
    "run",
    [
        pytest.param((name, run), id=f"{name} {run['name']}")
        for name in NOT_OF_THE_VALUE
        for run in vectors(name)["runs"]
    ],
)
def test_a_commit_takes_what_the_api_took(run: tuple[str, dict[str, Any]]) -> None:
    name, said = run
    edition = said.get("edition", vectors(name)["edition"])
    before = dict(said.get("values", {}))
    wrong = []

    for call, words, expected, error in of_the_model(said["calls"]):
        if call in WRITING and error not in NOT_OF_THE_VALUE[name]:
            element, value = words
            kept, refused = check(edition, {element: value}, before, said.get("access", {}))
            wrong += (
                [words]
                if (kept, refused) != (({element: value}, []) if expected == "true" else ({}, [element]))
                else []
            )
            before |= kept
    assert wrong == []


def accepts(element: str, value: Any) -> bool:
    """Say whether a commit of this one value is accepted."""
    found = check("1.2", {element: value})
    assert found in (({element: value}, []), ({}, [element]))
    return not found[1]


def test_an_answer_is_judged_by_its_interactions_type_where_that_is_known() -> None:
    answer = {"cmi.interactions.3.learner_response": "two words"}
    sort = "cmi.interactions.3.type"

    assert check("4th", answer)[1] == []
    assert check("4th", {sort: "choice"} | answer)[1] == list(answer)
    assert check("4th", answer | {sort: "choice"})[1] == list(answer)
    assert check("4th", answer, before={sort: "choice"})[1] == list(answer)
    assert check("4th", answer | {sort: "other"}, before={sort: "choice"})[1] == []
    assert check("4th", answer | {sort: "guess"})[1] == [sort]


@pytest.mark.parametrize("value", [None, 1, 1.5, True, ["completed"], {"a": "b"}])
def test_a_value_that_is_no_text_is_refused(value: object) -> None:
    assert not accepts("cmi.core.lesson_status", value)


@pytest.mark.parametrize("value", ["a\0b", "\ud800", "a\udc00b"])
def test_a_text_that_no_database_keeps_is_refused(value: str) -> None:
    assert not accepts("cmi.comments", value)


@pytest.mark.parametrize("values", [None, [], "cmi.core.exit", 1, [["cmi.core.exit", ""]]])
def test_values_that_are_no_object_are_refused(values: object) -> None:
    assert check("1.2", values) == ({}, ["values"])


def test_what_may_be_kept_is_kept_whatever_stands_beside_it() -> None:
    kept, refused = check(
        "1.2",
        {
            "cmi.core.lesson_status": "passed",
            "cmi.core.score.raw": "much",
            "cmi.core.student_id": "x",
            "": "",
            "cmi.core.exit": "",
        },
    )

    assert kept == {"cmi.core.lesson_status": "passed", "cmi.core.exit": ""}
    assert refused == ["cmi.core.score.raw", "cmi.core.student_id", ""]


@pytest.mark.parametrize("index", ["0", "7", str(LONGEST_LIST - 1)])
def test_an_index_may_run_ahead_of_what_is_here(index: str) -> None:
    assert accepts(f"cmi.interactions.{index}.id", "q")


@pytest.mark.parametrize("index", [str(LONGEST_LIST), "00", "01", "-1", "n", "1" * 5000, "\u0661"])
def test_an_index_that_no_list_has_is_refused(index: str) -> None:
    assert not accepts(f"cmi.interactions.{index}.id", "q")


def test_a_commit_has_so_many_elements_and_characters_at_most() -> None:
    bounds = table("1.2")["bounds"]
    many = {f"cmi.interactions.{n // 2}.{'id' if n % 2 else 'result'}": "1" for n in range(bounds["elements"] + 1)}
    long = {f"cmi.interactions.{n}.student_response": "x" * 4000 for n in range(bounds["characters"] // 4000 + 1)}

    assert check("1.2", many)[1] == [list(many)[-1]]
    assert check("1.2", long)[1] == list(long)[247:]


def test_an_element_that_this_launch_closed_is_refused() -> None:
    assert check("1.2", {"cmi.comments": "x"}, access={"cmi.comments": "r"}) == ({}, ["cmi.comments"])
