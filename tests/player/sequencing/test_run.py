"""A run is a state at work: it changes, it can be tried, and what it found out is forgotten when it no longer holds."""

from player.sequencing import rules
from player.sequencing.tracking import State, Track
from tests.player.sequencing.trees import at, item, lessons, mapped, rule, run_of, tree


def test_a_run_becomes_the_state_that_it_was_made_of() -> None:
    state = State(tracks={"a": Track(1, active=True)}, current="a", seed=3)

    assert run_of(tree(*lessons("a")), state).state() == state


def test_activities_that_are_no_longer_there_are_dropped() -> None:
    state = State(tracks={"gone": Track(1)}, current="gone", suspended="gone")

    assert run_of(tree(*lessons("a")), state).state() == State()


def test_what_is_tried_leaves_nothing() -> None:
    run = run_of(tree(*lessons("a")))
    before = run.state()

    tried = run.tried()
    tried.change(at(run, "a"), attempts=1)
    tried.change_global("g", {"satisfied": True})

    assert run.state() == before
    assert tried.state() != before


def test_what_was_found_out_of_a_rule_holds_until_the_activity_changes() -> None:
    run = run_of(tree(item("a", before=(rule("skip", "attempted"),))))
    a = at(run, "a")

    before = rules.has_rule(run, a, "skip")
    run.change(a, attempts=1)

    assert (before, rules.has_rule(run, a, "skip")) == (False, True)


def test_what_was_found_out_of_a_rule_holds_until_a_global_objective_that_is_read_changes() -> None:
    reads = mapped("g", read_satisfied_status=True)
    run = run_of(tree(item("a", before=(rule("skip", "satisfied"),), objectives=(reads,))))
    a = at(run, "a")

    before = rules.has_rule(run, a, "skip")
    run.change_global("g", {"satisfied": True})

    assert (before, rules.has_rule(run, a, "skip")) == (False, True)


def test_only_available_children_have_a_place() -> None:
    run = run_of(tree(*lessons("a", "b", "c")), State(tracks={"root": Track(available=("c", "a"))}))

    assert [one.id for one in run.children(run.tree.root)] == ["c", "a"]
    assert [run.position(at(run, name)) for name in "abc"] == [1, None, 0]
    assert [run.is_available(at(run, name)) for name in "abc"] == [True, False, True]
