"""The author's pages about attempts: which there are, and what happened in one, step by step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from player.tracing import pages
from storage import attempts
from tests.parts.lessons import play, publish
from tests.player.tracing.course import Learnt

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

HEADING = re.compile(r'<h2 id="now">(.*?)</h2>')
SAID_12 = {"cmi.core.lesson_location": "5", "cmi.suspend_data": "a" * 1000}


def step(author: Person, learnt: Learnt, n: object = "") -> str:
    page = author.get(learnt.address, query_string={"step": n})
    assert page.status_code == 200
    return page.text


def heading(text: str) -> str:
    found = HEADING.search(text)
    assert found is not None
    return found[1]


def test_an_attempt_is_gone_through_step_by_step(installation: Installation) -> None:
    learnt = Learnt(installation, installation.person("learner"))
    author = installation.person("author")

    assert [heading(step(author, learnt, n)) for n in range(1, 7)] == [
        "Bắt đầu khóa học",
        "“Kiểm tra đầu vào” gửi dữ liệu",
        "“Kiểm tra đầu vào” gửi dữ liệu lần cuối và kết thúc",
        "Đi tiếp",
        "“Mật khẩu mạnh” gửi dữ liệu lần cuối và kết thúc",
        "Kết thúc khóa học",
    ]


def test_a_request_says_what_was_decided_and_why_and_where_the_course_stands(embedded: Installation) -> None:
    learnt = Learnt(embedded, embedded.person("learner"))

    text = step(embedded.person("author"), learnt, 4)

    assert "Một quy tắc của “Ôn tập” có hiệu lực: bỏ qua phần này, vì: đạt (mục tiêu test)." in text
    assert "UP.2" in text
    assert "đã mở: Mật khẩu mạnh" in text
    assert re.search(r"Kiểm tra đầu vào</th><td>hoàn thành, đạt, 1 lượt</td>", text)
    assert re.search(r'aria-current="step"><th scope="row" class="depth-1">Mật khẩu mạnh</th><td>đang mở', text)
    assert "Tính lại thì" not in text


def test_what_a_lesson_said_is_shown_once_though_each_commit_says_it_anew(embedded: Installation) -> None:
    learnt = Learnt(embedded, embedded.person("learner"))

    text = step(embedded.person("author"), learnt, 3)

    assert "cmi.success_status" in text
    assert "cmi.location" not in text


def test_a_lesson_without_a_sequence_has_its_calls(embedded: Installation) -> None:
    version, author = publish(embedded), embedded.person("author")
    playing = play(embedded.person("learner"), version)
    playing.commit(1, SAID_12)

    text = author.get(f"/s/haiphong/attempts/{playing.registration}/trace").text

    assert "cmi.core.lesson_location" in text
    assert "1.000 ký tự" in text
    assert "a" * 161 not in text
    assert "Khóa học sau bước này" not in text


@pytest.mark.parametrize("asked", ["", "0", "-1", "99", "9999999999999", "abc", "٣"])
def test_a_step_that_is_not_there_leads_to_one_that_is(embedded: Installation, asked: str) -> None:
    learnt = Learnt(embedded, embedded.person("learner"))

    assert heading(step(embedded.person("author"), learnt, asked)) in {"Bắt đầu khóa học", "Kết thúc khóa học"}


def test_the_attempts_at_a_version_are_found_from_its_report_and_name_nobody(embedded: Installation) -> None:
    author = embedded.person("author")
    learnt = Learnt(embedded, author)
    listed = f"/s/haiphong/packages/{learnt.version}/attempts"
    other = play(embedded.person("learner"), learnt.version)
    with embedded.services.database.read(1) as tx:
        found = attempts.find(tx, UUID(learnt.playing.registration))
    assert found is not None

    page = author.get(listed).text

    assert listed in author.get(f"/s/haiphong/packages/{learnt.version}/report").text
    assert learnt.address in page
    assert other.registration in page
    assert page.count("của chính bạn") == 1
    assert str(found.account_id) not in page + step(author, learnt)


def test_a_long_list_goes_on(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE", 2)
    version, author = publish(embedded), embedded.person("author")
    begun = [play(embedded.person("learner"), version).registration for _ in range(3)]
    listed = f"/s/haiphong/packages/{version}/attempts"

    first = author.get(listed).text
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward is not None
    second = author.get(onward[1].replace("&amp;", "&")).text

    assert [one in first for one in begun] == [False, True, True]
    assert [one in second for one in begun] == [True, False, False]
    assert 'rel="next"' not in second


def test_nobody_has_opened_it_yet(embedded: Installation) -> None:
    version = publish(embedded)

    page = embedded.person("author").get(f"/s/haiphong/packages/{version}/attempts", query_string={"before": "x"})

    assert "Chưa ai mở bài này" in page.text


def test_what_was_never_begun_or_is_of_another_space_is_not_there(embedded: Installation) -> None:
    learnt, missing = Learnt(embedded, embedded.person("learner")), "11111111-1111-4111-8111-111111111111"
    embedded.haidang("space", "add", "daklak")

    stranger = embedded.person("author", "daklak")

    assert stranger.get(learnt.address.replace("haiphong", "daklak")).status_code == 404
    assert stranger.get(f"/s/daklak/packages/{learnt.version}/attempts").status_code == 404
    assert embedded.person("author").get(f"/s/haiphong/attempts/{missing}/trace").status_code == 404
