"""An author looks at what happened in an attempt, step by step: from the report of a package, with links, and with the arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import Service, enter, shoot
from tests.player.tracing.course import Learnt

if TYPE_CHECKING:
    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("service", ["sibling"], indirect=True)]


def test_an_author_finds_an_attempt_and_steps_through_it(screen: Screens, service: Service) -> None:
    learnt = Learnt(service.installation, service.installation.person("learner"))
    page = screen.open()
    enter(page, service, "author")
    page.goto(f"{page.url}packages/{learnt.version}/report")
    page.get_by_role("link", name="Diễn biến học").click()
    shoot(page, "trace", "attempts")
    page.locator(".rows a").click()
    where = page.locator(".pace p")
    expect(where).to_have_text("Bước 6 trên 6")
    expect(page.locator("h2#now")).to_have_text("Kết thúc khóa học")

    page.keyboard.press("ArrowLeft")
    expect(where).to_have_text("Bước 5 trên 6")
    page.get_by_role("link", name="Bước trước").click()
    expect(where).to_have_text("Bước 4 trên 6")
    expect(page.locator(".decisions")).to_contain_text("Một quy tắc của “Ôn tập” có hiệu lực: bỏ qua phần này")
    shoot(page, "trace", "decisions")
    page.locator(".moments a").nth(1).click()
    expect(page.locator(".said")).to_contain_text("cmi.location")
    shoot(page, "trace", "calls")
    page.keyboard.press("ArrowRight")
    expect(where).to_have_text("Bước 3 trên 6")
    page.keyboard.press("ArrowRight")
    expect(where).to_have_text("Bước 4 trên 6")


def test_it_needs_no_script(screen: Screens, service: Service) -> None:
    learnt = Learnt(service.installation, service.installation.person("learner"))
    signed_in = screen.open()
    enter(signed_in, service, "author")
    page = screen.open(java_script_enabled=False, storage_state=signed_in.context.storage_state())

    page.goto(service.installation.public_url + learnt.address)
    for n in range(5, 0, -1):
        page.get_by_role("link", name="Bước trước").click()
        expect(page.locator(".pace p")).to_have_text(f"Bước {n} trên 6")
    assert page.get_by_role("link", name="Bước trước").count() == 0
