"""What a learner may do next is what would be done."""

from typing import Any

import pytest

from packages.model import ControlMode, Item, LimitConditions, Sequencing, Text
from player.sequencing import contents
from player.sequencing.contents import Contents
from tests.player.sequencing.trees import Learner, item, lessons, mapped, rule, tree


def offered(learner: Learner, what: str) -> list[str]:
    return [one.id for one in learner.reply.contents.entries if getattr(one, what)]


def test_every_activity_has_a_line_with_its_standing() -> None:
    learner = Learner(tree(item("m", *lessons("a", "b"))))
    learner.ask("continue", completion_status="incomplete", success_status="passed", score__scaled="0.5")

    lines = learner.reply.contents.entries
    assert [(one.id, one.depth, one.leaf) for one in lines] == [
        ("root", 0, False),
        ("m", 1, False),
        ("a", 2, True),
        ("b", 2, True),
    ]
    a = learner.reply.contents.entry("a")
    assert (a.attempts, a.completed, a.satisfied, a.measure) == (1, False, True, 0.5)


def test_nothing_of_a_state_changes_when_it_is_looked_at() -> None:
    learner = Learner(tree(*lessons("a", "b")))
    before = learner.reply.state

    learner.reply.contents.values()

    assert learner.state == before


@pytest.mark.parametrize(
    ("said", "shown", "choice"),
    [
        ({}, True, True),
        ({"before": (rule("hiddenFromChoice", "always"),)}, False, False),
        ({"before": (rule("disabled", "always"),)}, True, False),
        ({"before": (rule("skip", "always"),)}, True, True),
        ({"limits": LimitConditions(attempts=0)}, True, False),
        ({"visible": False}, False, True),
    ],
)
def test_what_is_shown_and_what_may_be_chosen(said: dict[str, Any], *, shown: bool, choice: bool) -> None:
    learner = Learner(tree(item("a"), item("b", **said)))

    found = learner.reply.contents.entry("b")
    assert (found.shown, found.choice, found.selectable) == (shown, choice, shown and choice)


def test_what_is_shown_as_to_be_chosen_is_delivered() -> None:
    made = tree(
        item("m", *lessons("a", "b"), before=(rule("hiddenFromChoice", "attempted"),)),
        item("n", item("c", before=(rule("disabled", "not attempted"),)), item("d"), control=ControlMode(flow=False)),
        item("o", *lessons("e", "f"), control=ControlMode(choice=False, flow=True)),
    )
    learner = Learner(made)
    for target in [one.id for one in learner.reply.contents.entries]:
        trial = Learner(made)
        choosable = trial.reply.contents.entry(target).choice
        assert bool(trial.ask("choice", target)) == choosable


def test_an_entry_that_leads_to_nothing_cannot_be_chosen() -> None:
    learner = Learner(tree(item("a"), item("m", item("b", before=(rule("disabled", "always"),)))))

    assert offered(learner, "choice") == ["root", "a"]


@pytest.mark.parametrize(("at", "continues", "goes_back"), [("a", True, False), ("b", True, True), ("c", True, True)])
def test_continue_and_previous_are_valid_where_they_lead_somewhere(
    at: str, *, continues: bool, goes_back: bool
) -> None:
    learner = Learner(tree(*lessons("a", "b", "c")))
    if at != "a":
        learner.ask("choice", at)

    found = learner.reply.contents.requests
    assert (found["continue"], found["previous"]) == (continues, goes_back)


def test_a_continue_into_what_is_to_be_chosen_is_valid() -> None:
    learner = Learner(tree(item("a"), item("m", item("b"), control=ControlMode(flow=False))))

    assert learner.reply.contents.requests["continue"]
    assert learner.ask("continue") == ""
    assert "b" in offered(learner, "selectable")


@pytest.mark.parametrize("condition", ["not attempted", "not satisfied"])
def test_what_ending_the_lesson_will_bring_about_counts_already(condition: str) -> None:
    reads = mapped("g", read_satisfied_status=True)
    waits = item(
        "b", before=(rule("disabled", condition), rule("disabled", "not objectiveStatusKnown")), objectives=(reads,)
    )
    learner = Learner(tree(item("a", objectives=(mapped("g", write_satisfied_status=True),)), waits))

    found = learner.reply.contents.requests["continue"]

    assert found == bool(learner.ask("continue")) == (condition == "not satisfied")


def test_what_the_data_model_says_is_the_same() -> None:
    learner = Learner(tree(item("a"), item("b", before=(rule("disabled", "always"),))))

    assert learner.reply.contents.values() == {
        "adl.nav.request_valid.continue": "false",
        "adl.nav.request_valid.previous": "false",
        "adl.nav.request_valid.choice.{target=root}": "true",
        "adl.nav.request_valid.choice.{target=a}": "true",
        "adl.nav.request_valid.choice.{target=b}": "false",
        "adl.nav.request_valid.jump.{target=root}": "false",
        "adl.nav.request_valid.jump.{target=a}": "true",
        "adl.nav.request_valid.jump.{target=b}": "false",
    }


@pytest.mark.parametrize(("edition", "jumps"), [("4th", True), ("3rd", False)])
def test_a_lesson_hears_of_jumps_where_its_edition_knows_them(edition: str, *, jumps: bool) -> None:
    said = Learner(tree(item("a"), edition=edition)).reply.contents.values()

    assert any(".jump." in name for name in said) == jumps


def test_a_control_is_offered_if_it_works_and_is_not_hidden() -> None:
    hiding = Item("a", Text.of("a"), lessons("x")[0].launch, sequencing=Sequencing(), hidden_controls=("continue",))
    learner = Learner(tree(hiding, item("b")))

    assert learner.reply.contents.requests["continue"]
    assert [learner.reply.contents.offers(name) for name in ("continue", "previous", "exitAll")] == [False, False, True]


def test_a_table_of_contents_is_enabled_if_it_leads_elsewhere() -> None:
    assert not Learner(tree(item("a"), control=ControlMode(flow=False))).reply.contents.enabled
    assert Learner(tree(*lessons("a", "b"))).reply.contents.enabled


def test_contents_are_written_for_a_page() -> None:
    found = contents.as_json(Learner(tree(item("a"))).reply.contents)

    assert found["entries"][1]["id"] == "a"
    assert found["entries"][1]["selectable"] is True
    assert found["requests"]["continue"] is True


def test_without_anything_nothing_is_offered() -> None:
    assert not Contents({}).offers("continue")
