"""A set that is kept: each skill has its rule as soon as it can be filled, and the set has one while all can."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from lrs.outcomes import versions
from lrs.skills.asking import Asks
from lrs.skills.keeping import ChangedMeanwhile, Shop, courses_of, said
from lrs.skills.set_pages import FIVE, begin_with_five
from storage import remakings, rules, skills, tags
from tests.lrs.outcomes.school import School, lesson

if TYPE_CHECKING:
    from pathlib import Path

    from storage.database import Tx
    from tests.parts.databases import Ground

HOME = "http://app.lms.localhost/s/haiphong"


@pytest.fixture
def school(ground: Ground, tmp_path: Path) -> School:
    return School(ground, folder=tmp_path)


def ready(tx: Tx) -> list[bool]:
    return [row.rule_id is not None for row in skills.listed(tx)]


def test_skills_open_as_lessons_are_given_their_tags_and_the_set_when_all_have(ground: Ground, school: School) -> None:
    with ground.app.write(school.space) as tx:
        shop = Shop(tx, HOME)
        begin_with_five(shop)
        begin_with_five(shop)  # once
        assert ready(tx) == [False] * 5
        for each in FIVE["skills"][:4]:
            tags.put(tx, each["tag"], lesson(1))
            shop.tagged([each["tag"].upper()])
        assert ready(tx) == [True] * 4 + [False]
        whole = skills.the_set(tx)
        assert whole is not None
        assert whole.rule_id is None

        tags.put(tx, FIVE["skills"][4]["tag"], lesson(2))
        shop.tagged([FIVE["skills"][4]["tag"]])
        whole = skills.the_set(tx)

        assert whole is not None
        assert whole.rule_id is not None
        (version,) = rules.history(tx, whole.rule_id)
        assert len(json.loads(version.body)["all"]) == 5


def test_one_more_lesson_makes_nothing_harder_and_one_less_changes_nothing(ground: Ground, school: School) -> None:
    with ground.app.write(school.space) as tx:
        shop = Shop(tx, HOME)
        shop.begin({"vi": "Kỹ năng"})
        tags.put(tx, "an toàn", lesson(1))
        row = shop.add({"vi": "An toàn"}, {}, "shield", Asks(tag="an toàn"))
    school.say(school.learner, school.verb("completed"), lesson(1))
    assert len(school.awards()) == 2  # the skill, and the set of it alone

    with ground.app.write(school.space) as tx:
        tags.put(tx, "an toàn", lesson(2))
        Shop(tx, HOME).tagged(["an toàn"])
    school.awards()
    assert school.reviews() == []
    with ground.app.write(school.space) as tx:
        tags.remove(tx, "an toàn", lesson(1))
        found = skills.find(tx, row.id)
        assert found is not None
        assert found.rule_id is not None
        assert len(rules.history(tx, found.rule_id)) == 2


def test_a_set_that_is_not_whole_any_more_ends_and_goes_on_when_it_is(ground: Ground, school: School) -> None:
    with ground.app.write(school.space) as tx:
        shop = Shop(tx, HOME)
        shop.begin({"vi": "Kỹ năng"})
        tags.put(tx, "an toàn", lesson(1))
        shop.add({"vi": "An toàn"}, {}, "shield", Asks(tag="an toàn"))
        other = shop.add({"vi": "Chưa có"}, {}, "book", Asks(tag="chưa có"))
        whole = skills.the_set(tx)
        assert whole is not None
        assert whole.rule_id is not None
        rule = rules.find(tx, whole.rule_id)
        assert rule is not None
        assert rule.ended is not None

        shop.remove(other)

        rule = rules.find(tx, whole.rule_id)
        assert rule is not None
        assert rule.ended is None
        assert remakings.listed(tx)  # what came in between is gone through


def test_following_and_trying_on_the_record_say_the_same(ground: Ground, school: School) -> None:
    with ground.app.write(school.space) as tx:
        shop = Shop(tx, HOME)
        shop.begin({"vi": "Kỹ năng"})
        for number in (1, 2):
            tags.put(tx, "an toàn", lesson(number))
        row = shop.add({"vi": "An toàn"}, {}, "shield", Asks(tag="an toàn", tagged=2, confirmed=True, need=2))
    mentor = school.account("mentor")
    school.confirm(mentor, school.learner, f"{HOME}/skills/{row.id}")
    for number in (2, 1):
        school.say(school.learner, school.verb("completed"), lesson(number))
    followed = school.awards()

    with ground.app.write(school.space) as tx:
        found = skills.find(tx, row.id)
        assert found is not None
        assert found.rule_id is not None
        version = versions.current(tx, found.rule_id)
        assert version is not None
        versions.go_through(tx, version)
    replayed = school.awards()

    assert len(followed) == 2
    assert followed == replayed


def test_who_began_with_something_older_is_refused(ground: Ground, school: School) -> None:
    with ground.app.write(school.space) as tx:
        shop = Shop(tx, HOME)
        shop.begin({"vi": "Kỹ năng"})
        shop.count(0)

        with pytest.raises(ChangedMeanwhile):
            shop.count(0)
        assert courses_of(tx) == {}


def test_two_who_give_its_tag_at_once_make_one_rule_of_a_skill(ground: Ground, school: School) -> None:
    def give(tx: Tx, number: int) -> None:
        tags.put(tx, "an toàn", lesson(number))
        Shop(tx, HOME).tagged(["an toàn"])

    def give_too() -> None:
        with ground.app.write(school.space) as tx:
            give(tx, 2)

    with ground.app.write(school.space) as tx:
        Shop(tx, HOME).begin({"vi": "Kỹ năng"})
        Shop(tx, HOME).add({"vi": "An toàn"}, {}, "shield", Asks(tag="an toàn"))
    with ThreadPoolExecutor(1) as other:
        with ground.app.write(school.space) as tx:
            give(tx, 1)
            second = other.submit(give_too)
            with pytest.raises(TimeoutError):
                second.result(0.3)
        second.result(10)
    with ground.app.read(school.space) as tx:
        assert len(rules.listed(tx)) == 2  # the skill's, and that of the set of it alone


def test_it_is_said_in_the_language_that_is_known() -> None:
    assert said('{"vi": "An toàn", "en": "Safety"}', "en") == "Safety"
    assert said('{"vi": "An toàn"}', "en") == "An toàn"
    assert said('{"en": "Safety"}', "vi") == "Safety"
    assert said("{}", "vi") == ""
