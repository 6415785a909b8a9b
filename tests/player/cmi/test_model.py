"""The server's data model answers as the browser's does: the same vectors run on both."""

from __future__ import annotations

from typing import Any

import pytest

from player.cmi.model import DataModel
from player.cmi.tables import table
from player.cmi.visit import Kept
from tests.player.cmi.calls import Calls
from tests.player.cmi.cases import READING, of_the_model, vectors
from tests.player.cmi.playing import Browser, Twin, Visit

EDITIONS = {"1.2": "1.2", "4th": "2004"}
"""The editions, each with the name of its vectors."""
RUNS = [
    pytest.param(edition, run, id=f"{edition} {run['name']}")
    for edition in EDITIONS
    for run in vectors(EDITIONS[edition])["runs"]
]


@pytest.mark.parametrize(("edition", "run"), RUNS)
def test_a_run_of_calls_has_these_answers_and_errors(edition: str, run: dict[str, Any]) -> None:
    model = DataModel(table(run.get("edition", edition)), run.get("values", {}), run.get("access"))

    for name, words, expected, error in of_the_model(run["calls"]):
        answer = model.get(*words) if name in READING else model.set(*words)
        assert (answer, model.error) == (expected, error), f"{name}{words}"


@pytest.mark.parametrize("edition", EDITIONS)
def test_whatever_a_lesson_calls_the_browser_and_the_server_answer_alike_at_this_visit_and_the_next(
    edition: str,
) -> None:
    sessions = list(Calls(edition).runs(seed=3, runs=60, length=40))
    apart, compared, kept = [], 0, None

    with Browser(edition) as browser:
        for calls in sessions:
            visit = Visit(edition, calls, kept)
            (theirs, left), (ours, values) = browser.play(visit), Twin().play(visit)
            pairs = [(call, one, other) for call, one, other in zip(calls, theirs, ours, strict=True) if other]
            apart += [pair for pair in pairs if pair[1] != pair[2]]
            assert left == values
            compared += len(pairs)
            kept = Kept(values, ended=len(values) % 3 > 0)
    assert apart == []
    assert compared > 2000


def test_a_model_says_in_words_what_is_wrong_and_with_what() -> None:
    model = DataModel(table("1.2"), {})
    model.set("cmi.core.lesson_status", "done")

    assert model.diagnostic == "cmi.core.lesson_status: the value is not of the element's type, or too long"
    model.get("cmi.core.lesson_status")
    assert not model.diagnostic


def small(**bounds: int) -> DataModel:
    whole = table("1.2")
    return DataModel(whole | {"bounds": whole["bounds"] | bounds}, {})


def test_a_model_grows_to_so_many_elements_and_still_changes_those_it_has() -> None:
    model = small(elements=2)

    assert [model.set(f"cmi.objectives.{n}.id", "a") for n in range(3)] == ["true", "true", "false"]
    assert model.error == "101"
    assert model.set("cmi.objectives.0.id", "b") == "true"


def test_a_model_grows_to_so_many_characters_and_takes_more_when_there_is_room_again() -> None:
    model = small(characters=1000)

    assert model.set("cmi.suspend_data", "x" * 900) == "true"
    assert model.set("cmi.comments", "x" * 200) == "false"
    assert model.diagnostic.startswith("cmi.comments: the lesson has written more")
    assert model.set("cmi.suspend_data", "x") == "true"
    assert model.set("cmi.comments", "x" * 200) == "true"
