"""Confirming is a statement like any other: of somebody else, by who may, with the role of that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lrs.access import ADMINISTRATOR, AUDITOR, LEARNER, MENTOR, Caller
from lrs.errors import NotAllowed
from lrs.outcomes import actors, confirming
from lrs.outcomes.rules.language import CONFIRM
from lrs.people.units import Units
from storage import people, units
from tests.lrs.outcomes.school import HOME, School, lesson
from tests.storage.samples import now

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from tests.parts.databases import Ground

RULE: dict[str, Any] = {"confirmed": {"activity": lesson(1), "by": ["mentor"], "provenance": ["staff-asserted"]}}


@pytest.fixture
def school(ground: Ground, tmp_path: Path) -> School:
    return School(ground, folder=tmp_path)


def press(school: School, who: UUID, role: str, whom: UUID) -> UUID:
    with school.ground.app.write(school.space) as tx:
        return confirming.confirm(tx, Caller(school.space, who, role), whom, lesson(1), HOME)


def test_a_mentor_confirms_and_it_counts_whatever_becomes_of_the_mentor(school: School) -> None:
    version = school.rule(RULE)
    mentor = school.account(MENTOR)
    pressed = press(school, mentor, MENTOR, school.learner)
    with school.ground.app.write(school.space) as tx:
        people.set_role(tx, mentor, LEARNER)

    (award,) = school.awards()

    assert (award.version_id, award.decided) == (version.id, pressed)
    assert school.rule(RULE | {}, None).id != version.id
    assert len(school.awards()) == 2  # a replay hears the same role


def test_a_key_cannot_say_what_only_the_button_says(school: School) -> None:
    school.rule(RULE)
    school.confirm(school.account(MENTOR), school.learner, lesson(1))

    assert school.awards() == []


def test_nobody_confirms_themselves_under_any_name(school: School) -> None:
    school.rule({"confirmed": {"by": ["mentor"]}})
    mentor = school.account(MENTOR)
    with school.ground.app.write(school.space) as tx:
        assert actors.know(tx, school.keys, "mailto:an@example.org", mentor, None)
    with pytest.raises(NotAllowed):
        press(school, mentor, MENTOR, mentor)
    said = {"objectType": "Agent", "mbox": "mailto:an@example.org"}
    school.say(mentor, CONFIRM, None, object=said)

    assert school.awards() == []


@pytest.mark.parametrize(
    ("role", "of", "may"),
    [
        (MENTOR, LEARNER, True),
        (MENTOR, MENTOR, False),
        (ADMINISTRATOR, MENTOR, True),
        (AUDITOR, LEARNER, False),
        (LEARNER, LEARNER, False),
    ],
)
def test_by_role(school: School, role: str, of: str, *, may: bool) -> None:
    who, whom = school.account(role), school.account(of)

    with school.ground.app.read(school.space) as tx:
        assert confirming.may(tx, Caller(school.space, who, role), whom) is may


def test_by_unit(school: School) -> None:
    mentor, below, elsewhere, nowhere = (school.account(role) for role in (MENTOR, LEARNER, LEARNER, LEARNER))
    day = now().date()
    with school.ground.app.write(school.space) as tx:
        known = Units(tx)
        ward = known.make("Phường", None, day).id
        group, other = known.make("Tổ", ward, day).id, known.make("Phường khác", None, day).id
        for who, unit in ((mentor, ward), (below, group), (elsewhere, other)):
            units.join(tx, who, unit, day)

        may = [confirming.may(tx, Caller(school.space, mentor, MENTOR), whom) for whom in (below, elsewhere, nowhere)]

    assert may == [True, False, False]
