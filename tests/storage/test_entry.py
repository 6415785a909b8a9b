"""Passwords, devices and failures are kept for one account, or for one who is named."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from storage import entry, people
from storage.people import AccountRow

if TYPE_CHECKING:
    from storage.database import Tx
    from tests.parts.databases import Ground

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=1)


def account(tx: Tx) -> UUID:
    """Make an account."""
    made = AccountRow(uuid4(), "learner", NOW)
    people.add_account(tx, made)
    return made.id


def test_a_password_is_the_last_one_that_was_set(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        who = account(tx)
        assert entry.password_of(tx, who) is None
        for hashed in ("one", "two"):
            entry.set_password(tx, who, hashed, NOW)
        assert entry.password_of(tx, who) == "two"
        entry.forget_password(tx, who)
        assert entry.password_of(tx, who) is None


def test_a_device_is_known_to_those_who_signed_in_on_it(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        hoa, binh = account(tx), account(tx)
        for _ in range(2):
            entry.know_device(tx, hoa, b"phone", NOW)

        assert entry.knows_device(tx, hoa, b"phone")
        assert not entry.knows_device(tx, hoa, b"other")
        assert not entry.knows_device(tx, binh, b"phone")


def test_failures_are_counted_until_somebody_succeeds_or_a_day_has_passed(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        assert entry.failures(tx, b"who") is None
        assert [entry.fail(tx, b"who", NOW, LONG_AGO) for _ in range(3)] == [1, 2, 3]
        assert entry.failures(tx, b"who") == entry.Failures(3, NOW)
        assert entry.fail(tx, b"other", NOW, LONG_AGO) == 1
        later = NOW + timedelta(days=2)
        assert entry.fail(tx, b"who", later, later - timedelta(days=1)) == 1
        entry.succeed(tx, b"who")
        assert entry.failures(tx, b"who") is None


def test_of_failures_at_once_none_is_lost(ground: Ground) -> None:
    space = ground.space()

    def fail(_: int) -> int:
        with ground.app.write(space) as tx:
            return entry.fail(tx, b"who", NOW, LONG_AGO)

    with ThreadPoolExecutor(8) as many:
        counts = [*many.map(fail, range(24))]

    assert sorted(counts) == [*range(1, 25)]
