"""What an award rested on has changed: an administrator sees what has happened, and says with a reason what becomes of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from storage import audit, reviews
from tests.lrs.outcomes.studies import HOME, WHOLE, learn, somebody, teach, void, write

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

REVIEWS = f"{HOME}/reviews"


@pytest.fixture
def boss(embedded: Installation) -> Person:
    """Give an administrator of a space in which somebody's test is void after they had met the rule."""
    teach(embedded)
    boss = embedded.person("administrator")
    write(boss)
    said = learn(embedded, somebody(embedded, "Nguyễn Thị Hoà"), 12, 0.9)
    embedded.follow()
    void(embedded, said[-1])
    return boss


def only(boss: Person) -> str:
    """Give the address of the one review that waits."""
    (found,) = re.findall(rf'href="({REVIEWS}/[^"]+)"', boss.get(REVIEWS).text)
    return str(found)


def noted(installation: Installation) -> list[dict[str, str]]:
    """List what the log says of decisions."""
    with installation.services.database.read(1) as tx:
        return [json.loads(row.detail) for row in audit.page(tx, audit.Wanted(acts=("award.reviewed",)), 10)]


def test_it_tells_who_which_rule_and_what_has_happened(boss: Person) -> None:
    assert "Cần xem lại: 1" in boss.get(f"{HOME}/rules").text
    assert "<strong>1</strong> việc cần xem lại" in boss.get(f"{HOME}/").text
    listed, page = boss.get(REVIEWS).text, boss.get(only(boss)).text

    assert "Nguyễn Thị Hoà" in listed
    assert "Một căn cứ đã bị hủy bỏ." in listed
    assert "Công dân số cơ bản" in page
    assert page.count("<s>") == 1
    assert re.search(r"<s><strong>Bài kiểm tra cuối</strong>: đạt</s>", page)
    assert "<strong>Bài 7</strong>: hoàn thành" in page


@pytest.mark.parametrize(
    ("do", "reason", "says"), [("kept", "proven", "Đã giữ nguyên"), ("taken", "asked", "Đã thu hồi")]
)
def test_a_person_decides_and_says_why(embedded: Installation, boss: Person, do: str, reason: str, says: str) -> None:
    address = only(boss)

    answer = boss.post(address, form_at=address, data={"do": do, f"reason-{do}": reason})

    assert answer.status_code == 303
    page = boss.get(answer.location).text
    assert says in page
    assert "Không có gì cần xem lại" in page
    assert noted(embedded) == [{"decision": do, "reason": reason}]
    assert "Đã quyết định" in boss.get(address).text


@pytest.mark.parametrize("data", [{"do": "kept"}, {"do": "taken", "reason-kept": "fair"}, {"do": "burnt"}, {}])
def test_without_a_reason_nothing_is_decided(embedded: Installation, boss: Person, data: dict[str, str]) -> None:
    address = only(boss)

    answer = boss.post(address, form_at=address, data=data)

    assert answer.status_code == 422
    assert "Hãy chọn lý do" in answer.text
    assert noted(embedded) == []


def test_the_second_of_two_is_told_what_was_decided(embedded: Installation, boss: Person) -> None:
    address = only(boss)
    word = boss.csrf(address)
    for do, reason in (("kept", "fair"), ("taken", "asked")):
        answer = boss.post(address, data={"csrf": word, "do": do, f"reason-{do}": reason})
        assert answer.location.endswith("done=kept")

    assert len(noted(embedded)) == 1


def test_a_changed_rule_asks_about_those_who_do_not_meet_it_any_more(embedded: Installation, boss: Person) -> None:
    learn(embedded, somebody(embedded, "Trần Văn Bình"), 12, 0.9)
    embedded.follow()
    with embedded.services.database.read(1) as tx:
        before = reviews.count(tx)
    rule = str(re.findall(rf'href="({HOME}/rules/[0-9a-f-]+)"', boss.get(f"{HOME}/rules").text)[0])
    changed = WHOLE | {"r-1.atLeast": "95", "version": "1", "do": "save"}
    assert boss.post(f"{rule}/edit", form_at=f"{rule}/edit", data=changed).status_code == 303
    embedded.follow()

    page = boss.get(REVIEWS).text

    assert "Trần Văn Bình" in page
    assert "Quy tắc đã thay đổi." in page
    with embedded.services.database.read(1) as tx:
        assert reviews.count(tx) > before


def test_an_auditor_reads_and_decides_nothing(embedded: Installation, boss: Person) -> None:
    address = only(boss)

    page = embedded.person("auditor").get(address).text

    assert "Nguyễn Thị Hoà" in page
    assert "reason-taken" not in page
