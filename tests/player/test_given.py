"""What a lesson is given: from its manifest, and about its learner no more than a random id."""

from uuid import uuid4

import pytest

from packages.model import Completion, Item, Launch, Limits, Objective, Sequencing, Text
from packages.model.sequencing import LimitConditions
from player import given

LAUNCH = Launch("index.html", "sco", parameters="a=1")


def test_a_lesson_of_12_is_given_what_its_manifest_says() -> None:
    item = Item(
        "i", Text(), LAUNCH, completion=Completion(mastery_score=80.0), limits=Limits("00:30:00", "exit,message")
    )

    assert given.by(item, "1.2") == {
        "cmi.launch_data": "a=1",
        "cmi.student_data.mastery_score": "80",
        "cmi.student_data.max_time_allowed": "00:30:00",
        "cmi.student_data.time_limit_action": "exit,message",
    }


def test_a_lesson_of_2004_is_given_its_thresholds_and_objectives_the_primary_first() -> None:
    objectives = (Objective("thêm"), Objective("chính", primary=True, by_measure=True, least_measure=0.75))
    sequencing = Sequencing(objectives=objectives, limits=LimitConditions(attempt_absolute_duration="PT30M"))
    completion = Completion(by_measure=True, least_progress=0.5)
    item = Item("i", Text(), LAUNCH, completion=completion, limits=Limits(action="exit,message"), sequencing=sequencing)

    assert given.by(item, "2004") == {
        "cmi.launch_data": "a=1",
        "cmi.time_limit_action": "exit,message",
        "cmi.max_time_allowed": "PT30M",
        "cmi.completion_threshold": "0.5",
        "cmi.scaled_passing_score": "0.75",
        "cmi.objectives.0.id": "chính",
        "cmi.objectives.1.id": "thêm",
    }


@pytest.mark.parametrize("edition", ["1.2", "2004"])
def test_what_a_manifest_does_not_say_is_not_given(edition: str) -> None:
    assert given.by(Item("i", Text(), Launch("index.html", "sco")), edition) == {}


@pytest.mark.parametrize("edition", ["1.2", "2004"])
def test_a_lesson_knows_its_learner_by_a_random_id(edition: str) -> None:
    account = uuid4()

    assert sorted(given.to(account, edition).values()) == sorted([str(account), "", "credit", "normal"])
