"""What a request to a document's resource names."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from lrs.resources import kinds
from lrs.resources.kinds import KINDS, Kind
from lrs.xapi.errors import Invalid
from lrs.xapi.version import Version
from tests.parts.programs import AGENT

ACTIVITY = "http://example.org/a"
GIVEN = {"activityId": ACTIVITY, "agent": json.dumps(AGENT)}
GROUP = json.dumps({"objectType": "Group", "mbox": "mailto:lop@example.org"})


def pairs(kind: Kind, **more: str) -> list[tuple[str, str]]:
    """Give what names a place of a kind, and more."""
    return [(name, value) for name, value in GIVEN.items() if name in kind.parameters] + [*more.items()]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.address)
def test_a_place_is_named_by_what_its_kind_asks_for(kind: Kind) -> None:
    named = kinds.read(kind, pairs(kind, **{kind.id: "page"}), Version.V1)

    assert named.id == "page"
    assert (named.place.activity == ACTIVITY) == kind.of_activity
    assert bool(named.place.agent) == kind.of_agent
    for missing in range(len(pairs(kind))):
        with pytest.raises(Invalid):
            kinds.read(kind, pairs(kind)[:missing] + pairs(kind)[missing + 1 :], Version.V1)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.address)
def test_a_registration_names_states_alone(kind: Kind) -> None:
    one = uuid4()
    if kind.id == "stateId":
        assert kinds.read(kind, pairs(kind, registration=str(one)), Version.V1).place.registration == one
    else:
        with pytest.raises(Invalid):
            kinds.read(kind, pairs(kind, registration=str(one)), Version.V1)


def test_a_time_is_read_where_it_may_stand() -> None:
    kind = KINDS[0]
    named = kinds.read(kind, pairs(kind, since="2026-01-31T08:00:00Z"), Version.V1, "since")

    assert named.since == datetime(2026, 1, 31, 8, tzinfo=UTC)
    with pytest.raises(Invalid):
        kinds.read(kind, pairs(kind, since="2026-01-31T08:00:00Z"), Version.V1)


def test_a_group_has_documents_in_the_later_version_alone() -> None:
    given = [("activityId", ACTIVITY), ("agent", GROUP)]

    assert kinds.read(KINDS[0], given, Version.V2).place.agent
    with pytest.raises(Invalid):
        kinds.read(KINDS[0], given, Version.V1)
