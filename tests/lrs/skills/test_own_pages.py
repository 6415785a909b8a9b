"""Skills as people meet them: a set that fills up from lessons, other systems and a mentor's word, and badges that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrs.badges.baking import extract
from lrs.badges.errors import NotACredential, NotProved
from lrs.badges.status import is_set
from tests.lrs.people.coming import answer, guest_who_learns, open_lesson, sign_in
from tests.lrs.people.test_entry_pages import settled
from tests.lrs.skills.town import AT, ELSEWHERE, PAYING, Town
from tests.parts.lessons import play

if TYPE_CHECKING:
    from tests.parts.installations import Installation


@pytest.fixture
def town(embedded: Installation) -> Town:
    return Town(embedded)


def test_a_skill_fills_part_by_part_from_any_source_and_its_badge_holds(installation: Installation) -> None:
    town = Town(installation)
    learner, mentor = installation.person("learner"), installation.person("mentor")
    asked = town.ask(tag="kỹ năng số: thanh toán", tagged="1", others=ELSEWHERE, confirmed="yes")
    assert asked.status_code == 303
    installation.follow()
    assert "0 trong 3 phần" in learner.get(AT).text
    assert "0 trong 5 kỹ năng" in learner.get("/s/haiphong/").text

    town.say(learner, PAYING)
    assert "1 trong 3 phần" in learner.get(AT).text
    town.say(learner, ELSEWHERE)
    assert "2 trong 3 phần" in learner.get(AT).text
    at = f"/s/haiphong/people/{learner.account}/achievements/{town.rule()}"
    own = f"{installation.public_url}/s/haiphong/skills/{town.paying.id}"
    assert mentor.post(at, form_at=at, data={"activity": own}).status_code == 303
    installation.follow()

    assert "Chúc mừng bạn! Bạn đã có kỹ năng “Thanh toán trực tuyến”" in learner.get("/s/haiphong/").text
    assert "Bạn đã có kỹ năng “Thanh toán trực tuyến”" in learner.get(AT).text
    assert "Chúc mừng bạn!" not in learner.get(AT).text  # once
    assert "1 trong 5 kỹ năng" in learner.get("/s/haiphong/").text
    where = f"{AT}/badges/{town.rule()}"
    assert learner.get(f"{where}.json").status_code == 409  # who is nobody yet has no badge
    town.named(learner, "Trần Thị Mơ")
    assert "Lưu hình huy hiệu" in learner.get(where).text

    content = learner.get(f"{where}.json").data
    baked = learner.get(f"{where}.svg").data
    found = town.verify(content)
    subject = found["credentialSubject"]
    assert subject["achievement"]["achievementType"] == "Badge"
    assert subject["achievement"]["name"] == "Thanh toán trực tuyến"
    assert town.verify(extract(baked))["id"] == found["id"]
    for altered in (content.replace(b"Thanh to", b"Thanh tO"), content.replace(b'"Badge"', b'"Badgf"')):
        with pytest.raises((NotProved, NotACredential)):
            town.verify(altered)

    visitor = installation.visitor()
    shown = visitor.get(f"/s/haiphong/verify/{subject['licenseNumber']}").text
    assert "Huy hiệu kỹ năng" in shown
    assert visitor.get(subject["achievement"]["image"]["id"].removeprefix(installation.public_url)).status_code == 200
    status = found["credentialStatus"]
    listed = visitor.get(status["statusListCredential"].removeprefix(installation.public_url)).data
    bits = town.verify(listed)["credentialSubject"]["encodedList"]
    assert not is_set(bits, int(status["statusListIndex"]))


def test_a_space_without_skills_says_so_and_its_home_is_as_it_was(embedded: Installation) -> None:
    learner = embedded.person("learner")

    assert "Ở đây chưa có kỹ năng nào" in learner.get(AT).text
    assert "kỹ năng" not in learner.get("/s/haiphong/").text
    assert learner.get(f"{AT}/paper").status_code == 404


def test_on_paper_and_for_whoever_helps_the_same_is_said(embedded: Installation, town: Town) -> None:
    learner, mentor, author = (embedded.person(role) for role in ("learner", "mentor", "author"))
    town.earn(learner)
    at = f"/s/haiphong/people/{learner.account}/skills"

    assert "1 trong 5 kỹ năng" in learner.get(f"{AT}/paper").text
    assert "đã có kỹ năng này" in mentor.get(at).text
    assert author.get(at).status_code == 403
    assert mentor.get(f"/s/haiphong/people/{town.boss.account}/skills").status_code == 404  # a mentor sees learners
    results = learner.get("/s/haiphong/achievements").text
    assert f"{AT}" in results
    assert str(town.rule()) not in results  # what has a page of its own is not said twice


def test_a_lesson_counts_by_its_tag_and_a_guests_skill_goes_with_them(embedded: Installation, town: Town) -> None:
    version = open_lesson(embedded)
    report = f"/s/haiphong/packages/{version}"
    tags = {"tags": "Kỹ năng số: mua sắm"}  # however it is typed
    assert town.boss.get(f"{AT}/set").text.count("Chưa mở:") == 4
    assert town.boss.post(f"{report}/tags", form_at=f"{report}/report", data=tags).status_code == 303
    assert town.boss.get(f"{AT}/set").text.count("Chưa mở:") == 3  # it opened by itself
    embedded.follow()
    guest, _ = guest_who_learns(embedded, version)
    assert "Học bài này" in guest.get(AT).text

    play(guest, version).commit(2, {"cmi.core.lesson_status": "completed"})
    embedded.follow()
    assert "Bạn đã có kỹ năng “Mua sắm trực tuyến”" in guest.get(AT).text
    settled(embedded)
    sign_in(guest, "HP-7")
    answer(guest, "yes")
    embedded.follow()

    assert "1 trong 5 kỹ năng" in guest.get(AT).text
    assert guest.get(f"{AT}/paper").status_code == 200
