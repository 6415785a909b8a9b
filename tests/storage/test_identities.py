"""Sealed identities and their blind indexes: one account's, replaced whole, one person's alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from storage import identities, people
from storage.errors import Taken
from storage.identities import Indexes, SealedRow
from storage.people import AccountRow, Wanted

if TYPE_CHECKING:
    from storage.database import Tx
    from tests.parts.databases import Ground

NOW = datetime.now(UTC)


def account(tx: Tx) -> UUID:
    """Make an account."""
    made = AccountRow(uuid4(), "learner", NOW)
    people.add_account(tx, made)
    return made.id


def put(tx: Tx, who: UUID, email: bytes, *tokens: bytes, key: int = 1) -> None:
    """Keep an identity."""
    identities.put(tx, SealedRow(who, key, b"sealed"), Indexes([("email", email)], tokens), NOW)


def test_an_identity_is_replaced_with_all_it_is_found_by(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        who = account(tx)
        put(tx, who, b"one", b"a", b"b")
        put(tx, who, b"two", b"b", b"c", key=2)

        assert identities.find(tx, [who]) == [SealedRow(who, 2, b"sealed")]
        assert identities.owners(tx, "email", [b"one"]) == set()
        assert identities.owners(tx, "email", [b"one", b"two"]) == {who}
        assert identities.owners(tx, "phone", [b"two"]) == set()
        for token, count in ((b"a", 0), (b"b", 1), (b"c", 1)):
            assert people.count_accounts(tx, Wanted(tokens=(frozenset({token}),))) == count


def test_an_identifier_of_another_is_refused(ground: Ground) -> None:
    space = ground.space()
    with ground.app.write(space) as tx:
        put(tx, account(tx), b"one")

    with pytest.raises(Taken, match="email"), ground.app.write(space) as tx:
        put(tx, account(tx), b"one")

    with ground.app.read(space) as tx:
        assert people.count_accounts(tx, Wanted()) == 1


def test_who_is_forgotten_is_found_by_nothing(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        who = account(tx)
        put(tx, who, b"one", b"a")

        identities.forget(tx, who)

        assert identities.find(tx, [who]) == []
        assert identities.owners(tx, "email", [b"one"]) == set()
        assert people.count_accounts(tx, Wanted(tokens=(frozenset({b"a"}),))) == 0
        assert people.count_accounts(tx, Wanted()) == 1


def test_what_another_key_has_sealed_is_listed(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        old, new = account(tx), account(tx)
        put(tx, old, b"one")
        put(tx, new, b"two", key=2)

        assert [row.account_id for row in identities.sealed_with_others(tx, 2, 10)] == [old]
