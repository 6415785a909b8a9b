"""What holds for every tree and every way through it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from packages.model import Rollup
from player.sequencing import objectives, rollup, sequencer
from player.sequencing.navigation import Request
from player.sequencing.tracking import State
from tests.player.sequencing.chance import SETS, Asked, Chance, returned, walk
from tests.player.sequencing.trees import at, item, lessons, rollup_rule, run_of, tree

if TYPE_CHECKING:
    from player.sequencing.sequencer import Reply
    from player.sequencing.tree import Activity, Tree

MANY = settings(max_examples=100, deadline=None)
seeds = st.integers(0, 2**40)

KNOWN_NUMBERS = ("NB.", "TB.", "SB.", "DB.")


def way(seed: int, *, leaving: bool = True) -> tuple[Tree, list[Asked]]:
    """Make a tree and a way through it."""
    chance = Chance(seed)
    made = chance.tree(leaving=leaving)
    return made, chance.steps(made)


@MANY
@given(seeds)
def test_nothing_throws_and_what_comes_to_nothing_says_why(seed: int) -> None:
    made, taken = way(seed)
    for reply in walk(made, taken):
        assert reply.delivery or reply.ended or reply.exception.startswith(KNOWN_NUMBERS) or _has_left(reply)


def _has_left(reply: Reply) -> bool:
    """Tell whether what was asked for was to leave: then nothing is delivered, and nothing is wrong."""
    return any(step.process == "SB.2.12" and step.outcome.startswith("exit") for step in reply.trace)


@MANY
@given(seeds)
def test_every_state_serialises_and_returns(seed: int) -> None:
    made, taken = way(seed)
    for reply in walk(made, taken):
        assert State.from_json(json.loads(json.dumps(reply.state.to_json()))) == reply.state


@MANY
@given(seeds)
def test_suspending_and_resuming_changes_nothing(seed: int) -> None:
    made, taken = way(seed)
    now = walk(made, taken)[-1]
    assume(now.delivery is not None)

    paused = sequencer.navigate(made, returned(now.state), Request("suspendAll"))
    assume(not paused.exception)
    again = sequencer.resume(made, returned(paused.state))

    assert now.delivery is not None
    assert again.exception or again.delivery
    if again.delivery:
        assert again.delivery.id == now.delivery.id
        assert again.delivery.resumed
        assert again.contents.hidden == now.contents.hidden
        assert [one.attempts for one in again.contents.entries] == [one.attempts for one in now.contents.entries]


@MANY
@given(seeds)
def test_suspending_and_resuming_is_the_identity_where_rollup_has_nothing_new(seed: int) -> None:
    made, taken = way(seed, leaving=False)
    now = walk(made, taken)[-1]
    assume(now.delivery is not None)
    settled = sequencer.navigate(made, now.state)  # what the lesson has said is rolled up, and nothing more

    again = sequencer.resume(made, returned(sequencer.navigate(made, settled.state, Request("suspendAll")).state))
    assume(not again.exception)
    # A measure that comes back to itself through shared objectives gets nearer to its value with each rollup, and never arrives.
    later = sequencer.resume(made, returned(sequencer.navigate(made, again.state, Request("suspendAll")).state))
    assume(later.state == again.state)

    assert again.state == settled.state
    assert again.contents == settled.contents


@MANY
@given(seeds)
def test_a_request_is_valid_if_and_only_if_it_comes_to_something(seed: int) -> None:
    made, taken = way(seed, leaving=False)
    now = walk(made, taken)[-1]
    assume(not now.ended)

    for entry in now.contents.entries:
        for name, valid in (("choice", entry.choice), ("jump", entry.jump)):
            found = sequencer.navigate(made, now.state, Request(name, entry.id))
            assert bool(found.delivery) == valid
    for name in ("continue", "previous"):
        found = sequencer.navigate(made, now.state, Request(name))
        came = found.delivery is not None or (found.ended and not found.exception) or found.exception == "SB.2.2-1"
        valid = now.contents.requests[name]
        assert came == valid or (name == "previous" and found.exception == "SB.2.2-1")


@MANY
@given(seeds)
def test_no_request_delivers_what_is_hidden_or_forbidden(seed: int) -> None:
    chance = Chance(seed)
    made = chance.forbidding()
    taken = chance.steps(made)
    replies = walk(made, taken)

    requests = [("start", ""), *((one.name, one.target) for one in taken)]
    for n, reply in enumerate(replies):
        delivered = made.find(reply.delivery.id) if reply.delivery else None
        if delivered is None:
            continue
        name, target = requests[n] if n == 0 or not replies[n - 1].ended else ("start", "")
        assert not any(_is(one, "disabled") for one in delivered.path)
        assert all(_within_limit(reply, one) for one in delivered.path)
        if name == "choice":
            chosen = made.find(target)
            assert chosen is not None
            assert not any(_is(one, "hiddenFromChoice") for one in chosen.path)
            assert chosen.parent is None or chosen.parent.sequencing.control.choice
        elif name in {"start", "continue", "previous"} and not _resumed(reply):
            assert not _is(delivered, "skip")


def _is(activity: Activity, action: str) -> bool:
    return any(one.action == action for one in activity.sequencing.before)


def _within_limit(reply: Reply, activity: Activity) -> bool:
    most = activity.sequencing.limits.attempts
    return most is None or reply.state.tracks[activity.id].attempts <= most


def _resumed(reply: Reply) -> bool:
    """Tell whether it went on where it was, or the only lesson was chosen for the learner."""
    return any(step.process == "NB.2.1" and step.outcome.startswith(("resumeAll", "choice")) for step in reply.trace)


truths = st.lists(st.sampled_from((None, False, True)), min_size=1, max_size=6)


@MANY
@given(truths, st.integers(0, 5), st.sampled_from([one for one in SETS if one != "none"]), st.integers(0, 4))
def test_a_child_that_becomes_satisfied_never_takes_satisfaction_away(
    before: list[bool | None], which: int, children: str, count: int
) -> None:
    said = rollup_rule("satisfied", "satisfied", children, least_count=count, least_percent=count / 4)
    after = [True if n == which % len(before) else one for n, one in enumerate(before)]

    assert _satisfied(after, Rollup((said,))) >= _satisfied(before, Rollup((said,)))
    assert _satisfied(after, Rollup()) >= _satisfied(before, Rollup())


def test_a_rule_that_none_is_satisfied_is_not_monotonic_and_the_check_would_see_it() -> None:
    none = Rollup((rollup_rule("satisfied", "satisfied", "none"),))

    assert _satisfied([False, True], none) < _satisfied([False, False], none)


def _satisfied(children: list[bool | None], rules: Rollup) -> bool:
    names = [f"a{n}" for n in range(len(children))]
    run = run_of(tree(*lessons(*names), rollup=rules))
    for name, satisfied in zip(names, children, strict=True):
        objectives.record(run, at(run, name), at(run, name).primary, satisfied=satisfied)
    rollup.overall_rollup_process(run, at(run, names[0]))
    return objectives.primary(run, run.tree.root).satisfied is True


measured = st.lists(st.tuples(st.floats(-1, 1), st.floats(0, 1)), min_size=1, max_size=5)


@MANY
@given(measured, st.integers(0, 4), st.floats(0, 1))
def test_a_child_that_does_better_never_lowers_a_measure(
    weighed: list[tuple[float, float]], which: int, more: float
) -> None:
    better = [(min(1.0, one + more) if n == which % len(weighed) else one, by) for n, (one, by) in enumerate(weighed)]
    before, after = _measure(weighed), _measure(better)

    assert (before is None) == (after is None) == (sum(by for _, by in weighed) == 0)
    if before is not None and after is not None:
        assert after >= before - 1e-9
        assert -1 - 1e-9 <= before <= 1 + 1e-9


def _measure(weighed: list[tuple[float, float]]) -> float | None:
    made = tree(*(item(f"a{n}", rollup=Rollup(measure_weight=by)) for n, (_, by) in enumerate(weighed)))
    run = run_of(made)
    for n, (measure, _) in enumerate(weighed):
        objectives.record(run, at(run, f"a{n}"), at(run, f"a{n}").primary, measure=measure)
    rollup.overall_rollup_process(run, run.tree.root)
    return objectives.primary(run, run.tree.root).measure


@pytest.mark.parametrize("seed", range(3))
def test_the_same_seed_leads_the_same_way(seed: int) -> None:
    made = tree(*lessons(*"abcdef"))
    taken = [Asked("continue", "", {}), Asked("choice", "d", {}), Asked("previous", "", {})]

    assert walk(made, taken, seed)[-1].state == walk(made, taken, seed)[-1].state
