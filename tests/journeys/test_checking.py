"""An employer at a counter: a code is read from the paper, and checked with the network off, on a phone and on an office PC."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from lrs.certificates.number import spaced
from lrs.seals.code import address, code
from tests.journeys.test_accessible import violations
from tests.journeys.walking import Eye
from tests.lrs.issuing.given import issued, office, seal
from tests.parts.clients import find_clients
from tests.parts.left_out import or_left_out
from tests.parts.pixels import codes_in
from tests.parts.tabs import wait

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.journeys.walking import Service
    from tests.parts.screens import Screens
    from tests.parts.tabs import Engine

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

NAME, OTHER = "Nguyễn Thị Hoà", "Trần Văn Bình"
GENUINE, FORGED = "Chứng nhận thật", "Không phải chứng nhận thật"
PAPER = "<!doctype html><style>body {{ margin: 10mm }} svg {{ width: 25mm; height: 25mm }}</style>{}"
PRINTER = 3.125
"""Dots for each of CSS's pixels, of which an inch has 96: 300 dots to an inch."""


def printed(screen: Screens, service: Service, text: str) -> str:
    """Print a code 25 mm wide, and read it from the pixels."""
    drawn = code(address(service.installation.public_url, text)).svg_inline(border=0, omitsize=True)
    page = screen.open(device_scale_factor=PRINTER)
    page.set_content(PAPER.format(drawn))
    (found,) = codes_in(page.screenshot(clip={"x": 0, "y": 0, "width": 180, "height": 180}))
    return found


def answer(page: Page) -> str:
    """Read the answer that a page gives."""
    shown = page.locator("#answers h2:visible").first
    expect(shown).to_be_visible()
    return shown.inner_text().split("\n")[0].strip()


def turned(text: str) -> str:
    """Change one digit."""
    return text[:100] + str((int(text[100]) + 1) % 10) + text[101:]


def test_a_code_is_read_from_the_paper_and_checked_without_a_network(screen: Screens, service: Service) -> None:
    installation = service.installation
    text, other = (seal(installation, issued(installation), name) for name in (NAME, OTHER))
    found = printed(screen, service, text)
    page = screen.open("phone")
    eye, asked = Eye(page.context), []
    page.context.on("request", lambda request: asked.append(request.url))

    page.goto(found)

    assert answer(page).endswith(GENUINE)
    assert page.locator("#said-name").inner_text() == NAME
    expect(page.get_by_text("chưa biết chứng nhận có bị thu hồi")).to_be_visible()
    expect(page.get_by_text("Máy này đã nhớ trang")).to_be_visible()
    screen.save(page, "checking-genuine-phone")

    page.context.set_offline(True)
    page.goto("about:blank")
    page.goto(address(installation.public_url, other))
    assert answer(page).endswith(GENUINE)
    assert page.locator("#said-name").inner_text() == OTHER

    page.locator("#typed").fill(turned(text))
    page.get_by_role("button", name="Kiểm tra").click()
    assert answer(page).endswith(FORGED)
    expect(page.locator("#said-name")).not_to_be_visible()
    screen.save(page, "checking-forged-phone")

    assert not [url for url in asked if text[:30] in url.partition("#")[0] or other[:30] in url.partition("#")[0]]
    assert [said for said in eye.seen if "ERR_INTERNET_DISCONNECTED" not in said] == []


def test_the_saved_file_works_on_an_office_pc(screen: Screens, service: Service, tmp_path: Path) -> None:
    text = seal(service.installation, issued(service.installation), NAME)
    page = screen.open()
    page.goto(f"{service.installation.public_url}/v/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Lưu thành một tệp").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)

    page = screen.open()
    eye = Eye(page.context)
    page.context.set_offline(True)
    page.goto(file.as_uri())
    page.locator("#typed").fill(address(service.installation.public_url, text))
    page.get_by_role("button", name="Kiểm tra").click()

    assert answer(page).endswith(GENUINE)
    assert page.locator("#said-name").inner_text() == NAME
    assert str(page.locator("#online").get_attribute("href")).startswith(service.installation.public_url)
    expect(page.locator("#kept")).not_to_be_visible()
    assert eye.seen == []
    screen.save(page, "checking-file-desktop")


def test_axe_finds_nothing_in_any_answer(screen: Screens, service: Service) -> None:
    with or_left_out():
        axe = (find_clients() / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    text = seal(service.installation, issued(service.installation), "Nguyễn " * 30)
    page = screen.open("phone", color_scheme="dark", bypass_csp=True)
    for each in (f"{text}", turned(text), "1"):
        page.goto("about:blank")
        page.goto(address(service.installation.public_url, each))
        answer(page)

        assert violations(page, axe) == []


def test_the_network_tells_what_has_become_of_it(screen: Screens, service: Service) -> None:
    with or_left_out():
        axe = (find_clients() / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    installation = service.installation
    row = issued(installation)
    page = screen.open("phone", bypass_csp=True)
    eye = Eye(page.context)
    page.goto(address(installation.public_url, seal(installation, row, NAME)))
    page.get_by_role("link", name="Hỏi qua mạng").click()
    expect(page.get_by_text("Chứng nhận thật và còn giá trị")).to_be_visible()
    assert violations(page, axe) == []
    screen.save(page, "verify-valid-phone")

    with office(installation) as there:
        there.revoke(row, "cấp nhầm người")
    page.reload()

    expect(page.get_by_text("Đã bị thu hồi", exact=True)).to_be_visible()
    assert violations(page, axe) == []
    screen.save(page, "verify-revoked-phone")
    page.get_by_role("link", name="Kiểm tra tờ khác").click()
    page.get_by_label("Mã in trên chứng nhận").fill(spaced(row.code).lower())
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_text("Đã bị thu hồi", exact=True)).to_be_visible()
    assert eye.seen == []


@pytest.mark.parametrize("service", ["sibling"], indirect=True)
def test_another_engine_says_the_same_by_itself_and_by_our_own_signatures(engine: Engine, service: Service) -> None:
    text = seal(service.installation, issued(service.installation), NAME)
    screen = engine.screen()
    try:
        tab = screen.open()
        tab.go(address(service.installation.public_url, text))
        assert NAME in wait(tab, "return document.getElementById('said-name').textContent")
        tab.run(
            "Object.defineProperty(crypto, 'subtle', {value: undefined}); document.getElementById('said-name').textContent = ''"
        )
        tab.run(f"location.hash = '{turned(text)}'")
        assert wait(tab, "return document.querySelector('[data-answer=forged]').hidden === false")
        tab.run(f"location.hash = '{text}'")
        assert NAME in wait(tab, "return document.getElementById('said-name').textContent")
    finally:
        screen.close()
