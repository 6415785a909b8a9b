"""An administrator has a gateway told of reminders: tried out, seen to arrive, and somebody without e-mail is reminded once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from lrs import days
from lrs.commands import enter as work_in
from lrs.web import transaction
from packages.courses import enrolling, reminding
from packages.courses.course import Part
from tests.journeys.walking import enter, eventually, shoot
from tests.lrs.webhooks.receiver import receiver
from tests.packages.courses.making import course_of, lessons

if TYPE_CHECKING:
    from tests.journeys.walking import Service
    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

MORNING = time(9)


def reminded(service: Service) -> str:
    """Put somebody without e-mail into a course that soon ends, and let the hour come in which people are reminded; name the course."""
    made = service.installation
    [(package, _)] = lessons(made, 1)
    course_id = course_of(made, Part((package,)), deadline=days.today() + timedelta(days=6))
    add = (
        "account",
        "add",
        "--space",
        "haiphong",
        "--role",
        "learner",
        "--name",
        "Tạ Thị Lan",
        "--phone",
        "0912345678",
    )
    account = made.haidang(*add)["account"]
    with made.app.app_context():
        work_in("haiphong")
        with transaction() as tx:
            enrolling.chosen(tx, None, course_id, None, [UUID(account)])
    chore = reminding.chore(reminding.Ways(made.public_url, made.services.identity_keys, by_mail=False))
    morning = datetime.combine(days.today(), MORNING, days.place()).astimezone(UTC)
    for _ in range(2):
        chore(made.services.database, morning)
    return str(course_id)


def test_a_gateway_is_told_and_the_learner_reminded_once(screen: Screens, service: Service) -> None:
    office = screen.open("desktop")
    enter(office, service, "administrator")
    with receiver() as gateway:
        office.get_by_role("link", name="Quản trị").click()
        office.get_by_role("link", name="Hệ thống khác").click()
        office.locator("#f-url").fill(gateway.url)
        office.locator("input[value='reminder.due']").check()
        office.locator("input[name=contact]").check()
        shoot(office, "webhooks", "1-add")
        office.get_by_role("button", name="Thêm", exact=True).click()
        secret = office.locator("dd code").nth(1).inner_text()
        shoot(office, "webhooks", "2-secret")
        office.get_by_role("link", name="Tôi đã giao mã").click()
        office.get_by_role("button", name="Gửi thử").click()
        office.get_by_text("Tin thử đã đến nơi").wait_for()
        assert [got.says["type"] for got in gateway.got if got.signed_with(secret)] == ["webhook.test"]
        page = office.url

        gateway.answers = lambda _: 503
        course_id = reminded(service)
        assert eventually(lambda: len(gateway.got) > 1)
        assert eventually(lambda: "đang gặp lỗi của nó" in office.goto(page).text())  # type: ignore[union-attr]  # it answers
        shoot(office, "webhooks", "3-waits")
        gateway.answers = lambda _: 204
        office.get_by_role("button", name="Gửi lại tất cả").click()
        assert eventually(lambda: "Đến nơi gần đây" in office.goto(page).text())  # type: ignore[union-attr]
        assert eventually(lambda: "Đang chờ" not in office.goto(page).text())  # type: ignore[union-attr]
        shoot(office, "webhooks", "4-arrived")
        phone = screen.open("phone", viewport={"width": 360, "height": 740})
        enter(phone, service, "owner")
        phone.goto(page)
        shoot(phone, "webhooks", "5-phone")
        office.get_by_role("link", name="Xóa").click()
        shoot(office, "webhooks", "6-remove")
        office.locator("dialog[open]").get_by_role("button", name="Xóa").click()
        office.get_by_text("Hệ thống ấy không được báo gì nữa").wait_for()

    told = [got for got in gateway.got if got.says["data"].get("course", {}).get("id") == course_id]
    assert len({got.id for got in told}) == 1
    assert told[-1].says["data"]["learner"]["phone"] == "+84912345678"
    assert f"/courses/{course_id}" in told[-1].says["data"]["text"]
