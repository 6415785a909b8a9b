"""Attempts from before there was a sequencer: nobody begins anew."""

import pytest

from player import adoption
from player.sequencing import sequencer
from player.sequencing.tracking import State
from player.tracking import Track
from tests.player.sequencing.trees import CONTENT, item, lessons, tree

TREE = tree(item("m", *lessons("a", "b")), item("c"))
DONE = Track(CONTENT, 1, 1, ended=True)
HALFWAY = Track({"cmi.completion_status": "incomplete"}, 1, 2)


def adopted(tracks: dict[str, Track], last: str) -> State:
    return adoption.adopted(TREE, 7, tracks.items(), last)


def test_what_was_done_is_done_and_what_was_open_goes_on() -> None:
    reply = sequencer.resume(TREE, adopted({"a": DONE, "b": HALFWAY}, "b"))

    assert reply.delivery is not None
    assert (reply.delivery.id, reply.delivery.resumed) == ("b", True)
    assert (reply.contents.entry("a").completed, reply.contents.entry("a").satisfied) == (True, True)
    assert [reply.contents.entry(one).attempts for one in ("root", "m", "a", "b", "c")] == [1, 1, 1, 1, 0]


def test_who_has_done_all_finds_it_done() -> None:
    state = adopted(dict.fromkeys("abc", DONE), "c")

    assert sequencer.whole(TREE, state).completed
    assert sequencer.goes_on(TREE, state)


@pytest.mark.parametrize("last", ["", "m", "gone", "c"])
def test_where_nothing_known_was_open_the_course_begins(last: str) -> None:
    state = adopted({"a": DONE, "gone": DONE, "c": Track({})}, last)

    assert not sequencer.goes_on(TREE, state)
    assert sequencer.begin(TREE).delivery is not None
