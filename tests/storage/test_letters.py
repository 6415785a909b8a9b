"""Letters are kept until they are settled, and for some time after that."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from storage import letters
from storage.letters import FAILED, SENT, WAITING, WITHDRAWN, End, LetterRow
from tests.storage.samples import now

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Tx
    from tests.parts.databases import Ground

NOW = now()
LONG_AGO = NOW - timedelta(days=90)


def put(tx: Tx, account: uuid.UUID | None, kind: str = "activate", asked: datetime = NOW) -> uuid.UUID:
    letter = LetterRow(uuid.uuid4(), account, kind, "vi", asked, key_id=1, sealed=b"sealed")
    letters.put(tx, letter, LONG_AGO)
    assert letters.find(tx, letter.id) == letter
    return letter.id


def test_a_settled_letter_says_how_it_ended_and_keeps_nothing_sealed(ground: Ground) -> None:
    space = ground.space()
    account = ground.account(space).id

    with ground.app.write(space) as tx:
        letter = put(tx, account)
        letters.settle(tx, letter, End(FAILED, "refused", "550 5.7.1"), NOW)
        found = letters.find(tx, letter)

    assert found == LetterRow(letter, account, "activate", "vi", NOW, FAILED, NOW, "refused", "550 5.7.1")


def test_what_was_settled_long_ago_is_forgotten_and_what_waits_is_not(ground: Ground) -> None:
    space = ground.space()
    account = ground.account(space).id

    with ground.app.write(space) as tx:
        old, newer, waits = (put(tx, account, asked=LONG_AGO - timedelta(days=1)) for _ in range(3))
        letters.settle(tx, old, End(SENT), LONG_AGO - timedelta(seconds=1))
        letters.settle(tx, newer, End(SENT), LONG_AGO + timedelta(seconds=1))
        put(tx, account)

        assert [letters.find(tx, letter) is None for letter in (old, newer, waits)] == [True, False, False]


def test_letters_to_nobody_known_are_in_no_list(ground: Ground) -> None:
    space = ground.space()
    account = ground.account(space).id

    with ground.app.write(space) as tx:
        nobodys = put(tx, None, "forgotten")
        older = put(tx, account, asked=NOW - timedelta(minutes=1))
        newer = put(tx, account)

        assert [letter.id for letter in letters.listed(tx, WAITING, 10)] == [newer, older]
        assert [letter.id for letter in letters.of_account(tx, account, 1)] == [newer]
        assert letters.count(tx, WAITING) == 2
        letters.tie(tx, nobodys, account)
        assert letters.count(tx, WAITING) == 3


def test_what_did_not_go_out_is_taken_back_and_nothing_else(ground: Ground) -> None:
    space = ground.space()
    account, other = (ground.account(space).id for _ in range(2))

    with ground.app.write(space) as tx:
        waits, notice, others, sent, failed = (
            put(tx, who, kind)
            for who, kind in (
                (account, "activate"),
                (account, "password"),
                (other, "activate"),
                (account, "activate"),
                (account, "activate"),
            )
        )
        letters.settle(tx, failed, End(FAILED, "refused"), NOW)
        letters.settle(tx, sent, End(SENT), NOW)
        letters.withdraw(tx, account, ["activate"], NOW)

        states = [getattr(letters.find(tx, letter), "state", None) for letter in (waits, notice, others, sent, failed)]
        assert states == [WITHDRAWN, WAITING, WAITING, SENT, WITHDRAWN]
        letters.remove(tx, waits)
        assert letters.find(tx, waits) is None


def test_what_another_key_has_sealed_is_found_and_sealed_anew(ground: Ground) -> None:
    space = ground.space()

    with ground.app.write(space) as tx:
        letter = put(tx, None)
        settled = put(tx, None)
        letters.settle(tx, settled, End(SENT), NOW)

        assert [row.id for row in letters.sealed_with_others(tx, 2, 10)] == [letter]
        letters.reseal(tx, letter, 2, b"anew")
        assert letters.sealed_with_others(tx, 2, 10) == []
        assert getattr(letters.find(tx, letter), "sealed", None) == b"anew"
