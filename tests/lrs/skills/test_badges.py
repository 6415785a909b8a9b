"""A badge is made once, falls with its award, and is made anew with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from lrs.badges.baking import extract
from lrs.badges.status import is_set
from storage import reviews, skill_badges
from tests.lrs.skills.town import AT, PAYING, Town

if TYPE_CHECKING:
    from tests.parts.installations import Installation


@pytest.fixture
def town(embedded: Installation) -> Town:
    return Town(embedded)


def test_a_badge_falls_with_its_award_and_what_is_earned_anew_is_another(embedded: Installation, town: Town) -> None:
    learner = embedded.person("learner")
    town.named(learner, "Trần Thị Mơ")
    town.ask(tag="kỹ năng số: thanh toán")
    embedded.follow()
    shown = town.say(learner, PAYING)
    where = f"{AT}/badges/{town.rule()}"
    first = town.verify(learner.get(f"{where}.json").data)
    assert town.verify(learner.get(f"{where}.json").data)["id"] == first["id"]  # the same, signed anew

    town.void(shown)
    with embedded.services.database.read(town.space) as tx:
        (review,) = reviews.undecided(tx, 9)
    at = f"/s/haiphong/reviews/{review.id}"
    taken = town.boss.post(at, form_at=at, data={"do": "taken", "reason-taken": "not-done"})
    assert taken.status_code == 303, taken.text
    embedded.follow()

    assert learner.get(where).status_code == 404
    visitor = embedded.visitor()
    shown_now = visitor.get(f"/s/haiphong/verify/{first['credentialSubject']['licenseNumber']}").text
    assert "đã bị thu hồi" in shown_now
    status = first["credentialStatus"]
    listed = town.verify(visitor.get(status["statusListCredential"].removeprefix(embedded.public_url)).data)
    assert is_set(listed["credentialSubject"]["encodedList"], int(status["statusListIndex"]))

    town.say(learner, PAYING)
    again = town.verify(extract(learner.get(f"{where}.svg").data))
    assert again["id"] != first["id"]
    assert not is_set(listed["credentialSubject"]["encodedList"], int(again["credentialStatus"]["statusListIndex"]))


def test_the_whole_set_has_a_badge_and_only_rules_of_skills_have_any(embedded: Installation, town: Town) -> None:
    learner = embedded.person("learner")
    town.named(learner, "Trần Thị Mơ")
    for row in town.rows:
        if row.id != town.paying.id:
            assert town.boss.post(f"{AT}/set/{row.id}/remove", form_at=f"{AT}/set/{row.id}").status_code == 303
    town.earn(learner)
    with embedded.services.database.read(town.space) as tx:
        whole = town.whole(tx)
    assert whole.rule_id is not None
    assert "Mở huy hiệu của cả bộ" in learner.get(AT).text

    found = town.verify(learner.get(f"{AT}/badges/{whole.rule_id}.json").data)

    assert found["name"] == "Năm kỹ năng số cơ bản"
    assert found["credentialSubject"]["achievement"]["image"]["id"].endswith("/skills/pictures/lighthouse.svg")
    other = embedded.person("learner")
    assert other.get(f"{AT}/badges/{whole.rule_id}.json").status_code == 404


def test_a_row_of_a_badge_holds_no_name(embedded: Installation, town: Town) -> None:
    learner = embedded.person("learner")
    town.named(learner, "Trần Thị Mơ")
    town.earn(learner)
    content = learner.get(f"{AT}/badges/{town.rule()}.json").data
    assert "Trần Thị Mơ".encode() in content

    with embedded.services.database.read(town.space) as tx:
        (row,) = skill_badges.of_rule(tx, town.account(learner), town.rule())

    assert "Mơ" not in repr(row)
    assert row.issued <= datetime.now(UTC)


def test_what_its_owner_hides_is_hidden_where_the_code_is_checked(embedded: Installation, town: Town) -> None:
    learner = embedded.person("learner")
    town.named(learner, "Trần Thị Mơ")
    town.earn(learner)
    code = town.verify(learner.get(f"{AT}/badges/{town.rule()}.json").data)["credentialSubject"]["licenseNumber"]
    at = f"/s/haiphong/verify/{code}"
    assert "Trần Thị Mơ" in embedded.visitor().get(at).text

    wish = "/s/haiphong/me/shown-name"
    learner.post(wish, form_at=wish, data={"shown": "nothing"})

    assert "Trần Thị Mơ" not in embedded.visitor().get(at).text
