"""Queries (Communication 2.1.3)."""

import dataclasses
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import query
from lrs.xapi.errors import Invalid
from lrs.xapi.query import StatementQuery
from lrs.xapi.version import Version
from tests.lrs.xapi.test_examples import BRIEF, MINH

ID = "7ccd3322-e1a5-411a-a67d-6a735c76f119"
WHOLE = {
    "agent": json.dumps(MINH),
    "verb": "https://example.vn/verbs/read",
    "activity": "https://example.vn/courses/1",
    "registration": ID,
    "related_activities": "true",
    "related_agents": "true",
    "since": "2026-01-31T08:00:00Z",
    "until": "2026-02-01T08:00:00Z",
    "limit": "5",
    "ascending": "true",
    "format": "ids",
    "attachments": "true",
}


def parse(given: dict[str, str]) -> StatementQuery:
    return query.parse(given.items(), Version.V1)


def refused(given: dict[str, str]) -> Invalid:
    with pytest.raises(Invalid) as caught:
        parse(given)
    return caught.value


def test_nothing_asked_is_everything_newest_first_and_exact() -> None:
    assert parse({}) == StatementQuery()
    assert parse({}).format == "exact"


def test_every_filter_is_read() -> None:
    assert parse(WHOLE) == StatementQuery(
        agent=MINH,
        verb="https://example.vn/verbs/read",
        activity="https://example.vn/courses/1",
        registration=UUID(ID),
        related_activities=True,
        related_agents=True,
        since=datetime(2026, 1, 31, 8, tzinfo=UTC),
        until=datetime(2026, 2, 1, 8, tzinfo=UTC),
        limit=5,
        format="ids",
        attachments=True,
        ascending=True,
    )


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_name_in_another_case_is_refused(name: str) -> None:
    assert refused({name.title(): WHOLE[name]}).path == name.title()


@pytest.mark.parametrize("name", list(WHOLE))
def test_a_wrong_value_is_refused_under_its_name(name: str) -> None:
    assert refused({name: "?"}).path.startswith(name)


def test_an_unknown_parameter_is_refused() -> None:
    assert refused({"actor": json.dumps(MINH)}).path == "actor"


@pytest.mark.parametrize("name", ["statementId", "voidedStatementId"])
def test_one_statement_is_asked_for_with_a_format_and_its_attachments(name: str) -> None:
    found = parse({name: ID, "format": "canonical", "attachments": "true"})

    assert found.single == UUID(ID)
    assert found.format == "canonical"
    assert found.attachments


@pytest.mark.parametrize("name", ["statementId", "voidedStatementId"])
@pytest.mark.parametrize("filtered", sorted(WHOLE.keys() - {"format", "attachments"}))
def test_and_with_nothing_else(name: str, filtered: str) -> None:
    assert refused({name: ID, filtered: WHOLE[filtered]}).path == filtered


def test_one_statement_is_not_asked_for_twice() -> None:
    assert refused({"statementId": ID, "voidedStatementId": ID}).path == "voidedStatementId"


@pytest.mark.parametrize("name", ["statementId", "voidedStatementId"])
def test_one_statement_is_asked_for_by_a_uuid(name: str) -> None:
    assert refused({name: "wrong"}).path == name


def test_a_query_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        parse({}).limit = 5  # type: ignore[misc]  # that is what is tried


@BRIEF
@given(
    st.dictionaries(
        st.sampled_from(sorted(query.NAMES)), st.text(max_size=12) | st.sampled_from([*WHOLE.values(), ID]), max_size=4
    )
)
def test_chance_makes_queries_or_refusals_and_nothing_else(given_: dict[str, str]) -> None:
    try:
        found = parse(given_)
    except Invalid:
        return
    assert found.limit >= 0
