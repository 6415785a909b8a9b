"""A skill fills up before somebody's eyes: by a lesson in our player, by another system, by a mentor's word; and its badge holds."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from playwright.sync_api import expect

from lrs.badges.baking import extract
from lrs.badges.errors import NotACredential, NotProved
from lrs.badges.multibase import from_multikey
from lrs.badges.proof import verify
from lrs.badges.reading import read
from lrs.commands import enter
from lrs.outcomes import actors
from lrs.outcomes.rules.language import COMPLETED
from lrs.services import services
from lrs.web import transaction
from tests.journeys.test_accessible import axe, violations
from tests.journeys.test_course import SMALL, begin, complete
from tests.journeys.town import Town
from tests.journeys.walking import eventually
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.journeys.walking import Service
    from tests.parts.screens import Screens

__all__ = ["axe"]

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

ELSEWHERE = "https://lms.example.org/lessons/vi-dien-tu"
HERS, NOBODYS = ({"account": {"homePage": "https://lms.example.org", "name": name}} for name in ("nv-17", "nv-1"))


class Ward(Town):
    """A space with one lesson of its own, and another system that reports to it."""

    def report(self, actor: dict[str, Any]) -> None:
        """Let the other system say with its key that somebody has completed its lesson."""
        key = self.installation.key("all", self.slug)  # it may say what its lessons are called
        word = base64.b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
        said = {"actor": actor, "verb": {"id": COMPLETED}}
        about = {"id": ELSEWHERE, "definition": {"name": {"vi": "Ví điện tử"}}}
        headers = {"Authorization": f"Basic {word}", "X-Experience-API-Version": "1.0.3"}
        answer = self.installation.visitor().client.post(
            "/xapi/statements", json=said | {"object": about}, headers=headers, base_url="http://127.0.0.1:8080"
        )
        assert answer.status_code == 200, answer.text

    def know(self, actor: dict[str, Any], account: str) -> None:
        """Say who somebody of the other system is."""
        named = f"account:{actor['account']['homePage']}|{actor['account']['name']}"
        with self.installation.app.app_context():
            enter(self.slug)
            with transaction() as tx:
                assert actors.know(tx, services().identity_keys, named, UUID(account), None)


def come_in(page: Page, link: str) -> None:
    """Come in by a link."""
    page.goto(link)
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/s/*/")


def write(office: Page, home: str) -> None:
    """Begin with the five, and say what counts for paying: a lesson, one elsewhere, and somebody's word."""
    office.goto(f"{home}skills/set")
    office.get_by_role("button", name="Bắt đầu với năm kỹ năng này").click()
    office.get_by_role("link", name="Sửa “Thanh toán trực tuyến”").click()
    office.get_by_label("Nhãn", exact=True).fill("")
    office.get_by_label("Mật khẩu mạnh").check()
    office.get_by_label("Địa chỉ của các bài").fill(ELSEWHERE)
    office.get_by_label("Người hướng dẫn hoặc quản trị viên xác nhận").check()
    expect(office.locator("[data-says=vi]")).to_contain_text("“Ví điện tử”")  # it says itself meanwhile
    office.get_by_role("button", name="Lưu kỹ năng").click()
    office.wait_for_url("**done=saved")


def fills(page: Page, home: str, words: str) -> bool:
    """Wait until the page of skills says so."""
    return eventually(lambda: page.goto(f"{home}skills") is not None and words in page.locator("main").inner_text())


def test_a_skill_fills_step_by_step_and_its_badge_holds(
    screen: Screens, service: Service, axe: str, tmp_path: Path
) -> None:
    ward = Ward(service.installation)
    ward.publish(scorm12("Mật khẩu mạnh"))
    ward.report(NOBODYS)  # so that its lesson is known here
    office, phone, mentor = screen.open("desktop"), screen.open("phone", **SMALL), screen.open("phone")
    come_in(office, ward.newcomer("administrator", "Đoàn Thị Hải Âu"))
    write(office, ward.home)
    learner = ward.add("learner", "Tạ Thị Ngọc Trai")
    ward.know(HERS, learner)
    come_in(phone, ward.link(learner))
    phone.get_by_role("link", name="0 trong 5 kỹ năng").click()
    assert fills(phone, ward.home, "0 trong 3 phần")

    complete(begin(phone), "saved")
    assert fills(phone, ward.home, "1 trong 3 phần")
    ward.report(HERS)
    assert fills(phone, ward.home, "2 trong 3 phần")
    assert violations(phone, axe) == []
    come_in(mentor, ward.newcomer("mentor", "Mạc Văn Thuyền"))
    mentor.goto(f"{ward.home}people/{learner}/skills")
    mentor.get_by_role("link", name="Xem còn thiếu gì, hoặc xác nhận").first.click()
    mentor.get_by_role("button", name="Xác nhận: Thanh toán trực tuyến").click()
    assert fills(phone, ward.home, "Bạn đã có kỹ năng “Thanh toán trực tuyến”")
    assert violations(phone, axe) == []

    phone.get_by_role("link", name="Mở huy hiệu").click()
    assert violations(phone, axe) == []
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Lưu hình huy hiệu").click()
    download.value.save_as(tmp_path / "badge.svg")
    picture = (tmp_path / "badge.svg").read_bytes()
    told: Any = service.installation.visitor().get(f"/s/{ward.slug}/did.json").json
    keys = {each["id"]: from_multikey(each["publicKeyMultibase"]) for each in told["verificationMethod"]}
    credential = extract(picture)
    verify(read(credential), keys.get)  # from here on nothing is asked of the service
    assert read(credential)["credentialSubject"]["identifier"][0]["identityHash"] == "Tạ Thị Ngọc Trai"
    for was, now in (("Ngọc Trai", "Ngọc Tràj"), ("Thanh toán trực tuyến", "Mọi kỹ năng"), ("Badge", "Degree")):
        altered = json.loads(credential.decode().replace(was, now))
        with pytest.raises((NotProved, NotACredential)):
            verify(altered, keys.get)
