"""Equality (Data 2.3.1): what may differ between two statements that are one, and what may not."""

import copy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lrs.xapi import equality
from lrs.xapi.errors import Refused
from lrs.xapi.version import Version
from tests.lrs.xapi.test_examples import (
    ANSWERED,
    BRIEF,
    CLASS,
    COURSE,
    EXAMPLES,
    GONE,
    LAN,
    MINH,
    PLANNED,
    SHORT,
    TEAM,
    TOGETHER,
    changed,
    mutated,
    places,
    read,
)

HASHED = {"mbox_sha1sum": "cd9b00a5611f94eaa7b1661edab976068e364975"}
OTHER = "00000000-0000-4000-8000-000000000000"

SAME = [
    # What the record assigns
    (SHORT, "id", OTHER),
    (SHORT, "stored", "2026-01-31T08:00:00Z"),
    (SHORT, "timestamp", "2026-01-31T08:00:00Z"),
    (SHORT, "version", "1.0.0"),
    (SHORT, "authority", LAN),
    (PLANNED, "stored", "2020-01-31T08:00:00Z"),
    (PLANNED, "authority", MINH),
    # Time
    (ANSWERED, "timestamp", "2026-01-31T15:00:00.1239+07:00"),
    (PLANNED, "object.timestamp", "2030-01-31T01:00:00.000Z"),
    (ANSWERED, "result.duration", "PT1M23.459S"),
    # Verbs and activities
    (ANSWERED, "verb.display", GONE),
    (ANSWERED, "verb.display", {"fr": "a répondu"}),
    (PLANNED, "object.verb.display", GONE),
    (ANSWERED, "object.definition", GONE),
    (ANSWERED, "object.objectType", GONE),
    (SHORT, "object.definition", {"name": {"en": "Safety"}}),
    (ANSWERED, "context.contextActivities.category.0.definition", GONE),
    (ANSWERED, "context.contextActivities.parent", COURSE),
    (ANSWERED, "context.contextActivities.parent.0.objectType", "Activity"),
    (PLANNED, "object.context.contextActivities.other", [COURSE | {"definition": {}}]),
    # Actors
    (SHORT, "actor.objectType", "Agent"),
    (SHORT, "actor.mbox", "mailto:minh@EXAMPLE.vn"),
    (SHORT | {"actor": HASHED}, "actor.mbox_sha1sum", HASHED["mbox_sha1sum"].upper()),
    (PLANNED, "actor.member", [MINH | {"objectType": "Agent"}, LAN]),
    (PLANNED, "object.actor.member", [MINH, LAN]),
    # Case
    (ANSWERED, "id", ANSWERED["id"].upper()),
    (ANSWERED, "context.registration", ANSWERED["context"]["registration"].upper()),
    (ANSWERED, "context.statement.id", ANSWERED["context"]["statement"]["id"].upper()),
    (ANSWERED, "context.language", "VI"),
    # Numbers
    (ANSWERED, "result.score.max", 10.0),
    (ANSWERED, "context.extensions", {"https://lms.example.vn/ext/device": {"offline": True, "kind": "tablet"}}),
]

DIFFERENT = [
    (ANSWERED, "actor.name", "Lan"),
    (ANSWERED, "actor.account.name", "x"),
    (SHORT, "actor.mbox", "mailto:Minh@example.vn"),
    (SHORT, "actor", LAN),
    (ANSWERED, "verb.id", "https://example.vn/verbs/guessed"),
    (ANSWERED, "object.id", "https://example.vn/other"),
    (SHORT, "object", LAN),
    (PLANNED, "object.verb.id", "https://example.vn/verbs/guessed"),
    (PLANNED, "object.object", MINH | {"objectType": "Agent"}),
    (PLANNED, "actor.member", [LAN]),
    (PLANNED, "actor.member", [LAN, MINH, MINH]),
    (PLANNED, "actor.name", GONE),
    (ANSWERED, "result.success", False),
    (ANSWERED, "result.score.raw", 7.51),
    (ANSWERED, "result.duration", "PT1M23.46S"),
    (ANSWERED, "result.duration", "PT83.45S"),
    (ANSWERED, "result.response", "a[,]b"),
    (ANSWERED, "result", GONE),
    (ANSWERED, "context.registration", OTHER),
    (ANSWERED, "context.instructor", LAN),
    (ANSWERED, "context.team.member", []),
    (ANSWERED, "context.platform", "x"),
    (ANSWERED, "context.language", "en"),
    (ANSWERED, "context.contextActivities.parent", []),
    (ANSWERED, "context.contextActivities.grouping", GONE),
    (ANSWERED, "context.extensions", {"https://lms.example.vn/ext/device": {"kind": "tablet", "offline": 1}}),
    (ANSWERED, "result.extensions", {"https://lms.example.vn/ext/tries": [None, 1, {"deep": ""}]}),
    (TOGETHER, "context.contextAgents.0.agent", MINH),
    (TOGETHER, "context.contextAgents.0.relevantTypes", GONE),
]

DIFFERENT_IN_1_0_3 = [
    (ANSWERED, "id", OTHER),
    (PLANNED, "version", "1.0.0"),
    (ANSWERED, "timestamp", "2026-01-31T08:00:00.124Z"),
    (ANSWERED, "attachments", GONE),
    (ANSWERED, "attachments.0.length", 5),
]


@pytest.mark.parametrize(("example", "path", "value"), SAME)
@pytest.mark.parametrize("version", list(Version))
def test_a_statement_stays_the_same(example: dict[str, Any], path: str, value: Any, version: Version) -> None:
    other = changed(example, path, value)

    assert read(other, Version.V2)
    assert equality.same(example, other, version)
    assert equality.same(other, example, version)


@pytest.mark.parametrize(("example", "path", "value"), DIFFERENT)
@pytest.mark.parametrize("version", list(Version))
def test_a_statement_becomes_another(example: dict[str, Any], path: str, value: Any, version: Version) -> None:
    other = changed(example, path, value)

    assert read(other, Version.V2)
    assert not equality.same(example, other, version)
    assert not equality.same(other, example, version)


@pytest.mark.parametrize(("example", "path", "value"), DIFFERENT_IN_1_0_3)
def test_2_0_does_not_look_at_what_the_record_may_add_nor_at_attachments(
    example: dict[str, Any], path: str, value: Any
) -> None:
    other = changed(example, path, value)

    assert not equality.same(example, other, Version.V1)
    assert not equality.same(other, example, Version.V1)
    assert equality.same(example, other, Version.V2)
    assert equality.same(other, example, Version.V2)


@pytest.mark.parametrize("version", list(Version))
def test_the_members_of_a_group_are_counted(version: Version) -> None:
    one = SHORT | {"actor": CLASS | {"member": [LAN, LAN, MINH]}}
    other = SHORT | {"actor": CLASS | {"member": [LAN, MINH, MINH]}}

    assert not equality.same(one, other, version)


@pytest.mark.parametrize(
    ("number", "alike"), [(2**53, float(2**53)), (1e300, 1e300), (-1e300, -1e300), (0, -0.0), (2**64 - 1, 2**64 - 1)]
)
def test_numbers_are_compared_by_their_value(number: float, alike: float) -> None:
    one, other = (SHORT | {"result": {"extensions": {"https://example.vn/x": each}}} for each in (number, alike))

    assert equality.same(one, other, Version.V1)


def test_what_is_attached_can_be_left_aside() -> None:
    other = changed(ANSWERED, "attachments", GONE)

    assert equality.same(ANSWERED, other, Version.V1, attachments=False)
    assert not equality.same(changed(ANSWERED, "result", GONE), other, Version.V1, attachments=False)


@pytest.mark.parametrize(
    ("example", "path", "value", "said"),
    [
        (SHORT, "verb.id", "https://example.vn/x", "$.verb.id"),
        (ANSWERED, "object.id", "https://example.vn/x", "$.object.id"),
        (SHORT, "object", LAN, "$.object.account"),
        (ANSWERED, "result.score.raw", 7.51, "$.result.score.raw"),
        (ANSWERED, "result", GONE, "$.result"),
        (PLANNED, "actor.member", [LAN], "$.actor.member"),
        (PLANNED, "object.verb.id", "https://example.vn/x", "$.object.verb.id"),
        (ANSWERED, "context.statement.id", OTHER, "$.context.statement.id"),
        (
            ANSWERED,
            "context.contextActivities.parent",
            {"id": "https://example.vn/x"},
            "$.context.contextActivities.parent[0].id",
        ),
        (ANSWERED, "attachments.0.length", 5, "$.attachments[0].length"),
        (ANSWERED, "result.extensions", {"https://example.vn/x": 1}, '$.result.extensions["https://example.vn/x"]'),
    ],
)
def test_a_difference_is_named_by_its_place(example: dict[str, Any], path: str, value: Any, said: str) -> None:
    found = equality.difference(example, changed(example, path, value), Version.V1)

    assert found is not None
    assert found.path == said
    assert found.one != found.other


def test_a_difference_shows_both_as_they_were_sent() -> None:
    other = changed(ANSWERED, "timestamp", "2026-01-31T15:00:00.124+07:00")

    found = equality.difference(ANSWERED, other, Version.V1)

    assert found == equality.Difference("$.timestamp", f'"{ANSWERED["timestamp"]}"', '"2026-01-31T15:00:00.124+07:00"')


def test_what_one_of_them_lacks_is_nothing() -> None:
    found = equality.difference(SHORT, SHORT | {"result": {"success": True}}, Version.V1)

    assert found == equality.Difference("$.result", "nothing", '{"success":true}')


def test_a_comparison_changes_neither_statement() -> None:
    one, other = copy.deepcopy(ANSWERED), copy.deepcopy(PLANNED)

    equality.same(one, other, Version.V1, attachments=False)

    assert (one, other) == (ANSWERED, PLANNED)


def valid(value: Any) -> bool:
    try:
        read(value, Version.V2)
    except (Refused, TypeError):
        return False
    return True


VARIANTS = st.sampled_from(
    [*EXAMPLES, TOGETHER, *(changed(*each) for each in [*SAME, *DIFFERENT, *DIFFERENT_IN_1_0_3])]
)
VERSIONS = st.sampled_from(list(Version))


@BRIEF
@given(VARIANTS, VARIANTS, VARIANTS, VERSIONS)
def test_equality_is_symmetric_and_but_for_what_is_missing_transitive(
    one: Any, other: Any, third: Any, version: Version
) -> None:
    assert equality.same(one, other, version) is equality.same(other, one, version)
    assigned = [{name for name in ("id", "timestamp", "version") if name in each} for each in (one, other, third)]
    if assigned[0] == assigned[1] == assigned[2] and equality.same(one, other, version):
        assert equality.same(other, third, version) is equality.same(one, third, version)


@BRIEF
@given(VARIANTS, VARIANTS, VERSIONS)
def test_what_is_not_the_same_differs_somewhere(one: Any, other: Any, version: Version) -> None:
    assert equality.same(one, other, version) is (equality.difference(one, other, version) is None)


@BRIEF
@given(mutated([*EXAMPLES, TOGETHER]), VERSIONS)
def test_equality_is_reflexive_whatever_the_order_of_keys(value: Any, version: Version) -> None:
    if valid(value):
        assert equality.same(value, turned(value), version)


def turned(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: turned(each) for name, each in reversed(value.items())}
    return [turned(each) for each in value] if isinstance(value, list) else value


IGNORED = {"display", "definition", "stored", "authority", "id", "timestamp", "version"}


def meaningful(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the paths of the texts and numbers that make a statement what it is."""
    if isinstance(value, (dict, list)):
        keys = value if isinstance(value, dict) else range(len(value))
        kept = [key for key in keys if key not in IGNORED or path or key == "id"]
        return [
            found
            for key in kept
            if key not in {"display", "definition"}
            for found in meaningful(value[key], (*path, key))
        ]
    return [] if path[-1] == "objectType" or value is None else [path]


@BRIEF
@given(st.data(), st.sampled_from([*EXAMPLES, TOGETHER]))
def test_a_change_of_anything_meaningful_makes_another_statement(data: st.DataObject, example: dict[str, Any]) -> None:
    path = data.draw(st.sampled_from(meaningful(example)))
    other = copy.deepcopy(example)
    place = other
    for step in path[:-1]:
        place = place[step]
    old = place[path[-1]]
    place[path[-1]] = data.draw(
        st.sampled_from(
            [
                f"{old}x",
                f"x{old}",
                "https://example.vn/other",
                OTHER,
                "PT5S",
                "fr",
                "2001-01-01T00:00:00Z",
                "a" * 64,
                not old,
                0.5,
                3,
            ]
        )
    )
    assume(place[path[-1]] != old and valid(other))
    # Case and zones are no difference, and none of these values plays with them.
    assert not equality.same(example, other, Version.V1)
    unseen = path[0] in {"id", "attachments"}
    assert equality.same(example, other, Version.V2) is unseen


def test_every_place_of_the_examples_is_told_as_meaningful_or_not() -> None:
    assert len(meaningful(ANSWERED)) >= 20
    assert len(places(ANSWERED)) > len(meaningful(ANSWERED))
    assert ("actor", "name") in meaningful(ANSWERED)
    assert TEAM["openid"] == ANSWERED["context"]["team"]["openid"]
