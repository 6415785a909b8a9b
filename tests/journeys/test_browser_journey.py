"""The thin journey as people walk it, in Chromium: link, zip, lesson, "completed"; on both make-ups, in both arrangements."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tests.journeys.walking import ARRANGEMENTS, Eye, Log, enter, eventually, open_lesson, serving, shoot, upload
from tests.parts.installations import MAKE_UPS
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.screens import Screens
    from tests.journeys.walking import Service

pytestmark = pytest.mark.browser

VERBS = "http://adlnet.gov/expapi/verbs/"


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@pytest.mark.parametrize("make_up", MAKE_UPS)
def test_a_zip_becomes_a_completed_lesson(
    request: pytest.FixtureRequest, tmp_path: Path, screen: Screens, make_up: str, arrangement: str
) -> None:
    with serving(request, tmp_path, make_up, arrangement) as service:
        office, phone = screen.open("desktop"), screen.open("phone")
        eyes = [Eye(office.context), Eye(phone.context)]

        told = service.haidang("account", "link", "--space", "haiphong", "--role", "administrator")
        office.goto(told["url"])
        shoot(office, f"{arrangement}-1-link")
        office.get_by_role("button").click()
        office.wait_for_url("**/s/haiphong/")
        shoot(office, f"{arrangement}-2-empty-space")
        office.locator("main a.button").click()
        shoot(office, f"{arrangement}-3-add-a-lesson")
        lesson_address = upload(office, scorm12())
        shoot(office, f"{arrangement}-4-uploaded")

        account = UUID(enter(phone, service, "learner"))
        shoot(phone, f"{arrangement}-5-start")
        phone.locator("main a.button").click()
        shoot(phone, f"{arrangement}-6-lesson-page")
        assert phone.url == lesson_address
        lesson = open_lesson(phone, lesson_address)
        shoot(lesson.page, f"{arrangement}-7-lesson")
        lesson.frame.locator("#done").click()
        lesson.wait_until("saved")
        shoot(lesson.page, f"{arrangement}-8-done")
        phone.bring_to_front()
        phone.locator("#state.completed").wait_for()
        assert "Hoàn thành" in phone.locator("#state").inner_text()
        shoot(phone, f"{arrangement}-9-completed")
        phone.locator(".tools a").click()
        shoot(phone, f"{arrangement}-10-list")

        log = Log(service)
        said = {row.verb.removeprefix(VERBS): row for row in log.statements()}
        assert said["completed"].provenance == "client-asserted"
        assert str(said["completed"].id) in _ids(service)

        again = open_lesson(phone, lesson_address)
        assert again.frame.locator("#said").inner_text() == "completed"
        again.call("LMSSetValue", "cmi.core.lesson_location", "trang-7")
        again.page.close(run_before_unload=True)
        assert eventually(lambda: log.values_of(account).get("cmi.core.lesson_location") == "trang-7")

        assert [eye.seen for eye in eyes] == [[], []]
        office.close()
        service.stop()
        service.start()
        reader = phone if not phone.is_closed() else phone.context.new_page()
        resumed = open_lesson(reader, lesson_address)
        assert resumed.call("LMSGetValue", "cmi.core.lesson_location") == "trang-7"
        assert resumed.call("LMSGetValue", "cmi.core.lesson_status") == "completed"
        assert str(said["completed"].id) in _ids(service)
        assert [eye.seen for eye in eyes] == [[], []]


def _ids(service: Service) -> list[str]:
    key = service.haidang("key", "create", "--space", "haiphong", "--scope", "statements/read")
    word = base64.b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
    headers = {"Authorization": f"Basic {word}", "X-Experience-API-Version": "1.0.3"}
    status, _, body = service.ask("GET", "/xapi/statements", headers=headers)
    assert status == 200, body
    return [statement["id"] for statement in json.loads(body)["statements"]]
