"""What was asked of the sequencer can be done again from what is kept."""

import pytest

from player import replay
from player.replay import Asked
from player.sequencing import sequencer
from player.sequencing.navigation import Request
from tests.player.sequencing.trees import CONTENT, lessons, tree

TREE = tree(*lessons("a", "b", "c"))
BEGUN = sequencer.begin(TREE, 5)
LEFT = sequencer.navigate(TREE, BEGUN.state, Request("suspendAll"))
SAID = {"values": CONTENT | {"adl.nav.request": "continue"}, "before": {}}


@pytest.mark.parametrize(
    "asked",
    [
        Asked(replay.BEGIN, seed=5),
        Asked(replay.RESUME, state=LEFT.state.to_json()),
        Asked(replay.LOOK, state=BEGUN.state.to_json()),
        Asked("choice", "c", BEGUN.state.to_json(), SAID),
        Asked("", "", BEGUN.state.to_json(), SAID),
        Asked("choice", "nowhere", BEGUN.state.to_json()),
    ],
)
def test_it_comes_to_the_same(asked: Asked) -> None:
    reply = asked.answer(TREE)
    kept = Asked.unpacked(asked.request, asked.target, asked.packed(reply))

    assert kept.answer(TREE) == reply
    assert kept.trace == reply.trace


def test_the_lessons_own_request_counts_where_there_is_no_other() -> None:
    reply = Asked("", "", BEGUN.state.to_json(), SAID).answer(TREE)

    assert reply.delivery is not None
    assert reply.delivery.id == "b"


def test_what_is_no_text_is_kept_all_the_same() -> None:
    odd = Asked("", "", {}, {"values": {"cmi.objectives.0.id": "\ud800"}, "before": {}})

    assert Asked.unpacked("", "", odd.packed(BEGUN)).visit is not None
