"""Whoever meets a rule that gives a certificate has one: once, with a number, in the transaction that awards."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from lrs.certificates import issuing
from lrs.outcomes import giving, reviews
from lrs.people import printed
from lrs.people.directory import Directory
from lrs.people.identity import Identity
from storage import certificate_lists, certificate_rules, certificate_templates, certificates, units
from storage import reviews as kept
from storage.certificate_lists import Taking
from storage.certificate_rules import LinkRow
from storage.certificate_templates import TemplateRow
from storage.certificates import OF_NO_UNIT, REVOKED, TAKEN_BACK, VALID, CertificateRow
from storage.units import UnitRow
from tests.lrs.certificates.papers import TEMPLATE
from tests.lrs.outcomes.school import School, lesson

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.databases import Ground

RULE: dict[str, object] = {"did": {"activities": [lesson(1)]}}
TWO: dict[str, object] = {"all": [RULE, {"did": {"activities": [lesson(2)]}}]}


class Class(School):
    """A school with a rule that gives a certificate, and two people, of whom one has a name."""

    def __init__(self, ground: Ground, folder: Path, body: dict[str, object], months: int | None = None) -> None:
        super().__init__(ground, f"s{uuid.uuid4().hex}", folder)
        self.nameless = self.account()
        self.body = body
        self.version = self.rule(body)
        self.name(self.learner, "Nguyễn Thị Hạnh")
        template, unit = uuid.uuid4(), UnitRow(uuid.uuid4(), "Sở Khoa học", "KHCN")
        with ground.app.write(self.space) as tx:
            certificate_templates.add(tx, TemplateRow(template, 1, "Lớp AI", TEMPLATE.dumps(), datetime.now(UTC)))
            certificate_rules.put(tx, LinkRow(self.version.rule_id, template, months, datetime.now(UTC)))
            units.add(tx, unit)
            units.join(tx, self.learner, unit.id, date(2020, 1, 1))

    def name(self, account: uuid.UUID, name: str) -> None:
        """Say what somebody is called."""
        with self.ground.app.write(self.space) as tx:
            Directory(tx, self.keys).change(account, Identity(name=name), "owner")

    def papers(self, account: uuid.UUID) -> list[CertificateRow]:
        """Follow, and list somebody's certificates."""
        self.followers.catch_up()
        with self.ground.app.read(self.space) as tx:
            return certificates.of_account(tx, account)


@pytest.fixture
def body() -> dict[str, object]:
    """Give what the rule asks for."""
    return RULE


@pytest.fixture
def school(ground: Ground, tmp_path: Path, body: dict[str, object]) -> Class:
    """Give a class."""
    return Class(ground, tmp_path, body, months=24)


def test_an_award_gives_one_certificate_with_the_name_and_the_unit_of_the_day(school: Class) -> None:
    school.say(school.learner, school.verb("completed"), lesson(1))
    school.say(school.learner, school.verb("completed"), lesson(1))

    [row] = school.papers(school.learner)

    assert (row.counted, row.unit_code, row.state, row.rule_id) == (1, "KHCN", VALID, school.version.rule_id)
    assert row.until is not None
    assert row.until.year == row.day.year + 2
    with school.ground.app.read(school.space) as tx:
        assert printed.name_on(tx, school.keys, row) == "Nguyễn Thị Hạnh"
        taking = Taking(school.version.rule_id)
        assert certificate_lists.some(tx, taking, row.unit_id, (0, 0), 9) == [row]
        assert certificate_lists.by_unit(tx, taking) == {row.unit_id: 1}


def test_who_has_no_name_has_the_award_and_gets_the_certificate_later(school: Class) -> None:
    school.say(school.nameless, school.verb("completed"), lesson(1))

    assert school.papers(school.nameless) == []
    assert [award.account_id for award in school.given()] == [school.nameless]

    school.name(school.nameless, "Trần Văn Bình")
    with school.ground.app.write(school.space) as tx:
        giving.give_by_rules(tx, school.keys, [(school.version.rule_id, school.nameless)])
        giving.give_by_rules(tx, school.keys, [(school.version.rule_id, school.nameless)])

    [row] = school.papers(school.nameless)
    assert (row.unit_id, issuing.number_of(row)) == (OF_NO_UNIT, f"0001/{row.year}")


def test_a_rule_that_gives_none_gives_none(school: Class) -> None:
    with school.ground.app.write(school.space) as tx:
        certificate_rules.remove(tx, school.version.rule_id)
    school.say(school.learner, school.verb("completed"), lesson(1))

    assert school.papers(school.learner) == []
    assert len(school.given()) == 1


def test_a_new_version_of_the_rule_gives_no_second_certificate(school: Class) -> None:
    school.say(school.learner, school.verb("completed"), lesson(1))
    [before] = school.papers(school.learner)

    school.rule({"any": [school.body, TWO]}, school.version.rule_id)

    assert school.papers(school.learner) == [before]
    assert len(school.given()) == 2


def test_what_a_review_takes_back_is_revoked_and_can_be_earned_anew(school: Class) -> None:
    said = school.say(school.learner, school.verb("completed"), lesson(1))
    school.papers(school.learner)
    school.void(said.id)
    assert len(school.reviews()) == 1

    with school.ground.app.write(school.space) as tx:
        [waiting] = kept.undecided(tx, 10)
        assert reviews.decide(tx, waiting.id, reviews.TAKEN, school.learner, "not-done") == reviews.TAKEN

    [gone] = school.papers(school.learner)
    with school.ground.app.read(school.space) as tx:
        happened = certificates.history(tx, gone.id)
    assert gone.state == REVOKED
    assert [(each.kind, each.reason) for each in happened if each.kind == TAKEN_BACK] == [
        (TAKEN_BACK, "This person has not done it.")
    ]

    school.say(school.learner, school.verb("completed"), lesson(1))

    new = [row for row in school.papers(school.learner) if row.state == VALID]
    assert [(row.counted, row.award_id != gone.award_id) for row in new] == [(2, True)]
