"""Guests who have never learnt anything go; all others stay."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage import attempts, claims, commits, guests, people, sequences, versions
from storage.commits import CommitRow
from storage.people import GUEST, AccountRow, SessionRow
from storage.sequences import RequestRow, SequenceRow
from tests.storage.samples import attempt, now, version

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storage.database import Tx
    from tests.parts.databases import Ground

NOW = now()
LONG_AGO, BEFORE = NOW - timedelta(days=30), NOW - timedelta(days=7)


def guest(tx: Tx, role: str = GUEST, created: datetime = LONG_AGO) -> uuid.UUID:
    """Make somebody who came long ago, with a session of then."""
    made = AccountRow(uuid.uuid4(), role, created)
    people.add_account(tx, made)
    people.add_session(tx, made.id, SessionRow(made.id.bytes, created, NOW))
    return made.id


def opened(tx: Tx, who: uuid.UUID) -> uuid.UUID:
    """Let somebody open a lesson."""
    published = version(uuid.uuid4())
    versions.add_package(tx, published.package_id, NOW)
    versions.publish(tx, published)
    begun = attempt(who, published.id)
    attempts.begin(tx, begun)
    return begun.id


def led(tx: Tx, who: uuid.UUID) -> None:
    """Let somebody open a lesson that says what comes next."""
    begun = opened(tx, who)
    sequences.put(tx, SequenceRow(begun, 1, "{}", "{}", "{}"))
    sequences.note(tx, begun, RequestRow(1, NOW, 1, "begin", "", "delivered", "", "a", b""))
    sequences.carry(tx, who, "{}")


def saved(tx: Tx, who: uuid.UUID) -> None:
    """Let somebody save something."""
    commits.add(tx, opened(tx, who), CommitRow(1, 1, NOW, "{}"))


def coded(tx: Tx, who: uuid.UUID) -> None:
    """Give somebody a code to take home."""
    people.add_link(tx, b"code", who, NOW + timedelta(days=1), people.TAKE_HOME)


def claimed(tx: Tx, who: uuid.UUID) -> None:
    """Let somebody have been somebody."""
    claims.add(tx, who, guest(tx, "learner"), NOW)


def seen(tx: Tx, who: uuid.UUID) -> None:
    """Let somebody have been here today."""
    people.see_session(tx, who.bytes, NOW)


def nothing(_tx: Tx, _who: uuid.UUID) -> None:
    """Do nothing."""


def expired(tx: Tx, who: uuid.UUID) -> None:
    """Give somebody a code that has ended."""
    people.add_link(tx, b"code", who, LONG_AGO, people.TAKE_HOME)


@pytest.mark.parametrize("did", [nothing, opened, led, expired])
def test_who_saved_nothing_goes_with_what_little_there_is(
    ground: Ground, did: Callable[[Tx, uuid.UUID], object]
) -> None:
    space = ground.space()
    with ground.app.write(space) as tx:
        who = guest(tx)
        did(tx, who)

    with ground.app.write() as tx:
        assert guests.forget_idle(tx, BEFORE) == 1
        assert guests.forget_idle(tx, BEFORE) == 0
    with ground.app.read(space) as tx:
        assert people.find_account(tx, who) is None
        assert attempts.list_of(tx, who) == []


@pytest.mark.parametrize("did", [saved, coded, claimed, seen])
def test_who_learnt_or_may_come_back_stays(ground: Ground, did: Callable[[Tx, uuid.UUID], object]) -> None:
    space = ground.space()
    with ground.app.write(space) as tx:
        who = guest(tx)
        did(tx, who)

    with ground.app.write() as tx:
        assert guests.forget_idle(tx, BEFORE) == 0
    with ground.app.read(space) as tx:
        assert people.find_account(tx, who) is not None


def test_nobody_goes_who_is_a_person_or_came_lately(ground: Ground) -> None:
    space = ground.space()
    with ground.app.write(space) as tx:
        stay = [guest(tx, "learner"), guest(tx, created=NOW)]

    with ground.app.write() as tx:
        assert guests.forget_idle(tx, BEFORE) == 0
    with ground.app.read(space) as tx:
        assert len(people.find_accounts(tx, stay)) == 2


def test_a_guest_is_in_no_list_of_people(ground: Ground) -> None:
    space = ground.space()
    with ground.app.write(space) as tx:
        guest(tx)
        person = guest(tx, "learner")

        assert [row.id for row in people.page_of_accounts(tx, people.Wanted(), 10)] == [person]
        assert people.count_accounts(tx, people.Wanted()) == 1
