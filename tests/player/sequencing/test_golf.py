"""The golf examples play as their authors meant: what each is for is told in its words, and gone through."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from packages import scorm2004
from packages import tree as xml
from packages.files import Files
from packages.findings import Notes
from player.sequencing import sequencer
from player.sequencing.tree import Tree
from tests.player.sequencing.trees import Learner

if TYPE_CHECKING:
    from pathlib import Path

FORCED = "SequencingForcedSequential_SCORM20043rdEdition"
ORDER = ["playing_item", "etuqiette_item", "handicapping_item", "havingfun_item", "assessment_item"]
PASSED = {"completion_status": "completed", "success_status": "passed"}


def golf(cases: Path, name: str) -> Tree:
    with zipfile.ZipFile(cases / "golf" / f"{name}.zip") as archive:
        notes = Notes("imsmanifest.xml")
        root = xml.parse(archive.read("imsmanifest.xml"), notes)
        found = scorm2004.read(root, Files.below("", archive.namelist()), notes)
    return Tree(found.organisations[0], found.edition)


@pytest.fixture
def forced(cases: Path) -> Learner:
    """Begin the course whose lessons are visited in order."""
    return Learner(golf(cases, FORCED))


def open_to(learner: Learner) -> list[str]:
    return [one.id for one in learner.reply.contents.entries if one.leaf and one.selectable]


def test_at_first_only_the_first_lesson_is_open(forced: Learner) -> None:
    assert [one.id for one in forced.tree.activities if one.is_leaf] == ORDER
    assert forced.at == ORDER[0]
    assert open_to(forced) == ORDER[:1]


def test_the_others_can_be_seen_but_neither_chosen_nor_reached_by_continue(forced: Learner) -> None:
    assert all(forced.reply.contents.entry(name).shown for name in ORDER)
    assert not forced.reply.contents.requests["continue"]
    for name in ORDER[1:]:
        assert forced.reply.contents.entry(name).selectable is False


def test_each_lesson_that_is_passed_opens_the_next_one_and_no_further(forced: Learner) -> None:
    for n, name in enumerate(ORDER[1:], 1):
        assert forced.ask("exit", **PASSED) == ""
        assert open_to(forced) == ORDER[: n + 1]
        assert forced.ask("continue") == name


def test_a_lesson_that_is_not_passed_opens_nothing(forced: Learner) -> None:
    forced.ask("exit", completion_status="incomplete", success_status="failed")

    assert open_to(forced) == ORDER[:1]


def test_one_may_always_go_back_to_what_was_visited_and_loses_nothing(forced: Learner) -> None:
    forced.ask("continue", **PASSED)
    forced.ask("continue", **PASSED)

    assert forced.at == ORDER[2]
    assert forced.ask("choice", ORDER[0]) == ORDER[0]
    assert forced.ask("choice", ORDER[2]) == ORDER[2]


def test_the_course_is_passed_when_all_lessons_are_and_has_no_score(forced: Learner) -> None:
    seen = []
    for name in ORDER:
        forced.ask("choice", name)
        forced.ask("exit", score__scaled="0.9", **PASSED)
        seen.append(forced.status(forced.tree.root.id))

    assert seen[-1] == (True, True)
    assert all(one != (True, True) for one in seen[:-1])
    assert forced.reply.contents.entry(forced.tree.root.id).measure is None


def test_its_objectives_are_nobody_elses(forced: Learner) -> None:
    forced.ask("exitAll", **PASSED)

    assert sequencer.left_over(forced.tree, forced.state).objectives == {}


@pytest.mark.parametrize(
    "name",
    [
        "ContentPackagingSingleSCO_SCORM20042ndEdition",
        "RunTimeAdvancedCalls_SCORM20043rdEdition",
        "RuntimeBasicCalls_SCORM20043rdEdition",
    ],
)
def test_an_example_of_one_lesson_opens_it_and_ends_with_it(cases: Path, name: str) -> None:
    learner = Learner(golf(cases, name))
    opened = learner.at

    learner.ask("exitAll", score__scaled="0.9", **PASSED)

    assert [one.id for one in learner.tree.activities if one.is_leaf] == [opened]
    assert learner.reply.ended
    assert learner.status(learner.tree.root.id) == (True, True)


def test_an_example_that_says_nothing_of_sequencing_leaves_the_choice_to_the_learner(cases: Path) -> None:
    learner = Learner(golf(cases, "RuntimeMinimumCalls_SCORM20043rdEdition"))
    lessons = [one.id for one in learner.tree.activities if one.is_leaf]

    assert learner.at == ""
    assert open_to(learner) == lessons
    assert [learner.ask("choice", name) for name in lessons[::5]] == lessons[::5]
    assert not learner.reply.contents.requests["continue"]
