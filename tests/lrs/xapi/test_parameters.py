"""Parameters (Data 2.2, Communication 2)."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from lrs.xapi import parameters
from lrs.xapi.errors import Invalid, TooLarge
from lrs.xapi.version import Version
from tests.lrs.xapi.test_examples import CLASS, COURSE, LAN, MINH, TEAM


def test_known_parameters_are_gathered() -> None:
    assert parameters.only([("a", "1"), ("b", "")], frozenset({"a", "b", "c"})) == {"a": "1", "b": ""}


@pytest.mark.parametrize(
    "pairs", [[("A", "1")], [("d", "1")], [("a", "1"), ("a", "1")], [("", "")], [("x" * 1000, "y" * 1000)]]
)
def test_an_unknown_one_or_one_that_comes_twice_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(Invalid) as caught:
        parameters.only(pairs, frozenset({"a", "b"}))

    assert len(caught.value.path) <= 80


def test_a_required_one_is_there() -> None:
    assert parameters.required({"a": "1"}, "a") == "1"
    with pytest.raises(Invalid):
        parameters.required({}, "a")


@pytest.mark.parametrize("actor", [LAN, MINH])
def test_an_agent_is_read(actor: dict[str, Any]) -> None:
    assert parameters.agent("agent", json.dumps(actor)) == actor
    assert parameters.actor("agent", json.dumps(actor)) == actor


def test_an_identified_group_is_an_actor_and_no_agent() -> None:
    assert parameters.actor("agent", json.dumps(TEAM)) == TEAM
    with pytest.raises(Invalid):
        parameters.agent("agent", json.dumps(TEAM))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wrong",
        "{}",
        "[]",
        "null",
        json.dumps(COURSE),
        json.dumps(CLASS),
        json.dumps(MINH | {"openid": "https://example.vn"}),
        '{"mbox":"a@b.vn"}',
        '{"mbox":"\ud800"}',
    ],
)
def test_what_has_not_exactly_one_identifier_is_no_actor(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        parameters.actor("agent", text)

    assert caught.value.path.startswith("agent")


def test_a_deep_actor_is_too_large() -> None:
    with pytest.raises(TooLarge):
        parameters.actor("agent", "[" * 5000)


def test_a_text_has_no_nul() -> None:
    assert parameters.text("stateId", "bài học/1") == "bài học/1"
    with pytest.raises(Invalid):
        parameters.text("stateId", "a\0b")


def test_the_simple_ones_are_read() -> None:
    assert parameters.iri("verb", "https://example.vn") == "https://example.vn"
    assert parameters.uuid("registration", "7CCD3322-E1A5-411A-A67D-6A735C76F119") == UUID(
        "7ccd3322-e1a5-411a-a67d-6a735c76f119"
    )
    assert parameters.boolean("ascending", "true") is True
    assert parameters.boolean("ascending", "false") is False
    assert parameters.count("limit", "0") == 0
    assert parameters.count("limit", "100") == 100
    assert parameters.count("limit", "9" * 18) == 10**18 - 1
    assert parameters.timestamp("since", "2026-01-31T15:00:00+07:00", Version.V2) == datetime(
        2026, 1, 31, 8, tzinfo=UTC
    )


@pytest.mark.parametrize("text", ["", "x.vn", "a b:c"])
def test_a_wrong_iri_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parameters.iri("verb", text)


@pytest.mark.parametrize("text", ["", "wrong", "7ccd3322e1a5411aa67d6a735c76f119"])
def test_a_wrong_uuid_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parameters.uuid("registration", text)


@pytest.mark.parametrize("text", ["", "True", "1", "yes", '"true"'])
def test_a_wrong_boolean_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parameters.boolean("ascending", text)


@pytest.mark.parametrize("text", ["", "-1", "1.5", "x", "+1", "٣", "²", "1" * 19, "1" * 10_000])
def test_a_wrong_count_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parameters.count("limit", text)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-01-31", "2026-01-31T08:00:00-00:00"])
def test_a_wrong_timestamp_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parameters.timestamp("since", text, Version.V1)


def test_a_time_without_a_zone_is_refused_in_2_0_alone() -> None:
    assert parameters.timestamp("since", "2026-01-31T08:00:00", Version.V1) == datetime(2026, 1, 31, 8, tzinfo=UTC)
    with pytest.raises(Invalid):
        parameters.timestamp("since", "2026-01-31T08:00:00", Version.V2)
