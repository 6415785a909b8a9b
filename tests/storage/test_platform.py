"""Above all spaces: links that are used once, sessions that end, a log, and one first owner for each space."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select

from storage import people, platform
from storage.audit import Wanted, page
from storage.identities import identities
from storage.people import ACTIVATE, AccountRow, SessionRow, find_link, list_accounts
from storage.platform import FirstOwner, PlatformDeed, PlatformSession
from storage.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from storage.database import Tx
    from tests.parts.databases import Ground

NOW = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def session(seen: datetime = NOW) -> PlatformSession:
    return PlatformSession(uuid.uuid4(), NOW, NOW + HOUR, seen, "Firefox, Linux")


def first_owner() -> FirstOwner:
    return FirstOwner(uuid.uuid4(), uuid.uuid4().bytes, NOW, NOW + HOUR, uuid.uuid4())


def test_a_link_is_used_once_and_in_its_time(ground: Ground) -> None:
    with ground.app.write() as tx:
        platform.add_link(tx, b"link", NOW + HOUR)

    with ground.app.write() as tx:
        assert not platform.link_holds(tx, b"another", NOW)
        assert not platform.link_holds(tx, b"link", NOW + HOUR)
        assert not platform.use_link(tx, b"link", NOW + HOUR)
        assert platform.link_holds(tx, b"link", NOW)
        assert platform.use_link(tx, b"link", NOW)
        assert not platform.link_holds(tx, b"link", NOW)
        assert not platform.use_link(tx, b"link", NOW)


def test_a_session_holds_until_it_expires_or_is_ended(ground: Ground) -> None:
    one, other = session(), session(NOW + timedelta(minutes=1))
    with ground.app.write() as tx:
        platform.add_session(tx, b"one", one)
        platform.add_session(tx, b"other", other)

    with ground.app.write() as tx:
        assert platform.find_session(tx, b"one", NOW) == one.id
        assert platform.find_session(tx, b"another", NOW) is None
        assert platform.find_session(tx, b"one", NOW + HOUR) is None
        assert platform.open_sessions(tx, NOW) == [other, one]
        platform.see_session(tx, one.id, NOW + 2 * timedelta(minutes=1))
        assert [each.id for each in platform.open_sessions(tx, NOW)] == [one.id, other.id]
        assert platform.end_session(tx, other.id, NOW)
        assert not platform.end_session(tx, other.id, NOW)
        assert platform.find_session(tx, b"other", NOW) is None
        assert [each.id for each in platform.open_sessions(tx, NOW)] == [one.id]


def test_all_sessions_but_one_are_ended(ground: Ground) -> None:
    kept, *others = [session() for _ in range(3)]
    with ground.app.write() as tx:
        for each in (kept, *others):
            platform.add_session(tx, each.id.bytes, each)

        assert platform.end_other_sessions(tx, kept.id, NOW) == 2
        assert platform.open_sessions(tx, NOW) == [kept]
        assert platform.end_other_sessions(tx, kept.id, NOW) == 0


def test_deeds_are_read_newest_first_a_page_at_a_time(ground: Ground) -> None:
    began = session()
    done = [
        PlatformDeed(uuid.uuid4(), NOW + n * HOUR, began.id if n else None, f"act {n}", "hue" if n else None)
        for n in range(5)
    ]
    with ground.app.write() as tx:
        platform.add_session(tx, b"one", began)
        for deed in done:
            platform.add_deed(tx, deed)

    with ground.app.read() as tx:
        first = platform.deeds(tx, 3)
        rest = platform.deeds(tx, 3, before=(first[-1][0].at, first[-1][0].id))
    assert [deed for deed, _ in first + rest] == done[::-1]
    assert [device for _, device in first + rest] == ["Firefox, Linux"] * 4 + [None]


def test_the_first_account_of_a_space_is_an_owner_with_a_link_and_a_line_in_its_log(ground: Ground) -> None:
    space, owner = ground.space("hue"), first_owner()

    with ground.app.write() as tx:
        assert platform.let_first_owner_in(tx, "hue", owner)

    with ground.app.read(space) as tx:
        (account,) = list_accounts(tx)
        link = find_link(tx, owner.link)
        (deed,) = page(tx, Wanted(), 10)
    assert (account.id, account.role, account.created, account.closed) == (owner.account_id, "owner", NOW, None)
    assert link is not None
    assert (link.account_id, link.expires, link.used, link.purpose) == (account.id, NOW + HOUR, None, ACTIVATE)
    assert (deed.id, deed.at, deed.actor_id) == (owner.deed_id, NOW, None)
    assert (deed.act, deed.subject_id, deed.detail) == ("link.made", account.id, "{}")


def test_a_first_owner_who_was_never_here_gets_another_link_and_the_older_one_ends(ground: Ground) -> None:
    space, first, again = ground.space("hue"), first_owner(), first_owner()
    with ground.app.write() as tx:
        assert platform.let_first_owner_in(tx, "hue", first)

    with ground.app.write() as tx:
        assert platform.let_first_owner_in(tx, "hue", again)

    with ground.app.read(space) as tx:
        (account,) = list_accounts(tx)
        older, newer = find_link(tx, first.link), find_link(tx, again.link)
        assert len(page(tx, Wanted(), 10)) == 2
    assert older is not None
    assert newer is not None
    assert account.id == first.account_id == newer.account_id
    assert (older.expires, newer.expires) == (again.now, again.until)


def known(tx: Tx, account_id: UUID) -> None:
    """Write down who somebody is."""
    tx.run(
        insert(identities),
        {"space_id": tx.space, "account_id": account_id, "key_id": 1, "sealed": b"?", "changed": NOW},
    )


DONE: dict[str, Callable[[Tx, UUID], object]] = {
    "came in": lambda tx, who: people.add_session(tx, who, SessionRow(b"?", NOW, NOW + HOUR)),
    "is known": known,
    "closed": lambda tx, who: people.close(tx, who, NOW),
    "is not alone": lambda tx, _: people.add_account(tx, AccountRow(uuid.uuid4(), "learner", NOW)),
    "is no owner": lambda tx, who: people.set_role(tx, who, "administrator"),
}


@pytest.mark.parametrize("what", DONE)
def test_who_was_here_or_is_known_or_is_not_alone_gets_no_link_from_the_platform(ground: Ground, what: str) -> None:
    """With such a link the platform would be inside a space, as somebody else."""
    space, first = ground.space("hue"), first_owner()
    with ground.app.write() as tx:
        assert platform.let_first_owner_in(tx, "hue", first)
    with ground.owner.write(space) as tx:
        DONE[what](tx, first.account_id)

    with ground.app.write() as tx:
        assert not platform.let_first_owner_in(tx, "hue", first_owner())

    with ground.app.read(space) as tx:
        link = find_link(tx, first.link)
    assert link is not None
    assert link.expires == first.until


@pytest.mark.parametrize("role", ["learner", "administrator"])
def test_where_somebody_has_an_account_no_owner_is_let_in(ground: Ground, role: str) -> None:
    ground.space("danang")
    space = ground.space("hue")
    ground.account(space, role)

    with ground.app.write() as tx:
        assert not platform.let_first_owner_in(tx, "hue", first_owner())
        assert not platform.let_first_owner_in(tx, "nowhere", first_owner())

    with ground.owner.read() as tx:
        counts = [len(tx.run(select(metadata.tables[name])).all()) for name in ("accounts", "links", "audit")]
    assert counts == [1, 0, 0]
    with ground.app.write() as tx:
        assert platform.let_first_owner_in(tx, "danang", first_owner())  # control


def test_of_many_who_let_a_first_owner_in_at_once_one_does(ground: Ground) -> None:
    space = ground.space("hue")

    def press(owner: FirstOwner) -> bool:
        with ground.app.write() as tx:
            return platform.let_first_owner_in(tx, "hue", owner)

    owners = [first_owner() for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        done = [*threads.map(press, owners)]

    assert done == [True] * 8
    with ground.app.read(space) as tx:
        assert len(list_accounts(tx)) == 1
        holding = [
            link for each in owners if (link := find_link(tx, each.link)) is not None and link.expires > each.now
        ]
    assert len(holding) == 1
