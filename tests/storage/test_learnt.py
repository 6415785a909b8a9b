"""What people have begun and completed is found with what the guests did that they were."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from storage import claims, enrolments, learnt, outcomes, people
from storage.enrolments import CHOSEN, Enrolling
from storage.outcomes import OutcomeRow, RuleRow
from storage.people import AccountRow
from tests.storage.test_courses import NOW, course, package
from tests.storage.test_units import account

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_a_claimed_guest_counts_for_the_person(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        one = course(tx, package=package(tx))
        who, other = account(tx), account(tx)
        guest = AccountRow(uuid4(), "guest", NOW)
        people.add_account(tx, guest)
        claims.add(tx, guest.id, who, NOW)
        rule = RuleRow(uuid4(), "https://example.org/a", "{}")
        outcomes.add_rule(tx, rule, NOW)
        outcomes.add_outcome(tx, OutcomeRow(rule.id, guest.id, uuid4(), NOW))
        enrolments.enrol(tx, Enrolling(one, CHOSEN, NOW), [who, other])

        assert learnt.completed(tx, one, [rule.activity], None) == [(who, rule.activity, NOW)]
        assert learnt.completed(tx, one, [rule.activity], [other]) == []
        assert learnt.completed_by(tx, who) == [(rule.activity, NOW)]
        assert (learnt.begun(tx, one, None), learnt.begun_by(tx, who)) == ([], [])
