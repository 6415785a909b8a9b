"""The Activities resource: all that is known of one (Communication 2.5; 2.0: 4.1.6.4)."""

from typing import Any
from uuid import uuid4

import pytest

from tests.conformance.requirements import BOTH, Lrs, requirement
from tests.parts.programs import statement


def new() -> str:
    return f"http://example.org/{uuid4()}"


@requirement("Communication 2.5", "4.1.6.4")
@BOTH
def test_an_activity_nobody_has_named_is_still_one(lrs: Lrs, version: str) -> None:
    iri = new()
    answer = lrs(version).get("/activities", activityId=iri)

    assert answer.status_code == 200
    assert answer.json == {"objectType": "Activity", "id": iri}


@requirement("Communication 2.5", "4.1.6.4")
@BOTH
def test_what_several_statements_say_is_put_together_and_the_later_wins(lrs: Lrs, version: str) -> None:
    iri = new()
    said: list[dict[str, Any]] = [
        {"name": {"vi": "Bài"}, "type": "http://example.org/old", "extensions": {"x:a": 1, "x:b": [1]}},
        {"name": {"en": "Lesson"}, "description": {"vi": "Một bài"}},
        {"name": {"vi": "Bài một"}, "type": "http://example.org/new", "extensions": {"x:b": [2]}},
        {"interactionType": "choice", "choices": [{"id": "a"}], "moreInfo": "http://example.org/more"},
    ]
    for definition in said:
        lrs(version).post(statement(object={"id": iri, "definition": definition}))

    assert lrs(version).get("/activities", activityId=iri).json == {
        "objectType": "Activity",
        "id": iri,
        "definition": {
            "name": {"vi": "Bài một", "en": "Lesson"},
            "description": {"vi": "Một bài"},
            "type": "http://example.org/new",
            "moreInfo": "http://example.org/more",
            "interactionType": "choice",
            "choices": [{"id": "a"}],
            "extensions": {"x:a": 1, "x:b": [2]},
        },
    }


@requirement("Communication 2.5", "4.1.6.4")
@BOTH
@pytest.mark.parametrize(
    "place",
    [
        lambda activity: {"object": activity},
        lambda activity: {"context": {"contextActivities": {"parent": [activity]}}},
        lambda activity: {"context": {"contextActivities": {"other": activity}}},
        lambda activity: {
            "object": {
                "objectType": "SubStatement",
                "actor": {"mbox": "mailto:a@b.vn"},
                "verb": {"id": "x:v"},
                "object": activity,
            }
        },
    ],
    ids=["the object", "a parent", "a single other", "in a SubStatement"],
)
def test_an_activity_is_described_wherever_it_stands(lrs: Lrs, version: str, place: Any) -> None:
    iri = new()
    lrs(version).post(statement(**place({"id": iri, "definition": {"name": {"vi": "Bài"}}})))

    answer = lrs(version).get("/activities", activityId=iri).json
    assert answer is not None
    assert answer["definition"] == {"name": {"vi": "Bài"}}


@requirement("Communication 2.5", "4.1.6.4")
@BOTH
@pytest.mark.parametrize(
    "asked",
    [{}, {"activityId": ""}, {"activityId": "lesson"}, {"activityid": "x:y"}, {"activityId": "x:y", "limit": "1"}],
    ids=str,
)
def test_a_wrong_question_is_refused(lrs: Lrs, version: str, asked: dict[str, str]) -> None:
    assert lrs(version).get("/activities", **asked).status_code == 400
    assert lrs(version).get("/activities", activityId="x:y").status_code == 200
