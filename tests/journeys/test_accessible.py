"""Every page of the app, for every role that may open it, on a phone and a desktop, in light and in dark: axe-core finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from lrs.access import EVERYBODY, ROLES, access_of
from tests.journeys.walking import enter, upload
from tests.lrs.people.coming import let_people_register, open_lesson
from tests.parts.clients import find_clients
from tests.parts.left_out import or_left_out
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.walking import Service
    from tests.parts.screens import Screens, Size

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("service", ["sibling"], indirect=True)]

NO_PAGE = {
    "health.healthz",
    "health.readyz",
    "health.figures",
    "packages.report_as_json",
    "player.state",
    "player.renew_in_place",
    "people.link",
}
"""GET without a page to look at; a link has its own test, since looking at it needs one."""

RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
"""All rules that axe-core has, its best practices among them."""

SAID = "found => found.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)"


@pytest.fixture(scope="module")
def axe() -> str:
    """Read axe-core's script."""
    with or_left_out():
        folder = find_clients()
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """Let axe-core look at a page, and say what it finds."""
    page.evaluate(axe)
    found: list[str] = page.evaluate(f"async () => ({SAID})(await ({RUN})())")
    return found


def pages(service: Service, role: str, known: dict[str, str]) -> dict[str, str]:
    """List the pages that somebody may open, by endpoint, with somebody and something real in their addresses."""
    app = service.installation.app
    found = {}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            roles = access_of(rule.endpoint).roles
            page = "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGE and "static" not in rule.endpoint
            if page and not rule.rule.startswith(("/xapi", "/api")) and (role in roles or EVERYBODY in roles):
                built = rule.build(known | {"space": "haiphong"})
                assert built is not None, rule.endpoint
                found[rule.endpoint] = built[1]
    return found


def settle(screen: Screens, service: Service) -> dict[str, str]:
    """Fill the space with what pages are about: a lesson, a unit, a person in it."""
    page = screen.open()
    enter(page, service, "owner")
    home = page.url
    lesson = upload(page, scorm12()).rpartition("/")[2]
    page.goto(f"{home}units")
    page.locator("#f-name").fill("Sở Nội vụ")
    page.locator("main form[method=post] button").click()
    unit = urlsplit(page.url).path.rpartition("/")[2]
    page.goto(f"{home}people/new")
    page.locator("#f-name").fill("Nguyễn Thị Hoà")
    page.locator("main form[method=post] button").click()
    person = urlsplit(page.url).path.rpartition("/")[2]
    page.locator("#unit").select_option(unit)
    page.locator("form:has(#unit) button").click()
    return {"version_id": lesson, "unit_id": unit, "account_id": person}


@pytest.mark.parametrize(
    ("size", "scheme"), [("phone", "dark"), pytest.param("desktop", "light", marks=pytest.mark.long)]
)
def test_axe_finds_nothing_on_any_page(screen: Screens, service: Service, axe: str, size: Size, scheme: str) -> None:
    known = settle(screen, service)
    seen: dict[str, list[str]] = {}
    looked = set()
    for role in ROLES:
        page = screen.open(size, color_scheme=scheme)
        enter(page, service, role)
        base = page.url.split("/s/")[0]
        for endpoint, address in pages(service, role, known).items():
            if endpoint in looked and endpoint != "player.start":
                continue  # another role sees no more of it than the first, who may do more
            looked.add(endpoint)
            page.goto(base + address)
            if found := violations(page, axe):
                seen[f"{endpoint} as {role}"] = found

    assert seen == {}
    assert len(looked) >= 16


def test_axe_finds_nothing_where_somebody_makes_a_mistake(screen: Screens, service: Service, axe: str) -> None:
    page = screen.open("phone")
    boss = screen.open("desktop")
    enter(boss, service, "administrator")
    home = boss.url
    seen = {}

    def look(name: str, at: Page) -> None:
        seen[name] = violations(at, axe)

    page.goto(home)
    look("not signed in", page)
    page.goto(f"{home}nowhere")
    look("not found", page)
    page.goto(f"{home}sign-in")
    page.locator("#f-who").fill("nobody@example.org")
    page.locator("#f-password").fill("sai")
    page.locator("main form button").click()
    look("wrong password", page)
    boss.goto(f"{home}people/new")
    boss.locator("#f-name").fill("123")
    boss.locator("main form[method=post] button").click()
    look("a field that cannot be meant", boss)
    boss.goto(f"{home}people?q=zzz")
    look("nobody found", boss)
    told: Any = service.haidang("account", "link", "--space", "haiphong", "--role", "learner")
    page.goto(told["url"])
    look("a link", page)
    page.locator("main form button").click()
    page.goto(f"{home}people")
    look("not allowed", page)
    page.goto(told["url"])
    look("a link that was used", page)

    assert {name: found for name, found in seen.items() if found} == {}
    assert len(seen) == 8


def test_axe_finds_nothing_where_people_come_by_themselves(screen: Screens, service: Service, axe: str) -> None:
    version = open_lesson(service.installation)
    let_people_register(service.installation)
    page = screen.open("phone", color_scheme="dark")
    home = f"{service.installation.public_url}/s/haiphong"
    seen = {}

    def look(name: str, address: str = "", press: str = "") -> None:
        if address:
            page.goto(f"{home}/{address}")
        if press:
            page.locator(press).first.click()
            page.wait_for_load_state()
        seen[name] = violations(page, axe)

    look("the poster", f"open?lesson={version}")
    page.locator("form button").first.click()
    page.wait_for_url("**/lessons/*")
    if page.locator("#open").count() == 0:
        page.frame_locator("iframe[name=lesson]").locator("#saved").wait_for()
    look("the poster again", "open")
    look("keep", "keep")
    look("somebody else", "leave?other=1")
    look("leave", "leave")
    look("the code", press="main form button")
    look("a wrong code", "code?c=0000000000", press="main form button")
    look("register", "register")
    page.locator("#f-name").fill("Lê Thị Chín")
    look("the question", press="main form button")
    look("the number", press="main form button")

    assert {name: found for name, found in seen.items() if found} == {}
    assert page.locator(".digits").count() == 1


def test_what_is_wrong_would_be_found(screen: Screens, service: Service, axe: str) -> None:
    page = screen.open()
    enter(page, service, "learner")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input><img src=x>')")

    assert {said.partition(":")[0] for said in violations(page, axe)} >= {"label", "image-alt"}
