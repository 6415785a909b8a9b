"""Whoever writes a template sees its certificate beside it, drawn anew while they type; without scripts a button draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.walking import enter

if TYPE_CHECKING:
    from tests.journeys.walking import Service
    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("service", ["sibling"], indirect=True)]


def test_a_template_is_seen_while_it_is_written(screen: Screens, service: Service) -> None:
    page = screen.open("desktop")
    enter(page, service, "owner")
    page.goto(f"{page.url}certificates/templates/new")
    page.locator("#look img").wait_for()  # with words in place of who signs, whom nobody has named yet
    assert page.locator("#look [role=alert]").count() == 0
    drawn = page.locator("#look img").get_attribute("src")

    page.locator("[name=signatory]").fill("Trần Văn Mẫu")
    page.wait_for_function("was => (document.querySelector('#look img')?.src ?? was) !== was", arg=drawn)
    first = page.locator("#look img").get_attribute("src")
    page.locator("[name='closing.vi']").fill("Thời lượng: {hours} giờ")
    page.wait_for_function("was => (document.querySelector('#look img')?.src ?? was) !== was", arg=first)
    page.locator("[name='closing.en']").fill("{hourz}")
    wrong = page.locator("#look [role=alert]").inner_text()
    focus = page.evaluate("document.activeElement.name")
    page.locator("[name='closing.en']").fill("{hours} hours")
    page.locator("#look img").wait_for()
    page.locator("[name=name]").fill("Lớp kỹ năng số")
    page.get_by_role("button", name="Lưu mẫu").click()
    page.wait_for_url("**done=saved")

    assert "{hourz}" in wrong
    assert focus == "closing.en"  # who types goes on typing
    assert page.locator("#look img").is_visible()
    assert page.locator("[name='closing.vi']").input_value() == "Thời lượng: {hours} giờ"


def test_without_scripts_a_button_draws_it(screen: Screens, service: Service) -> None:
    page = screen.open("phone", java_script_enabled=False)
    enter(page, service, "owner")
    page.goto(f"{page.url}certificates/templates/new")

    page.locator("[name=signatory]").fill("Trần Văn Mẫu")
    page.get_by_role("button", name="Xem thử").click()

    assert page.locator("#look img").is_visible()
    assert page.locator("[name=signatory]").input_value() == "Trần Văn Mẫu"
