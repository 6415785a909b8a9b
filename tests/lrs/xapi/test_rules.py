"""Rules between properties (Data 2.4), in statements and SubStatements alike."""

from typing import Any

import pytest

from tests.lrs.xapi.test_examples import ANSWERED, COURSE, PLANNED, SHORT, changed, read, refused


@pytest.mark.parametrize(
    "score",
    [
        {},
        {"raw": 0, "min": 0, "max": 10},
        {"raw": 10, "min": 0, "max": 10.0},
        {"raw": -5},
        {"min": 5},
        {"raw": 5, "max": 5},
        {"min": -1e-9, "max": 0},
    ],
)
@pytest.mark.parametrize(("example", "path"), [(SHORT, "result"), (PLANNED, "object.result")])
def test_a_score_within_its_bounds_is_accepted(example: dict[str, Any], path: str, score: dict[str, float]) -> None:
    assert read(changed(example, f"{path}.score", score))


@pytest.mark.parametrize(
    ("score", "wrong"),
    [
        ({"raw": 11, "max": 10}, "raw"),
        ({"raw": 10.000001, "min": 0, "max": 10}, "raw"),
        ({"raw": -1, "min": 0}, "raw"),
        ({"min": 10, "max": 10}, "min"),
        ({"min": 11, "max": 10}, "min"),
        ({"raw": 10.5, "min": 11, "max": 10}, "min"),
    ],
)
@pytest.mark.parametrize(("example", "path"), [(SHORT, "result"), (PLANNED, "object.result")])
def test_a_score_beyond_them_is_refused(
    example: dict[str, Any], path: str, score: dict[str, float], wrong: str
) -> None:
    assert refused(changed(example, f"{path}.score", score)).path == f"$.{path}.score.{wrong}"


def twice(kind: str) -> dict[str, Any]:
    return COURSE | {"definition": {"interactionType": "other", kind: [{"id": "a"}, {"id": "b"}, {"id": "a"}]}}


@pytest.mark.parametrize("kind", ["choices", "scale", "source", "target", "steps"])
@pytest.mark.parametrize(
    ("example", "path", "place"),
    [
        (SHORT, "object", "$.object"),
        (PLANNED, "object.object", "$.object.object"),
        (SHORT, "context.contextActivities.parent", "$.context.contextActivities.parent"),
        (ANSWERED, "context.contextActivities.parent.0", "$.context.contextActivities.parent[0]"),
    ],
)
def test_an_interaction_component_comes_once_in_its_list(
    example: dict[str, Any], path: str, place: str, kind: str
) -> None:
    assert refused(changed(example, path, twice(kind))).path == f"{place}.definition.{kind}[2].id"


@pytest.mark.parametrize("context", [{}, {"language": "vi"}, {"contextActivities": {}}])
def test_a_context_need_not_name_activities(context: dict[str, Any]) -> None:
    assert read(changed(SHORT, "context", context))


@pytest.mark.parametrize("result", [{}, {"success": True}])
def test_a_result_need_not_have_a_score(result: dict[str, Any]) -> None:
    assert read(changed(SHORT, "result", result))


def test_two_lists_may_have_components_of_the_same_id() -> None:
    definition = {"interactionType": "matching", "source": [{"id": "a"}], "target": [{"id": "a"}]}

    assert read(changed(SHORT, "object.definition", definition))
