"""What everybody may read of badges, and what nobody may take that is not theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrs.skills.picture import SHAPES
from tests.lrs.skills.town import AT, Town

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_every_picture_is_public_and_no_other_is_there(embedded: Installation) -> None:
    visitor = embedded.visitor()

    for shape in SHAPES:
        answer = visitor.get(f"{AT}/pictures/{shape}.svg")
        assert answer.mimetype == "image/svg+xml"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert visitor.get(f"{AT}/pictures/another.svg").status_code == 404


@pytest.mark.parametrize("number", ["0", "1", "99999999999999999999"])
def test_a_status_list_that_is_not_there_is_not_found(embedded: Installation, number: str) -> None:
    assert embedded.visitor().get(f"/s/haiphong/badges/skills/{number}").status_code == 404


def test_nobody_takes_a_badge_of_a_rule_that_is_no_skill(embedded: Installation) -> None:
    town, learner = Town(embedded), embedded.person("learner")
    town.named(learner, "Trần Thị Mơ")
    town.earn(learner)
    rule = town.rule_of_the_lesson(learner)

    assert learner.get(f"{AT}/badges/{rule}.json").status_code == 404  # earned, and no skill
