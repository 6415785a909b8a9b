"""The thin journey as people walk it, in Chromium: link, zip, lesson, "completed"; on both make-ups, in both arrangements."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tests.journeys.walking import Eye, Log, enter, eventually, open_lesson, serving, shoot, upload
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.journeys.walking import Service
    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.in_a_window]

PLACE = "cmi.core.lesson_location"
WHITE = "rgb(255, 255, 255)"


@pytest.mark.parametrize(
    ("make_up", "arrangement"),
    [
        ("embedded", "sibling"),
        ("production", "apart"),
        pytest.param("embedded", "apart", marks=pytest.mark.long),
        pytest.param("production", "sibling", marks=pytest.mark.long),
    ],
)
def test_a_zip_becomes_a_completed_lesson(
    request: pytest.FixtureRequest, tmp_path: Path, screen: Screens, make_up: str, arrangement: str
) -> None:
    with serving(request, tmp_path, make_up, arrangement) as service:
        office, phone = screen.open("desktop"), screen.open("phone")
        eyes = [Eye(office.context), Eye(phone.context)]
        log = Log(service)

        address = an_administrator_uploads(service, office, arrangement)
        account = UUID(enter(phone, service, "learner"))
        a_learner_completes(phone, address, arrangement)

        completed = next(row for row in log.statements() if row.verb.endswith("/completed"))
        assert completed.provenance == "client-asserted"
        assert str(completed.id) in read_with_a_key(service)

        again = open_lesson(phone, address)
        assert again.frame.locator("#said").inner_text() == "completed"
        again.call("LMSSetValue", PLACE, "trang-7")
        again.page.close(run_before_unload=True)
        assert eventually(lambda: log.values_of(account).get(PLACE) == "trang-7")
        assert [eye.seen for eye in eyes] == [[], []]

        office.close()
        service.stop()
        service.start()
        resumed = open_lesson(phone.context.new_page(), address)
        assert resumed.call("LMSGetValue", PLACE) == "trang-7"
        assert resumed.call("LMSGetValue", "cmi.core.lesson_status") == "completed"
        assert str(completed.id) in read_with_a_key(service)
        assert eyes[1].seen == []


def an_administrator_uploads(service: Service, page: Page, seen: str) -> str:
    """Come in by the link, and put the first lesson into the empty space; give back its address."""
    told = service.haidang("account", "link", "--space", "haiphong", "--role", "administrator")
    page.goto(told["url"])
    shoot(page, seen, "1-link")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/s/haiphong/")
    shoot(page, seen, "2-empty-space")
    page.locator("main a.button").click()
    shoot(page, seen, "3-add-a-lesson")
    address = upload(page, scorm12())
    shoot(page, seen, "4-uploaded")
    return address


def a_learner_completes(page: Page, address: str, seen: str) -> None:
    """Follow the one next step, press the lesson's button, and be told."""
    shoot(page, seen, "5-start")
    page.locator("main a.button").click()
    shoot(page, seen, "6-lesson-page")
    assert page.url == address
    lesson = open_lesson(page, address)
    assert lesson.page.evaluate("opener") is None
    shoot(lesson.page, seen, "7-lesson")
    lesson.page.emulate_media(color_scheme="dark")
    background = lesson.shell.locator("#stage").evaluate("frame => getComputedStyle(frame).backgroundColor")
    assert background == WHITE  # a lesson without a background of its own is written for white
    lesson.page.emulate_media(color_scheme="light")
    lesson.frame.locator("#done").click()
    lesson.wait_until("saved")
    shoot(lesson.page, seen, "8-done")
    page.bring_to_front()
    page.locator("#state.completed").wait_for()
    assert "Hoàn thành" in page.locator("#state").inner_text()
    shoot(page, seen, "9-completed")
    page.locator(".tools a").click()
    page.locator(".lesson.completed").wait_for()
    shoot(page, seen, "10-list")


def read_with_a_key(service: Service) -> list[str]:
    """Read the ids of the statements as another program does."""
    key = service.haidang("key", "create", "--space", "haiphong", "--scope", "statements/read")
    word = base64.b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
    headers = {"Authorization": f"Basic {word}", "X-Experience-API-Version": "1.0.3"}
    status, _, body = service.ask("GET", "/xapi/statements", headers=headers)
    assert status == 200, body
    return [statement["id"] for statement in json.loads(body)["statements"]]
