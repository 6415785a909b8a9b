"""The set of skills as those who write rules meet it: made, named, put in order; nobody undoes anybody's work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import skills
from tests.lrs.skills.town import SET, Town

if TYPE_CHECKING:
    from tests.parts.installations import Installation


@pytest.fixture
def town(embedded: Installation) -> Town:
    return Town(embedded)


def titles(town: Town) -> list[str]:
    with town.installation.services.database.read(town.space) as tx:
        return [row.titles for row in skills.listed(tx)]


def do(town: Town, deed: str, **more: str) -> int:
    with town.installation.services.database.read(town.space) as tx:
        changed = str(town.whole(tx).changed)
    return town.boss.post(SET, form_at=SET, data={"do": deed, "changed": changed} | more).status_code


def test_the_five_are_data_that_can_be_changed(embedded: Installation, town: Town) -> None:
    before = titles(town)
    assert len(before) == 5

    assert do(town, f"down {town.rows[0].id}") == 303
    assert do(town, f"up {town.rows[4].id}") == 303
    assert [before.index(each) for each in titles(town)] == [1, 0, 2, 4, 3]
    assert do(town, f"up {town.rows[1].id}") == 303  # it is the first already
    assert do(town, "rename", **{"title-vi": "Sáu kỹ năng của phường"}) == 303
    assert do(town, "add", **{"new-vi": "Hỏi trợ lý ảo"}) == 303

    page = town.boss.get(SET).text
    assert len(titles(town)) == 6
    assert "Sáu kỹ năng của phường" in page
    assert "Hỏi trợ lý ảo" in page
    assert "Hỏi trợ lý ảo" in embedded.person("learner").get("/s/haiphong/skills").text


def test_begun_with_none_it_is_empty_and_begun_twice_it_is_one(embedded: Installation) -> None:
    boss = embedded.person("administrator")

    assert boss.post(SET, form_at=SET, data={"do": "begin", "title-vi": "Kỹ năng của phường"}).status_code == 303
    assert boss.post(SET, form_at=SET, data={"do": "five"}).status_code == 303

    assert "Kỹ năng của phường" in boss.get(SET).text
    assert "Mua sắm" not in boss.get(f"{SET}?again").text


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"do": "another"}, 400),
        ({"do": "up nobody", "changed": "0"}, 400),
        ({"do": "up 00000000-0000-4000-8000-000000000000", "changed": "x"}, 409),
        ({"do": "rename", "title-vi": " ", "changed": "0"}, 422),
        ({"do": "rename", "title-vi": "a" * 400, "changed": "0"}, 422),
        ({"do": "add", "changed": "0"}, 422),
        ({"do": "add", "new-vi": "Một", "changed": "99"}, 409),
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(town: Town, data: dict[str, str], status: int) -> None:
    before = titles(town)

    assert town.boss.post(SET, form_at=SET, data=data).status_code == status

    assert titles(town) == before


def test_two_who_change_at_once_do_not_undo_each_others_work(town: Town) -> None:
    page = {"do": "add", "new-vi": "Một", "changed": "0"}

    assert town.boss.post(SET, form_at=SET, data=page).status_code == 303
    answer = town.boss.post(SET, form_at=SET, data=page | {"new-vi": "Hai"})

    assert answer.status_code == 409
    assert "Có người khác vừa sửa các kỹ năng" in answer.text


def test_what_was_removed_stays_with_whoever_has_it(embedded: Installation, town: Town) -> None:
    learner = embedded.person("learner")
    town.named(learner, "Trần Thị Mơ")
    town.earn(learner)
    rule = town.rule()
    assert town.boss.post(f"{SET}/{town.paying.id}/remove", form_at=f"{SET}/{town.paying.id}").status_code == 303

    assert len(titles(town)) == 4
    assert town.verify(learner.get(f"/s/haiphong/skills/badges/{rule}.json").data)["name"] == "Thanh toán trực tuyến"
    assert "Thanh toán trực tuyến" in learner.get("/s/haiphong/achievements").text
    assert town.boss.get(f"{SET}/{town.paying.id}").status_code == 404
