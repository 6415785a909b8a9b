"""An administrator writes a rule with the form alone: it says itself meanwhile, tells what is wrong and where, is tried and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.test_accessible import axe, violations
from tests.journeys.walking import enter, serving
from tests.lrs.outcomes.studies import FINAL, LESSONS, SKILLS, learn, somebody, teach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.journeys.walking import Service
    from tests.parts.screens import Screens, Size

__all__ = ["axe"]

pytestmark = pytest.mark.browser

SAYS = "Hoàn thành cả 12 bài và đạt ít nhất {}% ở “Bài kiểm tra cuối”"


@pytest.fixture(scope="module")
def learning(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve a space in which twelve lessons and a test were learnt by two people, one of them well."""
    with serving(request, tmp_path_factory.mktemp("rules"), "embedded", "sibling") as service:
        teach(service.installation)
        for name, score in (("Nguyễn Thị Hoà", 0.9), ("Trần Văn Bình", 0.6)):
            learn(service.installation, somebody(service.installation, name), 12, score)
        service.installation.follow()
        yield service


def press(page: Page, do: str) -> None:
    """Press a button of the form, and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(f"button[value='{do}']:visible").first.click()


def begin(page: Page) -> None:
    """Choose twelve lessons of thirteen, then ask for a score in the one that is left."""
    press(page, "every r")
    page.locator(f"#f-r-activities input[value='{FINAL}']").uncheck()
    page.locator("#f-r-add").select_option("score")
    press(page, "add r")
    page.locator("#f-r-1-atLeast").fill("800")
    page.locator(f"#f-r-1-activities input[value='{FINAL}']").check()


def fits(page: Page) -> bool:
    """Tell whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_rule_is_written_with_the_form_alone(screen: Screens, learning: Service, axe: str, size: Size) -> None:
    page = screen.open(size, locale="vi-VN")
    enter(page, learning, "administrator")
    page.goto(page.url + "rules/new")
    name = f"Công dân số trên {size}"
    page.locator("#f-name").fill(name)
    begin(page)
    says = page.locator("[data-says=vi]")
    page.locator("#missing a", has_text="từ 1 đến 100").wait_for()  # told while it is written

    press(page, "save")
    page.locator("#summary a", has_text="từ 1 đến 100").click()
    assert page.evaluate("document.activeElement.id") == "f-r-1-atLeast"
    assert violations(page, axe) == []
    assert fits(page)

    page.keyboard.press("Control+a")
    page.keyboard.type("80")
    says.filter(has_text=SAYS.format(80)).wait_for()
    assert page.locator("#summary").is_hidden()
    assert says.is_visible()
    page.locator("#f-r-1-atLeast").fill("85")
    says.filter(has_text=SAYS.format(85)).wait_for()

    press(page, "look")
    trial = page.locator("#trial")
    trial.get_by_role("link", name="Nguyễn Thị Hoà").wait_for()
    assert trial.get_by_role("link").count() == 1
    assert violations(page, axe) == []

    press(page, "save")
    page.get_by_role("heading", name=name).wait_for()
    assert page.get_by_text(SAYS.format(85)).first.is_visible()
    page.get_by_role("link", name="Sửa quy tắc").click()
    page.locator("#f-r-1-atLeast").fill("50")
    press(page, "save")
    assert page.get_by_text(SAYS.format(50)).first.is_visible()
    assert page.get_by_role("row").filter(has_text="Bản 1").get_by_text(SAYS.format(85)).is_visible()
    assert violations(page, axe) == []
    assert fits(page)


def test_without_scripts_the_same_buttons_do_the_same(screen: Screens, learning: Service) -> None:
    page = screen.open("phone", locale="vi-VN", java_script_enabled=False)
    enter(page, learning, "administrator")
    page.goto(page.url + "rules/new")
    begin(page)
    press(page, "look")
    assert page.locator("#summary a").all_inner_texts() == ["Hãy viết một số từ 1 đến 100, ví dụ 80."]
    assert page.locator("[data-says=vi]").is_hidden()

    page.locator("#f-r-1-atLeast").fill("80")
    press(page, "look")
    assert page.locator("[data-says=vi]").inner_text() == SAYS.format(80)
    assert page.locator("#trial").get_by_role("link").all_inner_texts() == ["Nguyễn Thị Hoà"]

    press(page, "split r-1")
    page.locator("#f-r-1-1-atLeast").fill("60")
    page.locator("input[name='r-1-1.about'][value=tag]").check()
    page.locator("#f-r-1-1-tag").select_option(SKILLS)
    page.locator("#f-name").fill("Công dân số")
    press(page, "json")
    assert LESSONS[0] in page.locator("#f-text").input_value()
    press(page, "form")
    press(page, "save")

    assert (
        page.get_by_text(
            f"(đạt ít nhất 80% ở “Bài kiểm tra cuối” hoặc đạt ít nhất 60% ở cả 12 bài của “{SKILLS}”)"
        ).count()
        >= 1
    )
