"""Attempts: their state, the session that may write, and every commit as it came."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage import attempts, courses
from storage.attempts import AttemptRow, CommitRow
from tests.storage.samples import attempt, now, version

if TYPE_CHECKING:
    from tests.parts.databases import Ground


@pytest.fixture
def begun(shared: Ground, space: int) -> AttemptRow:
    """Begin an attempt."""
    account, published = shared.account(space), version(uuid.uuid4())
    made = attempt(account.id, published.id)
    with shared.app.write(space) as tx:
        courses.add_package(tx, published.package_id, now())
        courses.publish(tx, published)
        attempts.begin(tx, made, now())
    return made


def test_an_attempt_comes_back_as_it_began(shared: Ground, space: int, begun: AttemptRow) -> None:
    with shared.app.write(space) as tx:
        assert attempts.find(tx, begun.id) == begun
        assert attempts.newest(tx, begun.account_id, begun.version_id) == begun
        assert attempts.find(tx, uuid.uuid4()) is None
        assert attempts.newest(tx, uuid.uuid4(), begun.version_id) is None
        assert attempts.newest(tx, begun.account_id, uuid.uuid4()) is None


def test_the_newest_attempt_comes_first(shared: Ground, space: int, begun: AttemptRow) -> None:
    older, newer = attempt(begun.account_id, begun.version_id), attempt(begun.account_id, begun.version_id)

    with shared.app.write(space) as tx:
        attempts.begin(tx, newer, now() + timedelta(hours=1))
        attempts.begin(tx, older, now() - timedelta(hours=1))
        assert attempts.newest(tx, begun.account_id, begun.version_id) == newer
        assert attempts.list_of(tx, begun.account_id) == [newer, begun, older]


def test_a_commit_is_kept_as_it_came_with_the_state_after_it(shared: Ground, space: int, begun: AttemptRow) -> None:
    came = CommitRow(1, 1, now(), '{"values":{"cmi.core.exit":""}}')

    with shared.app.write(space) as tx:
        attempts.save(tx, begun.id, came, '{"cmi.core.exit":""}')
    with shared.app.write(space) as tx:
        assert attempts.find(tx, begun.id) == replace(begun, last_commit=1, values='{"cmi.core.exit":""}')
        kept = tx.run(select(attempts.commits).where(attempts.commits.c.attempt_id == begun.id)).one()
    assert CommitRow(kept.session, kept.n, kept.received, kept.payload) == came


def test_a_commit_is_kept_once(shared: Ground, space: int, begun: AttemptRow) -> None:
    def save(values: str) -> None:
        with shared.app.write(space) as tx:
            attempts.save(tx, begun.id, CommitRow(1, 1, now(), "{}"), values)

    save("{}")
    with pytest.raises(IntegrityError):
        save('{"another":"state"}')

    with shared.app.write(space) as tx:
        assert attempts.find(tx, begun.id) == replace(begun, last_commit=1)


def test_a_new_session_begins_to_count_anew_and_keeps_the_values(shared: Ground, space: int, begun: AttemptRow) -> None:
    with shared.app.write(space) as tx:
        attempts.save(tx, begun.id, CommitRow(1, 1, now(), "{}"), '{"a":"1"}')
        attempts.begin_session(tx, begun.id, 2)
        attempts.save(tx, begun.id, CommitRow(2, 1, now(), "{}"), '{"a":"2"}')
        assert attempts.find(tx, begun.id) == replace(begun, session=2, last_commit=1, values='{"a":"2"}')


def test_who_has_found_an_attempt_keeps_it_from_others(shared: Ground, space: int, begun: AttemptRow) -> None:
    """Two commits at once would otherwise merge into the same state."""
    found, order = threading.Event(), []

    def other() -> None:
        found.wait()
        with shared.app.write(space) as tx:
            seen = attempts.find(tx, begun.id)
            order.append(seen and seen.last_commit)

    thread = threading.Thread(target=other)
    thread.start()
    with shared.app.write(space) as tx:
        attempts.find(tx, begun.id)
        found.set()
        thread.join(0.2)
        assert thread.is_alive()
        attempts.save(tx, begun.id, CommitRow(1, 1, now(), "{}"), "{}")
    thread.join()

    assert order == [1]
