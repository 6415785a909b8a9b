"""One-time links become sessions: once, for one, and for a limited time; sessions end."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from lrs.access import ROLES
from lrs.errors import LinkUsed
from lrs.people import accounts, words
from lrs.people.accounts import UnknownRole
from storage import people
from storage.database import Tx
from tests.parts.databases import Ground


@contextmanager
def inside(ground: Ground, space: int) -> Iterator[Tx]:
    with ground.app.write(space) as tx:
        yield tx


def test_an_account_is_a_random_id_and_a_role(ground: Ground) -> None:
    with inside(ground, ground.space()) as tx:
        made = [accounts.create(tx, role) for role in ROLES]

        assert [people.find_account(tx, account.id) for account in made] == made
        assert [account.role for account in made] == list(ROLES)
        assert {account.id.version for account in made} == {4}


def test_a_role_that_no_space_has_is_refused(ground: Ground) -> None:
    with inside(ground, ground.space()) as tx:
        for role in ("", "Owner", "root", "owner "):
            with pytest.raises(UnknownRole):
                accounts.create(tx, role)


def test_a_link_begins_one_session(ground: Ground) -> None:
    with inside(ground, ground.space()) as tx:
        account = accounts.create(tx, "learner")
        word = accounts.make_link(tx, account)

        session, _ = accounts.use_link(tx, word)
        assert accounts.account_of_session(tx, session) == account
        with pytest.raises(LinkUsed):
            accounts.use_link(tx, word)
        with pytest.raises(LinkUsed):
            accounts.look_at_link(tx, word)


def test_looking_at_a_link_does_not_use_it(ground: Ground) -> None:
    with inside(ground, ground.space()) as tx:
        word = accounts.make_link(tx, accounts.create(tx, "learner"))

        for _ in range(10):
            accounts.look_at_link(tx, word)
        assert accounts.use_link(tx, word)


def test_of_twenty_who_press_at_once_one_comes_in(ground: Ground) -> None:
    space = ground.space()
    with inside(ground, space) as tx:
        word = accounts.make_link(tx, accounts.create(tx, "learner"))

    def press(_: int) -> bool:
        try:
            with inside(ground, space) as tx:
                return bool(accounts.use_link(tx, word))
        except LinkUsed:
            return False

    with ThreadPoolExecutor(8) as crowd:
        assert sorted(crowd.map(press, range(20))) == [False] * 19 + [True]


def test_an_expired_link_is_refused(ground: Ground) -> None:
    with inside(ground, ground.space()) as tx:
        account = accounts.create(tx, "learner")
        old = [accounts.make_link(tx, account, -timedelta(seconds=seconds)) for seconds in (0, 1, 700_000)]

        for word in old:
            assert_refused(tx, word)


def test_a_word_that_nobody_made_is_refused(ground: Ground) -> None:
    with inside(ground, ground.space()) as tx:
        for word in ("", "nobody-made-this", "\0", "x" * 5000):
            assert_refused(tx, word)


def assert_refused(tx: Tx, word: str) -> None:
    for use in (accounts.look_at_link, accounts.use_link):
        with pytest.raises(LinkUsed):
            use(tx, word)


def test_a_link_of_one_space_opens_no_other(ground: Ground) -> None:
    space, other = ground.space("haiphong"), ground.space("daklak")
    with inside(ground, space) as tx:
        word = accounts.make_link(tx, accounts.create(tx, "owner"))

    with inside(ground, other) as tx, pytest.raises(LinkUsed):
        accounts.use_link(tx, word)
    with inside(ground, space) as tx:
        session, _ = accounts.use_link(tx, word)
    with inside(ground, other) as tx:
        assert accounts.account_of_session(tx, session) is None


def test_a_session_ends_when_it_is_ended_and_no_other_with_it(ground: Ground) -> None:
    with inside(ground, ground.space()) as tx:
        account = accounts.create(tx, "learner")
        one, other = (accounts.begin_session(tx, account.id, datetime.now(UTC)) for _ in range(2))

        accounts.end_session(tx, one)
        assert accounts.account_of_session(tx, one) is None
        assert accounts.account_of_session(tx, other) == account


def test_a_session_ends_by_itself(ground: Ground) -> None:
    now = datetime.now(UTC)
    with inside(ground, ground.space()) as tx:
        account = accounts.create(tx, "learner")
        young = accounts.begin_session(tx, account.id, now - accounts.SESSION_LASTS + timedelta(minutes=1))
        old = accounts.begin_session(tx, account.id, now - accounts.SESSION_LASTS)

        assert accounts.account_of_session(tx, young) == account
        assert accounts.account_of_session(tx, old) is None


def test_no_word_is_kept_as_it_is(ground: Ground) -> None:
    space = ground.space()
    with inside(ground, space) as tx:
        account = accounts.create(tx, "learner")
        link, session = accounts.make_link(tx, account), accounts.begin_session(tx, account.id, datetime.now(UTC))

    with ground.owner.read(space) as tx:
        rows = [tuple(row) for table in (people.links, people.sessions) for row in tx.run(table.select())]
    assert {words.digest(link), words.digest(session)} <= {value for row in rows for value in row if value}
    assert link not in str(rows)
    assert session not in str(rows)
