"""A change of a rule is a new version, which writes down what its tags stood for."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from lrs.outcomes import versions
from lrs.outcomes.rules.language import COMPLETED
from lrs.outcomes.rules.problems import WrongRule
from lrs.outcomes.versions import Naming
from storage import rules, spaces, tags
from storage import versions as published
from tests.lrs.outcomes.school import School, lesson
from tests.storage.samples import now, version

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.databases import Ground

BY_TAG: dict[str, Any] = {"did": {"tag": "kỹ năng số"}}


@pytest.fixture
def school(ground: Ground, tmp_path: Path) -> School:
    return School(ground, folder=tmp_path)


def test_a_version_knows_what_its_tags_stood_for(school: School) -> None:
    with school.ground.app.write(school.space) as tx:
        tags.put(tx, "kỹ năng số", lesson(1))
        first = versions.add(tx, BY_TAG, Naming("Một"))
        assert versions.add(tx, BY_TAG, first.rule_id) == first  # nothing is different
        tags.put(tx, "kỹ năng số", lesson(2))
        second = versions.add(tx, BY_TAG, first.rule_id)
        tags.remove(tx, "kỹ năng số", lesson(1))

        asked = [[leaf.selection.activities for leaf in [versions.read(each)]] for each in (first, second)]  # type: ignore[union-attr]
        assert asked == [[(lesson(1),)], [(lesson(1), lesson(2))]]
        assert [row.number for row in rules.history(tx, first.rule_id)] == [2, 1]
        assert versions.current(tx, first.rule_id) == second
        assert rules.in_force(tx) == [second.id]
        assert second.zone == spaces.own(tx).settings.zone


def test_what_a_tag_stands_for_is_told_in_the_order_in_which_the_lessons_came(school: School) -> None:
    with school.ground.app.write(school.space) as tx:
        for number in (2, 10, 1):
            published.add_package(tx, package := uuid.uuid4(), now())
            published.publish(tx, version(package, activity=lesson(number)))
        for number in (3, 10, 1, 2):
            tags.put(tx, "kỹ năng số", lesson(number))

        made = versions.read(versions.add(tx, BY_TAG, Naming("Một"), unheard=True))

    assert [leaf.selection.activities for leaf in [made]] == [tuple(lesson(n) for n in (2, 10, 1, 3))]  # type: ignore[union-attr]


def test_a_rule_that_has_ended_is_followed_no_more_and_what_was_given_stays(school: School) -> None:
    version = school.rule({"did": {"activity": lesson(1)}})
    school.say(school.learner, COMPLETED, lesson(1))
    before = school.awards()

    with school.ground.app.write(school.space) as tx:
        rules.end(tx, version.rule_id, now())
        assert rules.in_force(tx) == []
    school.say(school.account(), COMPLETED, lesson(1))

    assert school.awards() == before


def test_a_rule_names_what_is_there(school: School) -> None:
    with school.ground.app.write(school.space) as tx, pytest.raises(WrongRule) as wrong:
        versions.add(tx, {"did": {"activity": lesson(1)}}, Naming())
    assert [(each.place, each.code) for each in wrong.value.problems] == [("/did/activity", "unknown-activity")]

    school.say(school.learner, COMPLETED, lesson(1))
    with school.ground.app.write(school.space) as tx:
        assert versions.problems(tx, {"did": {"activity": lesson(1)}}) == []
        assert [each.code for each in versions.problems(tx, {"did": {}, "all": []})] != []
