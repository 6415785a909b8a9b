"""What a lesson says becomes what is known of its activity, and the other way round."""

from typing import Any

import pytest

from packages.model import SCO, DeliveryControls, Item, Launch, Objective, Sequencing, SharedData, Text
from player.sequencing import coupling, objectives
from player.sequencing.navigation import Request
from player.sequencing.run import Run
from player.sequencing.tracking import Progress, State
from tests.player.sequencing.trees import at, item, mapped, run_of, tree

WORDS = {
    "success_status": "passed",
    "score.scaled": "0.5",
    "score.raw": "5",
    "score.min": "0",
    "score.max": "10",
    "completion_status": "incomplete",
    "progress_measure": "0.25",
}
KNOWN = Progress(satisfied=True, measure=0.5, raw="5", least="0", most="10", completed=False, progress=0.25)
TWO = (Objective("p", primary=True), Objective("o"))


def run_with(*said: Objective, **more: Any) -> Run:
    return run_of(tree(item("a", objectives=said or TWO, **more)))


def tell(run: Run, values: dict[str, str], before: dict[str, str] | None = None) -> dict[str, Progress]:
    a = at(run, "a")
    coupling.told(run, a, values, before or {})
    return {name: objectives.local(run, a, one) for name, one in a.objectives.items()}


def test_what_a_lesson_says_of_itself_is_known_of_its_primary_objective() -> None:
    known = tell(run_with(), {f"cmi.{name}": value for name, value in WORDS.items()})

    assert known == {"p": KNOWN, "o": Progress()}


def test_what_a_lesson_says_of_an_objective_goes_by_its_identifier() -> None:
    ids = {"cmi.objectives.0.id": "mine", "cmi.objectives.1.id": "o", "cmi.objectives.0.success_status": "failed"}

    known = tell(run_with(), ids | {f"cmi.objectives.1.{name}": value for name, value in WORDS.items()})

    assert known == {"p": Progress(), "o": KNOWN}


def test_of_the_primary_objective_what_is_said_of_the_lesson_wins() -> None:
    said = {"cmi.objectives.0.id": "p", "cmi.objectives.0.success_status": "failed", "cmi.objectives.0.score.raw": "1"}

    known = tell(run_with(), said | {"cmi.success_status": "passed"})

    assert known["p"] == Progress(satisfied=True, raw="1")


def test_what_a_lesson_was_given_it_has_not_said() -> None:
    reads_here_writes_there = Objective(
        "p",
        primary=True,
        maps=(*mapped("here", read_satisfied_status=True).maps, *mapped("there", write_satisfied_status=True).maps),
    )
    run = run_with(reads_here_writes_there)
    given = {"cmi.objectives.0.id": "p", "cmi.objectives.0.success_status": "passed"}

    tell(run, given, before=given)

    assert run.objectives == {}


@pytest.mark.parametrize("value", ["", "much", "1e999x"])
def test_what_is_no_number_is_not_heard(value: str) -> None:
    assert tell(run_with(), {"cmi.score.scaled": value})["p"].measure is None


def test_what_is_not_tracked_says_nothing() -> None:
    known = tell(run_with(delivery=DeliveryControls(tracked=False)), {"cmi.success_status": "passed"})

    assert known["p"] == Progress()


def test_a_lesson_reads_what_its_objectives_know() -> None:
    reads = mapped("g", "o", primary=False, read_satisfied_status=True, read_raw_score=True)
    run = run_with(Objective("p", primary=True), reads)

    run.change_global("g", {"satisfied": False, "raw": "7", "measure": 0.5})

    assert coupling.given(run, at(run, "a")) == {
        "cmi.objectives.0.id": "p",
        "cmi.objectives.1.id": "o",
        "cmi.objectives.1.success_status": "failed",
        "cmi.objectives.1.score.raw": "7",
    }


def test_what_is_given_is_what_can_be_told() -> None:
    run = run_with()
    a = at(run, "a")
    objectives.record(
        run, a, a.objectives["o"], satisfied=False, measure=-0.5, completed=True, progress=0.125, least="0"
    )
    given = coupling.given(run, a)
    other = run_with()

    assert tell(other, given) == {name: objectives.local(run, a, one) for name, one in a.objectives.items()}


def test_what_others_have_changed_comes_before_what_was_kept() -> None:
    kept = {"cmi.location": "3", "cmi.objectives.0.success_status": "failed"}
    given = {"cmi.objectives.0.success_status": "passed", "adl.nav.request_valid.continue": "true"}

    assert coupling.kept(kept, given) == {"cmi.location": "3", "cmi.objectives.0.success_status": "passed"}


def stored() -> Run:
    buckets = (SharedData("both"), SharedData("read", write=False), SharedData("write", read=False))
    said = Sequencing(delivery=DeliveryControls(tracked=False))
    lesson = Item("a", Text.of("a"), Launch("a", SCO), sequencing=said, shared_data=buckets)
    return run_of(tree(lesson), State(stores={"both": "1", "read": "2"}))


def test_stores_are_given_whether_or_not_anything_is_tracked() -> None:
    run = stored()

    assert coupling.given(run, at(run, "a")) == {
        "adl.data.0.id": "both",
        "adl.data.0.store": "1",
        "adl.data.1.id": "read",
        "adl.data.1.store": "2",
        "adl.data.2.id": "write",
    }
    assert coupling.access(at(run, "a")) == {
        "adl.data.0.store": "rw",
        "adl.data.1.store": "r",
        "adl.data.2.store": "w",
    }


def test_a_store_is_written_by_those_who_may() -> None:
    run = stored()

    tell(run, {f"adl.data.{n}.store": "new" for n in range(3)})

    assert run.stores == {"both": "new", "read": "2", "write": "new"}


@pytest.mark.parametrize(("exit_", "suspended"), [("suspend", True), ("normal", False), ("", False)])
def test_a_lesson_may_suspend_its_activity(exit_: str, *, suspended: bool) -> None:
    run = run_with()

    coupling.ended(run, at(run, "a"), {"cmi.exit": exit_})

    assert run.track(at(run, "a")).suspended == suspended


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("continue", Request("continue")),
        ("{target=a}b}choice", Request("choice", "a}b")),
        ("{target=a}jump", Request("jump", "a")),
        ("_none_", None),
        ("", None),
    ],
)
def test_a_lesson_may_ask_for_something(said: str, expected: Request | None) -> None:
    assert coupling.asked({"adl.nav.request": said}) == expected


@pytest.mark.parametrize(
    ("exit_", "expected"),
    [("time-out", Request("exitAll")), ("logout", Request("exitAll")), ("suspend", None), ("normal", None)],
)
def test_some_ways_out_end_everything(exit_: str, expected: Request | None) -> None:
    assert coupling.forced({"cmi.exit": exit_, "adl.nav.request": "continue"}) == expected
