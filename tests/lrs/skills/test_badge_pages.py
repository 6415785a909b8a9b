"""What everybody may read of badges, and what nobody may take that is not theirs."""

from __future__ import annotations

import io
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


def test_a_badge_that_is_handed_in_is_read_by_its_proof_alone(embedded: Installation) -> None:
    town, learner, visitor = Town(embedded), embedded.person("learner"), embedded.visitor()
    town.named(learner, "Trần Thị Mơ")
    town.earn(learner)
    where = f"{AT}/badges/{town.rule()}"
    picture, credential = learner.get(f"{where}.svg").data, learner.get(f"{where}.json").data

    def hand_in(content: bytes, name: str) -> tuple[int, str]:
        form = {"file": (io.BytesIO(content), name)}
        at = "/s/haiphong/verify"
        answer = visitor.post(at, form_at=at, data=form, content_type="multipart/form-data")
        return answer.status_code, answer.text

    for content, name in ((picture, "huy-hieu.svg"), (credential, "huy-hieu.json")):
        status, said = hand_in(content, name)
        assert status == 200
        assert "Huy hiệu kỹ năng" in said
        assert "Trần Thị Mơ" in said
    redrawn = picture.replace("không".encode(), b"").replace(b"</title>", " giả</title>".encode())
    assert "đừng căn cứ vào hình vẽ" in hand_in(redrawn, "a.svg")[1]  # what is drawn proves nothing, and is not shown
    assert hand_in(picture.replace(b"Th\xe1\xbb\x8b", "Thì".encode()), "a.svg")[0] == 422
    assert hand_in(picture.replace(b"proofValue", b"proofvalue"), "a.svg")[0] == 422
    assert hand_in(b"<svg/>", "a.svg")[0] == 422
