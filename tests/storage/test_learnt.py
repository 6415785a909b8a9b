"""What people have begun and completed is found with what the guests did that they were."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from storage import awards, claims, enrolments, learnt, people, rules
from storage.awards import AwardRow
from storage.enrolments import CHOSEN, Enrolling
from storage.people import AccountRow
from storage.rules import RuleRow, VersionRow
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
        rule = RuleRow(uuid4(), "", activity := "https://example.org/a", NOW)
        rules.add(tx, rule)
        version = VersionRow(uuid4(), rule.id, 1, "{}", "{}", "UTC", NOW)
        rules.add_version(tx, version)
        awards.give(tx, [AwardRow(version.id, guest.id, uuid4(), (), NOW)])
        enrolments.enrol(tx, Enrolling(one, CHOSEN, NOW), [who, other])

        assert learnt.completed(tx, one, [activity], None) == [(who, activity, NOW)]
        assert learnt.completed(tx, one, [activity], [other]) == []
        assert learnt.completed_by(tx, who) == [(activity, NOW)]
        assert (learnt.begun(tx, one, None), learnt.begun_by(tx, who)) == ([], [])
