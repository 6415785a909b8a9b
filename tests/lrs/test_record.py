"""The one door through which statements enter the log."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrs import metrics, record
from lrs.access import Caller, Key
from lrs.record import Source
from storage import statements
from tests.storage.samples import latest

if TYPE_CHECKING:
    from tests.parts.databases import Ground

HOME = "http://app.lms.localhost"
PLAYER = Source({"objectType": "Agent", "account": {"homePage": HOME, "name": "player"}}, record.CLIENT_ASSERTED)


def said(**more: Any) -> dict[str, Any]:
    """Make up a statement as the player says it."""
    return {
        "id": str(uuid.uuid4()),
        "actor": record.actor_of(uuid.uuid4(), HOME),
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "completed"}},
        "object": {"objectType": "Activity", "id": f"{HOME}/activities/1"},
    } | more


def kept(ground: Ground, space: int, statement: dict[str, Any]) -> dict[str, Any]:
    """Read what the log has of a statement."""
    with ground.app.read(space) as tx:
        row = statements.find(tx, uuid.UUID(statement["id"]))
    assert row is not None
    found: dict[str, Any] = json.loads(row.payload)
    return found


def append(ground: Ground, space: int, *several: dict[str, Any], source: Source = PLAYER) -> list[uuid.UUID]:
    with ground.app.write(space) as tx:
        return record.append(tx, several, source)


def test_a_statement_carries_its_authority_its_time_and_its_version(ground: Ground) -> None:
    space, statement = ground.space(), said()

    before = datetime.now(UTC)
    append(ground, space, statement)
    after = datetime.now(UTC)

    found = kept(ground, space, statement)
    assert found["authority"] == PLAYER.authority
    assert found["version"] == "1.0.0"
    assert found["stored"] == found["timestamp"]
    assert before <= datetime.fromisoformat(found["stored"]) <= after
    assert {name: found[name] for name in statement} == statement


def test_a_statement_cannot_bring_an_authority_or_a_time_of_storage_of_its_own(ground: Ground) -> None:
    space = ground.space()
    statement = said(
        authority={"objectType": "Agent", "mbox": "mailto:somebody@example.org"},
        stored="2001-01-01T00:00:00Z",
        timestamp="2002-02-02T02:02:02Z",
    )

    append(ground, space, statement)

    found = kept(ground, space, statement)
    assert found["authority"] == PLAYER.authority
    assert datetime.now(UTC) - datetime.fromisoformat(found["stored"]) < timedelta(minutes=1)
    assert found["timestamp"] == "2002-02-02T02:02:02Z"


def test_what_is_looked_for_lies_beside_the_text(ground: Ground) -> None:
    space, key, attempt = ground.space(), uuid.uuid4(), uuid.uuid4()
    statement = said(context={"registration": str(attempt)})

    append(ground, space, statement, source=Source(PLAYER.authority, "partner-signed", key))

    with ground.app.read(space) as tx:
        row = statements.find(tx, uuid.UUID(statement["id"]))
    assert row is not None
    assert row.actor == record.actor_key(statement["actor"])
    assert (row.verb, row.activity) == (statement["verb"]["id"], statement["object"]["id"])
    assert (row.registration, row.provenance, row.credential_id) == (attempt, "partner-signed", key)
    assert row.stored == datetime.fromisoformat(json.loads(row.payload)["stored"])


def test_letters_are_kept_as_letters(ground: Ground) -> None:
    space, statement = ground.space(), said(result={"response": "Đà Nẵng 😀 \u0001"})

    append(ground, space, statement)

    assert kept(ground, space, statement)["result"] == {"response": "Đà Nẵng 😀 \u0001"}


@pytest.mark.parametrize("again", [1, 2])
def test_a_retry_is_harmless(ground: Ground, again: int) -> None:
    space, several = ground.space(), [said(), said()]
    ids = append(ground, space, *several)
    first = [kept(ground, space, statement) for statement in several]
    assert ids == [uuid.UUID(statement["id"]) for statement in several]

    for _ in range(again):
        assert append(ground, space, *several) == ids

    assert [kept(ground, space, statement) for statement in several] == first
    with ground.app.read(space) as tx:
        assert statements.count(tx) == 2


def test_a_retry_may_bring_new_ones_along_and_repeat_itself(ground: Ground) -> None:
    space, old, new = ground.space(), said(), said()
    append(ground, space, old)

    assert len(append(ground, space, old, new, new)) == 3

    with ground.app.read(space) as tx:
        assert [str(row.id) for _, row in latest(tx, 9)] == [new["id"], old["id"]]


def test_the_figures_count_what_was_appended_and_nothing_twice(ground: Ground) -> None:
    def counted() -> float:
        return float(metrics.STATEMENTS.labels(PLAYER.provenance)._value.get())

    space, statement, before = ground.space(), said(), counted()

    append(ground, space, statement)
    append(ground, space, statement)
    append(ground, space)

    assert counted() == before + 1


# Actors


@settings(deadline=None)
@given(account=st.uuids(), home=st.sampled_from([HOME, "https://lms.example.org/s/hải-phòng", "urn:x"]))
def test_an_account_of_ours_is_told_from_its_actor(account: uuid.UUID, home: str) -> None:
    key = record.actor_key(record.actor_of(account, home))

    assert record.account_of(key, home) == account
    assert record.account_of(key, home + "/elsewhere") is None


ID = "0a1b2c3d-0a1b-4c2d-8a1b-0a1b2c3d4e5f"


@pytest.mark.parametrize(
    "key",
    [
        f"account:{HOME}|{ID.upper()}",
        f"account:{HOME}|{{{ID}}}",
        f"account:{HOME}|urn:uuid:{ID}",
        f"account:{HOME}|{ID.replace('-', '')}",
        f"account:{HOME}|{ID} x",
        f"account:{HOME}|player",
        f"account:{ID}",
        f"mbox:{HOME}|{ID}",
        "",
    ],
)
def test_another_spelling_is_another_actor(key: str) -> None:
    assert record.account_of(key, HOME) is None
    assert record.account_of(f"account:{HOME}|{ID}", HOME) == uuid.UUID(ID)  # control


@pytest.mark.parametrize(
    ("key", "provenance"),
    [(Key(), record.PARTNER_ASSERTED), (Key(origins=frozenset({"https://school.example"})), record.CLIENT_ASSERTED)],
)
def test_what_a_page_says_is_a_claim_and_a_server_is_a_partner(key: Key, provenance: str) -> None:
    program = Caller(space_id=1, credential_id=uuid.uuid4(), key=key)

    assert record.source_of(program, HOME).provenance == provenance
