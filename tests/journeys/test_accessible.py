"""Every page of the app, for every role that may open it, on a phone and a desktop, in light and in dark: axe-core finds nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest

from lrs.access import EVERYBODY, PLATFORM, ROLES, access_of
from lrs.webhooks import telling
from lrs.webhooks.events import REVOKED
from lrs.webhooks.telling import Event
from storage import certificate_jobs, deliveries
from storage.certificate_jobs import ZIP, JobRow
from storage.deliveries import FAILED, WAITING
from tests.journeys.walking import enter, upload
from tests.lrs.certificates.issued import issued
from tests.lrs.outcomes.studies import completed, reviewed
from tests.lrs.people.coming import let_people_register, open_lesson
from tests.parts.clients import find_clients
from tests.parts.left_out import or_left_out
from tests.parts.zips import scorm12
from tests.player.tracing.course import Learnt

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.walking import Service
    from tests.parts.installations import Installation
    from tests.parts.screens import Screens, Size

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("service", ["sibling"], indirect=True)]

NO_PAGE = {
    "checking.keeper",
    "checking.save",
    "design.stylesheet",
    "health.healthz",
    "issuing.document",
    "issuing.listed",
    "skills.as_json",
    "skills.as_picture",
    "skills.file",
    "skills.revoked",
    "skills.shape",
    "health.readyz",
    "health.figures",
    "packages.report_as_json",
    "player.state",
    "progress.file",
    "certificate_jobs.state",
    "certificate_jobs.file",
    "certificates.credential",
    "phone.credential",
    "phone.paper",
    "phone.picture",
    "phone.one",  # both are looked at by tests/journeys/test_certificate.py, which has a link and something to renew
    "renewal.one",
    "player.renew_in_place",
    "settings.emblem",
    "certificates.paper",
    "people.link",
    "platform_entry.link",
}
"""GET without a page to look at; links have their own tests, since looking at one needs one."""

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
                built = rule.build(known | {"space": "haiphong", "slug": "haiphong"})
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
    page.locator("#f-email").fill("hoa@example.org")
    page.locator("main form[method=post] button").click()
    person = urlsplit(page.url).path.rpartition("/")[2]
    page.locator("#unit").select_option(unit)
    page.locator("form:has(#unit) button").click()
    page.locator("form[action$=letter] button").click()
    about_rules = reviewed(service.installation, UUID(lesson))
    about_rules["statement_id"] = str(completed(service.installation, UUID(person), UUID(lesson)))
    learnt = Learnt(service.installation, service.installation.person("learner"))
    page.goto(f"{home}certificates/templates/new")
    page.locator("[name=name]").fill("Lớp kỹ năng số")
    page.locator("[name=signatory]").fill("Trần Văn Mẫu")
    page.get_by_role("button", name="Lưu mẫu").click()
    page.wait_for_url("**done=saved")
    template = urlsplit(page.url).path.rpartition("/")[2]
    paper = issued(service.installation, person)
    page.goto(f"{home}skills/set")
    if page.get_by_role("button", name="Bắt đầu với năm kỹ năng này").count():  # or somebody has begun before
        page.get_by_role("button", name="Bắt đầu với năm kỹ năng này").click()
    skill = str(page.get_by_role("link", name="Sửa “").first.get_attribute("href")).rpartition("/")[2]
    return {
        "skill_id": skill,
        "version_id": lesson,
        "unit_id": unit,
        "account_id": person,
        "attempt_id": learnt.playing.registration,
        "template_id": template,
        "code": paper.code,
        "certificate_id": str(paper.id),
        "job_id": half_done(service.installation),
        "course_id": course(page, home),
        "webhook_id": told_in_vain(service.installation, person),
    } | about_rules


def half_done(installation: Installation) -> str:
    """Ask for a file that nobody goes on with before tomorrow."""
    now = datetime.now(UTC)
    tomorrow, wanted = now + timedelta(days=1), '{"units":[],"folders":[],"rule":null,"year":null,"versions":[]}'
    job = JobRow(uuid4(), ZIP, wanted, "Lớp kỹ năng số", None, now, tomorrow, 634, began=now, seen=214)
    with installation.services.database.write(1) as tx:
        certificate_jobs.ask(tx, job)
    return str(job.id)


def told_in_vain(made: Installation, person: str) -> str:
    """Add another system, which is to be told about somebody, and could not be told before."""
    add = ("webhook", "add", "--space", "haiphong", "--event", REVOKED, "https://nobody.invalid/")
    webhook_id = str(made.haidang(*add)["webhook"])
    with made.services.database.write(1) as tx:
        told = {"id": "1", "number": "1/2026", "day": "2026-03-25"}
        telling.tell(tx, [Event(REVOKED, UUID(person), told) for _ in range(2)])
        deliveries.settle(
            tx, deliveries.newest(tx, UUID(webhook_id), WAITING, 1)[0].id, FAILED, "late", datetime.now(UTC)
        )
    return webhook_id


def course(page: Page, home: str) -> str:
    """Make a course of the lesson, open to everybody, with a batch and somebody in it."""
    page.goto(f"{home}courses")
    page.locator("#f-title_vi").fill("Kỹ năng số")
    page.get_by_role("button", name="Thêm khóa học này").click()
    course_id = page.url.rpartition("/edit")[0].rpartition("/")[2]
    page.locator("input[name=package]").first.check()
    page.get_by_role("button", name="Thêm các bài này").click()
    page.get_by_role("button", name="Đưa khóa học ra").click()
    page.locator("input[value=everybody]").check()
    page.locator("#doors button").click()
    page.goto(f"{home}courses/{course_id}")
    page.get_by_role("button", name="Tham gia khóa học này").click()
    page.goto(f"{home}courses/{course_id}/batches")
    page.locator("#f-name").fill("đợt 01")
    page.get_by_role("button", name="Thêm đợt này").click()
    return course_id


def come_in(page: Page, service: Service, role: str) -> None:
    """Come in with a role of the space, or above all spaces."""
    if role != PLATFORM:
        enter(page, service, role)
        return
    page.goto(service.haidang("platform", "link")["url"])
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/platform")


@pytest.mark.parametrize(
    ("size", "scheme"), [("phone", "dark"), pytest.param("desktop", "light", marks=pytest.mark.long)]
)
def test_axe_finds_nothing_on_any_page(screen: Screens, service: Service, axe: str, size: Size, scheme: str) -> None:
    known = settle(screen, service)
    seen: dict[str, list[str]] = {}
    looked = set()
    for role in (*ROLES, PLATFORM):
        page = screen.open(size, color_scheme=scheme)
        come_in(page, service, role)
        base = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
        for endpoint, address in pages(service, role, known).items():
            if endpoint in looked and endpoint != "player.start":
                continue  # another role sees no more of it than the first, who may do more
            looked.add(endpoint)
            page.goto(base + address)
            if found := violations(page, axe):
                seen[f"{endpoint} as {role}"] = found

    assert seen == {}
    assert len(looked) >= 21


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
    page.goto(f"{home}sign-in/forgotten")
    page.locator("#f-who").fill("nobody@example.org")
    page.locator("main form button").click()
    look("a letter is on its way", page)
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
    page.goto(service.haidang("platform", "link")["url"])
    look("a link to the platform", page)
    page.locator("main form button").click()
    base = page.url
    page.goto(f"{base}/spaces/new")
    page.locator("#f-name").fill("Tỉnh Cà Mau")
    page.locator("#f-slug").fill("cà mau")
    page.locator("main form button").click()
    look("a short name that cannot be", page)
    page.locator("#f-slug").fill("camau")
    page.locator("main form button").click()
    look("the link of a first owner", page)
    page.goto(f"{base}/spaces/nowhere")
    look("no such space", page)

    assert {name: found for name, found in seen.items() if found} == {}
    assert len(seen) == 13


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
    page.locator("main form button").first.click()
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


COMPONENTS = "components?theme={}&lang={}&ask={}"
NARROW, WIDE = 320, 1280

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""By how much a page is wider than its screen."""

LOW = """() => [...document.querySelectorAll('a.button, a.quiet, a.sort, summary, button, input, select, textarea')]
    .filter((one) => one.checkVisibility() && !one.matches('input[type=radio], input[type=checkbox]'))
    .map((one) => [one.getBoundingClientRect().height, one.outerHTML.slice(0, 80)]).filter(([height]) => height < 43.9)"""
"""What is pressed and lower than 44 px; a choice is as high as its label."""


def components(service: Service, theme: str = "", language: str = "vi", ask: str = "") -> str:
    """Give the address of the page of components."""
    return f"{service.installation.public_url}/{COMPONENTS.format(theme, language, ask)}"


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing_on_the_page_of_components(
    screen: Screens, service: Service, axe: str, size: Size, theme: str, language: str
) -> None:
    page = screen.open(size)
    page.goto(components(service, theme, language))

    assert violations(page, axe) == []
    page.locator("[data-asks]").click()
    assert violations(page, axe) == []


@pytest.mark.parametrize("ask", ["", "close"])
def test_nothing_is_wider_than_a_small_phone_or_a_page_at_200_percent(
    screen: Screens, service: Service, ask: str
) -> None:
    small = screen.open(viewport={"width": NARROW, "height": 640})
    small.goto(components(service, ask=ask))
    zoomed = screen.open(viewport={"width": WIDE // 2, "height": 400}, device_scale_factor=2)  # what a zoom of 200 % is
    zoomed.goto(components(service, ask=ask))

    large = screen.open()
    large.goto(components(service, ask=ask))
    large.evaluate("document.documentElement.style.fontSize = '36px'")  # letters alone, twice as large
    assert [page.evaluate(WIDER) for page in (small, zoomed, large)] == [0, 0, 0]


def test_what_is_too_wide_would_be_found(screen: Screens, service: Service) -> None:
    page = screen.open(viewport={"width": NARROW, "height": 640})
    page.goto(components(service))
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<pre>' + 'x'.repeat(100) + '</pre>')"
    )

    assert page.evaluate(WIDER) > 0


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_whatever_is_pressed_is_as_high_as_a_thumb(screen: Screens, service: Service, size: Size) -> None:
    page = screen.open(size)
    page.goto(components(service))

    assert page.evaluate(LOW) == []
    page.evaluate("document.querySelector('main .button').style.cssText = 'min-height: 0; padding: 0'")
    assert len(page.evaluate(LOW)) == 1  # control


def test_a_long_menu_waits_behind_a_button_that_needs_no_script(screen: Screens, service: Service) -> None:
    page = screen.open("phone", java_script_enabled=False)
    page.goto(components(service))
    opener, menu = page.get_by_role("button", name="Mục lục"), page.get_by_role("navigation", name="Trang")

    assert not menu.is_visible()
    opener.focus()
    page.keyboard.press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Tab")
    assert menu.locator(":focus").count() == 1
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    assert opener.evaluate("one => one === document.activeElement")


def test_what_a_learner_needs_is_in_sight_without_opening_anything(screen: Screens, service: Service) -> None:
    page = screen.open("phone", viewport={"width": NARROW, "height": 640})
    enter(page, service, "learner")

    menu = page.get_by_role("navigation", name="Trang")
    assert [words.strip() for words in menu.locator("a, button").all_inner_texts()] == [
        "Bài học",
        "Kết quả",
        "Tài khoản",
        "Đăng xuất",
    ]
    assert all(one.is_visible() for one in menu.locator("a, button").all())
    assert page.evaluate(WIDER) == 0


def test_a_question_is_asked_over_the_page_and_escape_says_no(screen: Screens, service: Service) -> None:
    page = screen.open()
    page.goto(components(service))
    question = page.get_by_role("dialog", name="Đóng tài khoản của Nguyễn Thị Hoà?")

    page.locator("[data-asks]").click()
    assert question.evaluate("one => one.matches(':modal')")
    assert question.locator(":focus").evaluate("one => one.tagName") == "H2"  # not on an answer
    page.keyboard.press("Escape")
    assert not question.is_visible()

    plain = screen.open(java_script_enabled=False)
    plain.goto(components(service))
    plain.locator("[data-asks]").click()
    asked = plain.get_by_role("dialog", name="Đóng tài khoản của Nguyễn Thị Hoà?")
    assert asked.is_visible()
    asked.get_by_role("button", name="Không đóng").click()
    assert not asked.is_visible()


def test_paper_is_light_and_has_nothing_to_press(screen: Screens, service: Service) -> None:
    page = screen.open(color_scheme="dark")
    page.goto(components(service))
    paint = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paint) != "rgb(255, 255, 255)"

    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate(paint) == "rgb(255, 255, 255)"
    assert [one for one in page.locator("header, .button, .turn").all() if one.is_visible()] == []
    assert page.get_by_role("table").first.is_visible()


def test_a_home_page_takes_less_than_50_kilobytes(screen: Screens, service: Service) -> None:
    page = screen.open("phone")
    enter(page, service, "learner")
    fresh = screen.open("phone", storage_state=page.context.storage_state())
    sizes: dict[str, int] = {}
    fresh.on(
        "requestfinished", lambda done: sizes.update({done.url: sum(done.sizes()[part] for part in BODY_AND_HEAD)})
    )
    fresh.goto(page.url, wait_until="networkidle")

    assert any(url.endswith(".css") for url in sizes)
    assert sum(sizes.values()) < 50_000, sizes


BODY_AND_HEAD: tuple[Literal["responseBodySize", "responseHeadersSize"], ...] = (
    "responseBodySize",
    "responseHeadersSize",
)
