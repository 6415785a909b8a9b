"""Attempts: their state, the session that may write, and every commit as it came."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage import attempts, claims, versions
from tests.storage.samples import attempt, now, version

if TYPE_CHECKING:
    from storage.attempts import AttemptRow
    from tests.parts.databases import Ground


@pytest.fixture
def begun(shared: Ground, space: int) -> AttemptRow:
    """Begin an attempt."""
    account, published = shared.account(space), version(uuid.uuid4())
    made = attempt(account.id, published.id)
    with shared.app.write(space) as tx:
        versions.add_package(tx, published.package_id, now())
        versions.publish(tx, published)
        attempts.begin(tx, made)
    return made


def test_an_attempt_comes_back_as_it_began(shared: Ground, space: int, begun: AttemptRow) -> None:
    with shared.app.write(space) as tx:
        assert attempts.find(tx, begun.id) == begun
        assert attempts.hold(tx, begun.id) == begun
        assert attempts.at(tx, begun.account_id, begun.version_id) == [begun]
        assert attempts.find(tx, uuid.uuid4()) is None
        assert attempts.at(tx, uuid.uuid4(), begun.version_id) == []
        assert attempts.at(tx, begun.account_id, uuid.uuid4()) == []


def test_the_newest_attempt_comes_first(shared: Ground, space: int, begun: AttemptRow) -> None:
    older, newer = (
        replace(attempt(begun.account_id, begun.version_id), created=now() + timedelta(hours=hours))
        for hours in (-1, 1)
    )

    with shared.app.write(space) as tx:
        attempts.begin(tx, newer)
        attempts.begin(tx, older)
        assert attempts.at(tx, begun.account_id, begun.version_id) == [newer, begun, older]
        assert attempts.list_of(tx, begun.account_id) == [newer, begun, older]


def test_the_attempts_of_a_guest_are_those_of_who_it_was_from_then_on(
    shared: Ground, space: int, begun: AttemptRow
) -> None:
    person, stranger = shared.account(space), shared.account(space)

    with shared.app.write(space) as tx:
        before = attempts.at(tx, person.id, begun.version_id), attempts.list_of(tx, person.id)
        claims.add(tx, begun.account_id, person.id, now())

        assert before == ([], [])
        assert attempts.at(tx, person.id, begun.version_id) == attempts.list_of(tx, person.id) == [begun]
        assert attempts.list_of(tx, stranger.id) == []


def test_an_attempt_that_is_there_already_is_left_as_it_is(shared: Ground, space: int, begun: AttemptRow) -> None:
    with shared.app.write(space) as tx:
        attempts.begin(tx, replace(begun, session=7))
        assert attempts.find(tx, begun.id) == begun


def test_a_new_session_begins_to_count_anew(shared: Ground, space: int, begun: AttemptRow) -> None:
    with shared.app.write(space) as tx:
        attempts.advance(tx, begun.id, 5, "an item")
        assert attempts.find(tx, begun.id) == replace(begun, last_commit=5, item="an item")
        attempts.begin_session(tx, begun.id, 2)
        assert attempts.find(tx, begun.id) == replace(begun, session=2, last_commit=0, item="an item")


def test_who_holds_an_attempt_keeps_it_from_others(shared: Ground, space: int, begun: AttemptRow) -> None:
    """Two commits at once would otherwise merge into the same state."""
    held, order = threading.Event(), []

    def other() -> None:
        held.wait()
        with shared.app.write(space) as tx:
            seen = attempts.hold(tx, begun.id)
            order.append(seen and seen.last_commit)

    thread = threading.Thread(target=other)
    thread.start()
    with shared.app.write(space) as tx:
        attempts.hold(tx, begun.id)
        held.set()
        thread.join(0.2)
        assert thread.is_alive()
        attempts.advance(tx, begun.id, 1, "")
    thread.join()

    assert order == [1]
