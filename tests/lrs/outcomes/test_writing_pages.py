"""A rule is written by a form that works without scripts: each button changes the page, and nothing is kept but by the last."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from lrs.outcomes.rules.reading import read
from storage import audit
from tests.lrs.outcomes.studies import (
    FINAL,
    HOME,
    LESSONS,
    NEW,
    SAYS,
    SKILLS,
    WHOLE,
    kept,
    learn,
    somebody,
    teach,
    write,
)

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

RULE = read({"all": [{"did": {"tag": SKILLS}}, {"score": {"activity": FINAL, "atLeast": 0.8}}]})


@pytest.fixture
def boss(embedded: Installation) -> Person:
    """Give an administrator of a space with lessons."""
    teach(embedded)
    return embedded.person("administrator")


def press(boss: Person, do: str, at: str = NEW, **changes: object) -> str:
    """Press a button of the form that holds the rule; give back the page."""
    answer = boss.post(at, form_at=at, data=WHOLE | changes | {"do": do})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_rule_is_written_and_says_itself(embedded: Installation, boss: Person) -> None:
    page = boss.get(write(boss)).text

    assert SAYS in page
    assert kept(embedded) == [RULE]
    assert "Công dân số cơ bản" in boss.get(f"{HOME}/rules").text


def test_the_form_shows_what_is_kept_and_saves_it_as_a_new_version(embedded: Installation, boss: Person) -> None:
    address = write(boss)
    form = boss.get(f"{address}/edit").text
    assert re.search(r'name="r-1.atLeast"[^>]*value="80"', form)

    changed = WHOLE | {"r-1.atLeast": "66,5", "version": "1", "do": "save"}
    answer = boss.post(f"{address}/edit", form_at=f"{address}/edit", data=changed)

    assert answer.status_code == 303
    assert kept(embedded) == [
        read({"all": [{"did": {"tag": SKILLS}}, {"score": {"activity": FINAL, "atLeast": 0.665}}]}),
        RULE,
    ]
    page = boss.get(address).text
    assert "66,5%" in page
    assert SAYS in page  # the version before


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(embedded: Installation, boss: Person) -> None:
    answer = boss.post(NEW, form_at=NEW, data=WHOLE | {"name": "", "r-1.atLeast": "180", "do": "save"})

    assert answer.status_code == 422
    assert '<a href="#f-r-1-atLeast">Hãy viết một số từ 1 đến 100, ví dụ 80.</a>' in answer.text
    assert '<a href="#f-name">' in answer.text
    assert re.search(r'id="f-r-1-atLeast"[^>]*aria-invalid="true"', answer.text)
    assert 'value="180"' in answer.text  # what was typed is still there
    assert kept(embedded) == []


@pytest.mark.parametrize(
    ("do", "there", "gone"),
    [
        ("add r", 'name="r-2.word" value="duration"', None),
        ("remove r-0", 'name="r.word" value="score"', 'name="r-1.word"'),
        ("split r-1", 'name="r-1-1.word" value="score"', None),
        ("every r-1", f'value="{LESSONS[11]}" checked', None),
        ("json", "<textarea", 'name="r.word"'),
    ],
)
def test_each_button_changes_the_page_and_keeps_nothing(
    embedded: Installation, boss: Person, do: str, there: str, gone: str | None
) -> None:
    page = press(boss, do, **{"r.add": "duration"})

    assert there in page
    assert gone is None or gone not in page
    assert 'role="alert"' not in page  # nobody has asked yet whether it is right
    assert kept(embedded) == []


def test_a_lesson_is_added_by_its_title(boss: Person) -> None:
    page = press(boss, "take r-1", **{"r-1.moreActivities": "Bài 3"})
    assert f'value="{LESSONS[2]}" checked' in page

    page = press(boss, "take r-1", **{"r-1.moreActivities": "Bài 99"})
    assert "Không có bài nào tên như vậy" in page


def test_the_json_is_one_click_away_and_leads_back(embedded: Installation, boss: Person) -> None:
    text = json.dumps({"did": {"activity": FINAL}})

    back = boss.post(NEW, form_at=NEW, data={"view": "json", "text": text, "name": "Một", "do": "form"}).text
    saved = boss.post(NEW, form_at=NEW, data={"view": "json", "text": text, "name": "Một", "do": "save"})

    assert f'value="{FINAL}" checked' in back
    assert saved.status_code == 303
    assert kept(embedded) == [read({"did": {"activity": FINAL}})]


def test_what_is_wrong_with_the_json_has_a_place(embedded: Installation, boss: Person) -> None:
    wrong = {"view": "json", "name": "Một", "do": "save", "text": '{"all": [{"did": {}}, {"score": {"atLeast": 8}}]}'}
    answer = boss.post(NEW, form_at=NEW, data=wrong)

    assert answer.status_code == 422
    assert "<code>/all/1/score/atLeast</code>" in answer.text
    assert kept(embedded) == []


def test_the_sentence_is_told_while_it_is_written(boss: Person) -> None:
    told = json.loads(boss.post(f"{HOME}/rules/check", form_at=NEW, data=WHOLE).text)
    wrong = json.loads(boss.post(f"{HOME}/rules/check", form_at=NEW, data=WHOLE | {"r-1.atLeast": "nhiều"}).text)

    assert told["sentences"] == {
        "vi": SAYS,
        "en": f"Complete all 12 lessons of “{SKILLS}” and score at least 80% in “Bài kiểm tra cuối”",
    }
    assert told["problems"] == []
    assert wrong["sentences"] is None
    assert [(each["id"], each["place"]) for each in wrong["problems"]] == [("f-r-1-atLeast", "/all/1/score/atLeast")]


def test_a_rule_is_tried_before_it_is_kept(embedded: Installation, boss: Person) -> None:
    for name, lessons, score in (("Nguyễn Thị Hoà", 12, 0.9), ("Trần Văn Bình", 11, 0.9), ("Lê Thị Mai", 12, 0.7)):
        learn(embedded, somebody(embedded, name), lessons, score)
    embedded.follow()

    page = press(boss, "look")

    assert "1 người được thêm" in page
    assert "Nguyễn Thị Hoà" in page
    assert "Trần Văn Bình" not in page
    assert kept(embedded) == []
    author = embedded.person("author")
    told = author.post(NEW, form_at=NEW, data=WHOLE | {"do": "look"}).text
    assert "1 người được thêm" in told
    assert "Nguyễn Thị Hoà" not in told  # authors look after lessons, not after people


def test_two_who_change_a_rule_at_once_do_not_overwrite_each_other(embedded: Installation, boss: Person) -> None:
    address = write(boss)
    sent = {"version": "1", "do": "save"}
    first = boss.post(f"{address}/edit", form_at=f"{address}/edit", data=WHOLE | sent | {"r-1.atLeast": "90"})
    second = boss.post(f"{address}/edit", form_at=f"{address}/edit", data=WHOLE | sent | {"r-1.atLeast": "70"})

    assert (first.status_code, second.status_code) == (303, 422)
    assert "Có người vừa sửa quy tắc này" in second.text
    assert len(kept(embedded)) == 2


def test_writing_is_noted(embedded: Installation, boss: Person) -> None:
    write(boss)

    with embedded.services.database.read(1) as tx:
        (deed,) = audit.page(tx, audit.Wanted(acts=("rule.added",)), 10)
    assert str(deed.actor_id) == boss.account
