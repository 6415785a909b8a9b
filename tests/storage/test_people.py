"""Accounts, one-time links and sessions."""

from __future__ import annotations

import secrets
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

from storage import people
from storage.people import AccountRow, LinkRow, SessionRow
from tests.storage.samples import now

if TYPE_CHECKING:
    from tests.parts.databases import Ground

NOW = now()
LATER = NOW + timedelta(hours=1)
EARLIER = NOW - timedelta(hours=1)


def account(role: str = "learner", hours: int = 0) -> AccountRow:
    return AccountRow(uuid.uuid4(), role, NOW + timedelta(hours=hours))


# Accounts


def test_an_account_is_found_by_its_id(shared: Ground, space: int) -> None:
    made = account()

    with shared.app.write(space) as tx:
        people.add_account(tx, made)
    with shared.app.read(space) as tx:
        assert people.find_account(tx, made.id) == made
        assert people.find_account(tx, uuid.uuid4()) is None


def test_accounts_are_listed_oldest_first(shared: Ground, space: int) -> None:
    made = [account("author", 2), account("learner", 0), account("author", 1)]

    with shared.app.write(space) as tx:
        for each in made:
            people.add_account(tx, each)
    with shared.app.read(space) as tx:
        assert people.list_accounts(tx) == [made[1], made[2], made[0]]
        assert people.first_account(tx, "author") == made[2]
        assert people.first_account(tx, "mentor") is None


# Links


def test_a_link_works_once(shared: Ground, space: int) -> None:
    made, digest = shared.account(space), secrets.token_bytes(32)
    with shared.app.write(space) as tx:
        people.add_link(tx, digest, made.id, LATER)
        assert people.find_link(tx, digest) == LinkRow(made.id, LATER, None, people.ENTER)

    with shared.app.write(space) as tx:
        assert people.use_link(tx, digest, NOW) == made.id
    with shared.app.write(space) as tx:
        assert people.use_link(tx, digest, NOW) is None
        assert people.find_link(tx, digest) == LinkRow(made.id, LATER, NOW, people.ENTER)


def test_a_link_that_has_expired_does_not_work(shared: Ground, space: int) -> None:
    made, digest = shared.account(space), secrets.token_bytes(32)

    with shared.app.write(space) as tx:
        people.add_link(tx, digest, made.id, NOW)
        assert people.use_link(tx, digest, NOW) is None
        assert people.use_link(tx, b"another", NOW) is None


def test_of_many_who_press_at_once_one_gets_the_account(shared: Ground, space: int) -> None:
    made, digest = shared.account(space), secrets.token_bytes(32)
    with shared.app.write(space) as tx:
        people.add_link(tx, digest, made.id, LATER)

    def press(_number: int) -> uuid.UUID | None:
        with shared.app.write(space) as tx:
            return people.use_link(tx, digest, NOW)

    with ThreadPoolExecutor(8) as threads:
        found = [*threads.map(press, range(8))]

    assert sorted(found, key=str) == sorted([made.id, *[None] * 7], key=str)


# Sessions


def test_a_session_holds_until_it_expires_or_ends(shared: Ground, space: int) -> None:
    made, digest = shared.account(space), secrets.token_bytes(32)

    with shared.app.write(space) as tx:
        people.add_session(tx, made.id, SessionRow(digest, EARLIER, LATER))
        assert people.account_of_session(tx, digest, NOW) == made
        assert people.account_of_session(tx, digest, LATER) is None
        assert people.account_of_session(tx, b"another", NOW) is None
        people.end_session(tx, digest, NOW)
        assert people.account_of_session(tx, digest, NOW) is None


def test_ending_a_session_leaves_the_others(shared: Ground, space: int) -> None:
    made, digests = shared.account(space), [secrets.token_bytes(32) for _ in range(2)]

    with shared.app.write(space) as tx:
        for digest in digests:
            people.add_session(tx, made.id, SessionRow(digest, EARLIER, LATER))
        people.end_session(tx, digests[0], NOW)
        assert people.account_of_session(tx, digests[1], NOW) == made


def test_the_last_visit_is_that_of_any_device(shared: Ground, space: int) -> None:
    made, other, never = shared.account(space), shared.account(space), shared.account(space)
    with shared.app.write(space) as tx:
        people.add_session(tx, made.id, SessionRow(secrets.token_bytes(32), EARLIER, LATER, seen=NOW))
        people.add_session(tx, made.id, SessionRow(secrets.token_bytes(32), EARLIER, LATER))
        people.add_session(tx, other.id, SessionRow(secrets.token_bytes(32), EARLIER, LATER))

    with shared.app.read(space) as tx:
        assert people.last_seen(tx, [made.id, other.id, never.id]) == {made.id: NOW, other.id: EARLIER}


def test_accounts_come_oldest_first_too(shared: Ground, space: int) -> None:
    made = [account(hours=hours) for hours in (1, 0, 2)]
    with shared.app.write(space) as tx:
        for each in made:
            people.add_account(tx, each)

    with shared.app.read(space) as tx:
        first = people.page_of_accounts(tx, people.Wanted(), 2, oldest=True)
        rest = people.page_of_accounts(tx, people.Wanted(), 2, after=(first[-1].created, first[-1].id), oldest=True)
    assert [*first, *rest] == [made[1], made[0], made[2]]
