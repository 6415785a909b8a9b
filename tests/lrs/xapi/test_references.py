"""References: what a statement is found by (Communication 2.1.3), what it targets and voids (Data 2.3.2)."""

from typing import Any
from uuid import UUID

import pytest

from lrs.xapi import references
from tests.lrs.xapi.test_examples import (
    ANSWERED,
    CLASS,
    COURSE,
    LAN,
    MINH,
    PLANNED,
    REFERENCE,
    SHORT,
    TEAM,
    TOGETHER,
    VOIDING,
    changed,
)

LAN_KEY = "account:https://lms.example.vn|b2f1c0de"
MINH_KEY = "mailto:minh@example.vn"
TEAM_KEY = "openid:https://example.vn/teams/7"
KEY_KEY = "mailto:key@example.vn"
TARGET = UUID(REFERENCE["id"])


def test_a_statement_is_found_by_its_actor_verb_activity_and_registration() -> None:
    found = references.of(ANSWERED)

    assert found.actor == LAN_KEY
    assert found.verb == ANSWERED["verb"]["id"]
    assert found.activity == ANSWERED["object"]["id"]
    assert found.registration == UUID(ANSWERED["context"]["registration"])
    assert found.target is None
    assert found.voids is None


@pytest.mark.parametrize(
    ("statement", "agents"),
    [
        (SHORT, (MINH_KEY,)),
        (SHORT | {"object": LAN}, (MINH_KEY, LAN_KEY)),
        (SHORT | {"actor": CLASS}, (LAN_KEY, MINH_KEY)),
        (SHORT | {"actor": LAN, "object": TEAM}, (LAN_KEY, TEAM_KEY, MINH_KEY)),
        (SHORT | {"object": MINH | {"objectType": "Agent"}}, (MINH_KEY,)),
        (changed(SHORT, "context.instructor", LAN), (MINH_KEY,)),
        (PLANNED | {"actor": MINH}, (MINH_KEY,)),
    ],
)
def test_agent_means_the_actor_and_an_agent_that_is_the_object_and_their_members(
    statement: dict[str, Any], agents: tuple[str, ...]
) -> None:
    assert references.of(statement).agents == agents


@pytest.mark.parametrize(
    ("statement", "agents"),
    [
        (SHORT, {MINH_KEY, KEY_KEY}),
        (ANSWERED, {LAN_KEY, MINH_KEY, TEAM_KEY, KEY_KEY}),
        (changed(SHORT, "context.instructor", LAN), {MINH_KEY, LAN_KEY, KEY_KEY}),
        (changed(SHORT, "context.team", TEAM), {MINH_KEY, TEAM_KEY, KEY_KEY}),
        (TOGETHER, {MINH_KEY, LAN_KEY, TEAM_KEY, KEY_KEY}),
        (SHORT | {"object": PLANNED["object"]}, {MINH_KEY, LAN_KEY, KEY_KEY}),
        (
            changed(SHORT | {"object": PLANNED["object"]}, "object.context", TOGETHER["context"]),
            {MINH_KEY, LAN_KEY, TEAM_KEY, KEY_KEY},
        ),
    ],
)
def test_related_agents_are_those_of_context_authority_and_sub_statement_too(
    statement: dict[str, Any], agents: set[str]
) -> None:
    found = references.of(statement, {"mbox": "mailto:key@example.vn"}).related_agents

    assert set(found) == agents
    assert len(found) == len(agents)


def test_the_authority_is_the_records_and_not_what_a_statement_says() -> None:
    found = references.of(SHORT | {"authority": LAN}, {"mbox": "mailto:key@example.vn"})

    assert LAN_KEY not in found.related_agents


@pytest.mark.parametrize(
    ("statement", "activity", "related"),
    [
        (SHORT, COURSE["id"], {COURSE["id"]}),
        (SHORT | {"object": LAN}, None, set()),
        (SHORT | {"object": REFERENCE}, None, set()),
        (PLANNED, None, {COURSE["id"]}),
        (
            SHORT | {"object": PLANNED["object"] | {"object": {"id": "https://example.vn/x"}}},
            None,
            {COURSE["id"], "https://example.vn/x"},
        ),
        (
            ANSWERED,
            ANSWERED["object"]["id"],
            {
                ANSWERED["object"]["id"],
                COURSE["id"],
                "https://lms.example.vn/programmes/2026",
                "https://w3id.org/xapi/cmi5/context/categories/cmi5",
            },
        ),
    ],
)
def test_related_activities_are_those_of_context_and_sub_statement_too(
    statement: dict[str, Any], activity: str | None, related: set[str]
) -> None:
    found = references.of(statement)

    assert found.activity == activity
    assert set(found.related_activities) == related


def test_a_very_long_identifier_is_found_by_a_key_that_an_index_can_hold() -> None:
    found = references.of(changed(SHORT, "object.id", f"https://example.vn/{'x' * 5_000}"))

    assert found.activity is not None
    assert len(found.activity) < 100
    assert found.related_activities == (found.activity,)


def test_a_statement_ref_as_the_object_is_a_target_and_one_in_the_context_is_not() -> None:
    assert references.target(SHORT | {"object": REFERENCE}) == TARGET
    assert references.of(SHORT | {"object": REFERENCE}).target == TARGET
    assert references.target(ANSWERED) is None
    assert references.of(ANSWERED).target is None


def test_only_the_verb_voided_voids_and_not_within_a_sub_statement() -> None:
    assert references.voids(VOIDING) == TARGET
    assert references.of(VOIDING).voids == TARGET
    assert references.voids(SHORT | {"object": REFERENCE}) is None
    within = SHORT | {"object": VOIDING | {"objectType": "SubStatement"}}
    assert references.voids(within) is None
    assert references.of(within).voids is None
    assert references.of(within).target is None
