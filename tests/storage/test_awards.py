"""Awards: given once, resting on evidence, and those of a guest are those of who it was."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from storage import awards, claims, rules
from storage.awards import AwardRow
from storage.rules import RuleRow, VersionRow
from tests.storage.samples import now

if TYPE_CHECKING:
    from storage.database import Tx
    from tests.parts.databases import Ground

ACTIVITY = "an activity"


def a_version(tx: Tx) -> uuid.UUID:
    rule, version = uuid.uuid4(), uuid.uuid4()
    rules.add(tx, RuleRow(rule, "", ACTIVITY, now()))
    rules.add_version(tx, VersionRow(version, rule, 1, "{}", "{}", "UTC", now()))
    return version


def an_award(version: uuid.UUID, account: uuid.UUID, days: int = 0) -> AwardRow:
    return AwardRow(version, account, uuid.uuid4(), (uuid.uuid4(), uuid.uuid4()), now() - timedelta(days=days))


def test_an_award_is_given_once(shared: Ground, space: int) -> None:
    account = shared.account(space).id
    with shared.app.write(space) as tx:
        award = an_award(a_version(tx), account)
        awards.give(tx, [award])

    with pytest.raises(IntegrityError), shared.app.write(space) as tx:
        awards.give(tx, [an_award(award.version_id, account)])

    with shared.app.read(space) as tx:
        assert awards.find(tx, award.version_id, [account, uuid.uuid4()]) == {account: award}


def test_an_award_that_was_taken_is_no_longer_held_and_can_be_given_again(shared: Ground, space: int) -> None:
    account = shared.account(space).id
    with shared.app.write(space) as tx:
        award = an_award(a_version(tx), account)
        (version,) = rules.versions(tx, [award.version_id])
        awards.give(tx, [award])
        assert awards.holders(tx, version.rule_id, [account]) == {account: [award]}

        awards.take(tx, award.version_id, account, now())

        assert not awards.holders(tx, version.rule_id, [account])
        assert not awards.reached(tx, account)
        assert awards.count(tx, version.rule_id) == 0
        awards.give_again(tx, [award])
        assert awards.of_account(tx, account) == [award]


def test_what_a_guest_reached_is_reached_by_who_it_was_and_the_first_day_counts(shared: Ground, space: int) -> None:
    guest, person = shared.account(space, "guest").id, shared.account(space).id
    with shared.app.write(space) as tx:
        version = a_version(tx)
        later, earlier = an_award(version, person, 1), an_award(version, guest, 2)
        awards.give(tx, [earlier, later])
        assert awards.reached(tx, person) == {ACTIVITY: later}

        claims.add(tx, guest, person, now())

        assert awards.reached(tx, person) == {ACTIVITY: earlier}
