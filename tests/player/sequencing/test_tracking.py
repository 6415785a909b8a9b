"""A state is a value that serialises and returns."""

import json

import pytest

from player.sequencing.tracking import Progress, State, Track

WHOLE = State(
    tracks={
        "a": Track(2, active=True, objectives={"": Progress(satisfied=False, measure=0.0, raw="7", progress=0.5)}),
        "b": Track(available=("d", "c"), unknown=("completed",), stale=("measure",), suspended=True),
    },
    current="a",
    suspended="b",
    ended=True,
    objectives={"g": Progress(completed=False, least="0", most="9")},
    stores={"s": "words"},
    seed=7,
)


@pytest.mark.parametrize("state", [State(), WHOLE])
def test_a_state_goes_through_json_and_returns(state: State) -> None:
    assert State.from_json(json.loads(json.dumps(state.to_json()))) == state


def test_what_is_at_its_default_is_left_out() -> None:
    assert State().to_json() == {}
    assert State(tracks={"a": Track(1)}).to_json() == {"tracks": {"a": {"attempts": 1}}}


def test_what_a_later_version_added_is_passed_over() -> None:
    assert State.from_json({"tracks": {"a": {"attempts": 1, "new": 2}}, "newer": {}}) == State(tracks={"a": Track(1)})
