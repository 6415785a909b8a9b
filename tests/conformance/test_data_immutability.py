"""Statements never change, and which differences make two of one (Data 2.3.1; 2.0: 4.2)."""

from typing import Any

import pytest

from tests.conformance.requirements import BOTH, VERSIONS, Lrs, requirement
from tests.lrs.xapi.test_examples import ANSWERED, GONE, PLANNED, changed
from tests.parts.programs import V1, V2, statement

THERE = ANSWERED | {"timestamp": "2026-01-31T08:00:00.123Z"}
CLASS = PLANNED | {"version": "1.0.0"}

SAME: list[tuple[str, dict[str, Any], dict[str, Any], tuple[str, ...]]] = [
    ("the same", THERE, {}, VERSIONS),
    ("another display of the verb", THERE, {"verb.display": {"fr": "répondu"}}, VERSIONS),
    ("no display of the verb", THERE, {"verb.display": GONE}, VERSIONS),
    ("another definition", THERE, {"object.definition": {"name": {"fr": "Question 7"}}}, VERSIONS),
    ("no definition", THERE, {"object.definition": GONE}, VERSIONS),
    ("an objectType that goes without saying", THERE, {"object.objectType": GONE}, VERSIONS),
    ("an actor's type that goes without saying", THERE, {"actor.objectType": GONE}, VERSIONS),
    ("another zone", THERE, {"timestamp": "2026-01-31T15:00:00.123+07:00"}, VERSIONS),
    ("another precision", THERE, {"timestamp": "2026-01-31T08:00:00.1230000Z"}, VERSIONS),
    ("no timestamp", THERE, {"timestamp": GONE}, VERSIONS),
    ("another stored", THERE, {"stored": "2001-01-01T00:00:00Z"}, VERSIONS),
    ("another authority", THERE, {"authority": {"mbox": "mailto:boss@example.org"}}, VERSIONS),
    ("another case of a language", THERE, {"context.language": "VI"}, VERSIONS),
    (
        "another case of a registration",
        THERE,
        {"context.registration": "EC531277-B57B-4C15-8D91-D292C5B2B8F7"},
        VERSIONS,
    ),
    ("another case of a domain", THERE, {"context.instructor.mbox": "mailto:minh@EXAMPLE.vn"}, VERSIONS),
    ("a number written otherwise", THERE, {"result.score.max": 10.0}, VERSIONS),
    ("a duration beyond a hundredth", THERE, {"result.duration": "PT1M23.459S"}, VERSIONS),
    (
        "another definition around",
        THERE,
        {"context.contextActivities.parent.0.definition": {"name": {"vi": "Bài"}}},
        VERSIONS,
    ),
    (
        "one activity instead of a list of one",
        THERE,
        {"context.contextActivities.parent": {"id": "https://lms.example.vn/courses/an-toan"}},
        VERSIONS,
    ),
    ("members in another order", CLASS, {"actor.member": list(reversed(CLASS["actor"]["member"]))}, VERSIONS),
    (
        "members in another order in a SubStatement",
        CLASS,
        {"object.actor.member": list(reversed(CLASS["actor"]["member"]))},
        VERSIONS,
    ),
    ("a planned time in another zone", CLASS, {"object.timestamp": "2030-01-31T01:00:00Z"}, VERSIONS),
    ("no attachments", THERE, {"attachments": GONE}, (V2,)),
    ("another timestamp", THERE, {"timestamp": "2026-01-31T09:00:00Z"}, (V2,)),
    ("another version", CLASS, {"version": "1.0.3"}, (V2,)),
]

OTHER: list[tuple[str, dict[str, Any], dict[str, Any], tuple[str, ...]]] = [
    ("another actor", THERE, {"actor": {"mbox": "mailto:minh@example.vn"}}, VERSIONS),
    ("another name", THERE, {"actor.name": "Lan"}, VERSIONS),
    ("another case of a mailbox", THERE, {"context.instructor.mbox": "mailto:Minh@example.vn"}, VERSIONS),
    ("another verb", THERE, {"verb.id": "http://example.org/other"}, VERSIONS),
    ("another activity", THERE, {"object.id": "http://example.org/other"}, VERSIONS),
    (
        "an activity's id in another case",
        THERE,
        {"object.id": "https://LMS.example.vn/courses/an-toan/questions/7"},
        VERSIONS,
    ),
    (
        "another kind of object",
        THERE,
        {"object": {"objectType": "Agent", "mbox": "mailto:a@b.vn"}, "context": GONE},
        VERSIONS,
    ),
    ("no result", THERE, {"result": GONE}, VERSIONS),
    ("another score", THERE, {"result.score.raw": 7.25}, VERSIONS),
    ("another success", THERE, {"result.success": False}, VERSIONS),
    ("another response", THERE, {"result.response": "c[,]a"}, VERSIONS),
    ("the same duration in other units", THERE, {"result.duration": "PT83.45S"}, VERSIONS),
    ("another hundredth", THERE, {"result.duration": "PT1M23.46S"}, VERSIONS),
    ("another extension", THERE, {"result.extensions": {"https://lms.example.vn/ext/tries": [1]}}, VERSIONS),
    ("another registration", THERE, {"context.registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f8"}, VERSIONS),
    ("no team", THERE, {"context.team": GONE}, VERSIONS),
    (
        "another reference in the context",
        THERE,
        {"context.statement.id": "ec531277-b57b-4c15-8d91-d292c5b2b8f8"},
        VERSIONS,
    ),
    ("another parent", THERE, {"context.contextActivities.parent": [{"id": "x:y"}]}, VERSIONS),
    ("another platform", THERE, {"context.platform": "hải đăng"}, VERSIONS),
    ("a member less", CLASS, {"actor.member": CLASS["actor"]["member"][:1]}, VERSIONS),
    ("another verb in a SubStatement", CLASS, {"object.verb.id": "x:y"}, VERSIONS),
    ("no context", THERE, {"context": GONE}, VERSIONS),
    ("no attachments", THERE, {"attachments": GONE}, (V1,)),
    ("another timestamp", THERE, {"timestamp": "2026-01-31T09:00:00Z"}, (V1,)),
    ("another version", CLASS, {"version": "1.0.3"}, (V1,)),
]


def rows(table: list[tuple[str, dict[str, Any], dict[str, Any], tuple[str, ...]]]) -> pytest.MarkDecorator:
    cases = [
        pytest.param(example, changes, version, id=f"{version} {words}")
        for words, example, changes, versions in table
        for version in versions
    ]
    return pytest.mark.parametrize(("example", "changes", "version"), cases)


def again(example: dict[str, Any], changes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give a statement under an id of its own, and the same with changes."""
    first = example | {"id": statement()["id"]}
    second = first
    for path, value in changes.items():
        second = changed(second, path, value)
    return first, second


@requirement("Data 2.3.1", "4.2")
@rows(SAME)
def test_a_difference_that_does_not_count_is_no_conflict_and_changes_nothing(
    lrs: Lrs, example: dict[str, Any], changes: dict[str, Any], version: str
) -> None:
    first, second = again(example, changes)
    lrs(version).post(first)
    before = lrs(version).get(statementId=first["id"]).text
    answer = lrs(version).post(second)

    assert answer.status_code == 200, answer.text
    assert answer.json == [first["id"]]
    assert lrs(version).get(statementId=first["id"]).text == before


@requirement("Data 2.3.1", "4.2")
@rows(OTHER)
def test_a_difference_that_counts_is_a_conflict_and_changes_nothing(
    lrs: Lrs, example: dict[str, Any], changes: dict[str, Any], version: str
) -> None:
    first, second = again(example, changes)
    lrs(version).post(first)
    before = lrs(version).get(statementId=first["id"]).text
    answers = (
        lrs(version).post(second),
        lrs(version).ask("PUT", "/statements", second, statementId=first["id"]),
        lrs(version).post([statement(), second]),
    )

    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert lrs(version).get(statementId=first["id"]).text == before


@requirement("Data 2.3.1", "4.2")
@BOTH
def test_a_later_definition_does_not_change_what_was_said(lrs: Lrs, version: str) -> None:
    first = statement(object={"id": f"x:{version}", "definition": {"name": {"vi": "Bài một"}}})
    lrs(version).post(first)
    lrs(version).post(statement(object={"id": f"x:{version}", "definition": {"name": {"vi": "Bài hai"}}}))
    exact = lrs(version).get(statementId=first["id"]).json
    canonical = lrs(version).get(statementId=first["id"], format="canonical").json

    assert exact is not None
    assert canonical is not None
    assert exact["object"] == first["object"]
    assert canonical["object"]["definition"]["name"] == {"vi": "Bài hai"}
