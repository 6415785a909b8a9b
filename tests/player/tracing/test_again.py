"""A request that is asked again comes out as it did, or the difference is said."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from player.replay import Asked
from player.sequencing.trace import Step
from player.tracing.again import DELIVERED, STATE, STEPS, again
from tests.player.sequencing.chance import Chance
from tests.player.sequencing.trees import item, tree

if TYPE_CHECKING:
    from player.sequencing.tree import Tree

MADE = tree(item("bai-1"), item("bai-2"))


def recorded(made: Tree, asked: Asked) -> Asked:
    """Ask, and give back what is read of what was kept."""
    return Asked.unpacked(asked.request, asked.target, asked.packed(asked.answer(made)))


def begun() -> Asked:
    return recorded(MADE, Asked("begin", seed=7))


def test_the_same_comes_out() -> None:
    asked = begun()

    found = again(MADE, asked, "bai-1", asked.answer(MADE).state.to_json())

    assert found.differs == ()
    assert found.steps == asked.trace
    assert [(one.entry.id, one.active, one.current) for one in found.tree] == [
        ("root", True, False),
        ("bai-1", True, True),
        ("bai-2", False, False),
    ]


@pytest.mark.parametrize("seed", range(20))
def test_chance_comes_out_the_same_too(seed: int) -> None:
    made = Chance(seed).tree()
    asked = recorded(made, Asked("begin", seed=seed))
    first = asked.answer(made)

    found = again(
        made, asked, first.delivery.id if first.delivery else "", json.loads(json.dumps(first.state.to_json()))
    )

    assert found.differs == ()


def test_other_decisions_are_noticed() -> None:
    asked = replace(begun(), trace=(Step("NB.2.1", "", "dance"),))

    assert again(MADE, asked, "bai-1").differs == (STEPS,)


def test_another_lesson_is_noticed() -> None:
    assert again(MADE, begun(), "bai-2").differs == (DELIVERED,)


def test_another_state_is_noticed() -> None:
    assert again(MADE, begun(), "bai-1", {"current": "bai-2"}).differs == (STATE,)
