"""Takes the pictures of docs/pictures.md from a service of its own: `python -m tests.journeys.pictures`; with names, those alone."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from tests.journeys.pictured import AUDITOR, HOLDER, KEEPER, LEARNER, MENTOR, Pictured
from tests.journeys.reader import LOCALES, Reader
from tests.journeys.walking import Eye, eventually, lesson_on, started
from tests.parts.chromium import arguments, find_chromium
from tests.parts.screens import Screens

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, StorageState

    from tests.journeys.reader import Language
    from tests.parts.screens import Size

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZES: dict[Size, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 740}},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}

ABOVE = "the platform's administrator"
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is taken: whose screen, and the way to what it shows."""

    name: str
    who: str
    size: Size
    way: Callable[[Pictured, Reader], None]
    language: Language = "vi"
    dark: bool = False


def at(path: str) -> Callable[[Pictured, Reader], None]:
    """Open a page of the city."""
    return lambda city, person: person.open(city.home + path)


def at_a_lesson(city: Pictured, person: Reader) -> None:
    """Be in the middle of a lesson."""
    person.open(f"{city.home}lessons/{city.lessons[1]}")
    lesson = lesson_on(person.page)
    lesson.frame.get_by_role("button", name="Bắt đầu").click()
    lesson.frame.get_by_role("button", name="Tiếp", exact=True).click()
    lesson.frame.locator(".slide").first.wait_for()
    lesson.wait_until("saved")


def at_my_devices(city: Pictured, person: Reader) -> None:
    """Look at where one is signed in: here, and at another device."""
    person.open(f"{city.home}me")
    person.main.get_by_role("heading").last.evaluate("heading => heading.scrollIntoView()")


def at_whom_is_found(city: Pictured, person: Reader) -> None:
    """Look at whom a search has found."""
    person.open(f"{city.home}people?q=thi")
    person.main.get_by_role("status").evaluate("count => count.scrollIntoView()")


def at_the_course(city: Pictured, person: Reader) -> None:
    """Look at how far one has come in the course."""
    person.open(city.home + city.course)


def at_the_menu(city: Pictured, person: Reader) -> None:
    """Open the list of pages."""
    person.open(f"{city.home}keys")
    person.page.locator(".opener").click()


def at_a_person(city: Pictured, person: Reader) -> None:
    """Look at the learner."""
    person.open(f"{city.home}people/{city.accounts[LEARNER]}")


def at_a_slip(city: Pictured, person: Reader) -> None:
    """Make a slip for the learner."""
    at_a_person(city, person)
    person.press("Make a link")


def at_the_question(city: Pictured, person: Reader) -> None:
    """Be asked once more before an account is closed."""
    at_a_person(city, person)
    person.press("Close it")


def at_my_skills(city: Pictured, person: Reader) -> None:
    """Look at how full the skills are: at those that were begun."""
    person.open(f"{city.home}skills")
    person.main.get_by_role("article").nth(2).evaluate("one => one.scrollIntoView()")


def at_why_not_yet(city: Pictured, person: Reader) -> None:
    """Ask why one has not completed the course yet."""
    person.open(city.home + city.result)


def at_my_certificate(city: Pictured, person: Reader) -> None:
    """Look at the certificates, once there is one."""
    wait_for_paper(city, person)
    person.open(f"{city.home}certificates")


def at_who_checks(city: Pictured, person: Reader) -> None:
    """Be somebody who checks that certificate."""
    wait_for_paper(city, person)
    person.main.locator("a[href*='/verify/']").click()
    person.page.wait_for_url("**/verify/*")


def wait_for_paper(city: Pictured, person: Reader) -> None:
    """Look at a result until its certificate is there: whoever leads gives it a moment after the last lesson."""

    def is_there() -> bool:
        person.open(city.home + city.result)
        return person.main.locator("a[href*='/verify/']").count() > 0

    assert eventually(is_there)


def at_the_template(city: Pictured, person: Reader) -> None:
    """Look at what the certificate looks like, once it is drawn."""
    person.open(f"{city.home}certificates/templates/{city.template}")
    person.main.locator("#look img").wait_for()


def at_the_progress(city: Pictured, person: Reader) -> None:
    """Look at how far the units have come in the course."""
    person.open(f"{city.home}{city.course}/progress")


def at_the_platform(city: Pictured, person: Reader) -> None:
    """Look at all spaces."""
    person.open(f"{city.installation.public_url}/platform")


def at_components(city: Pictured, person: Reader) -> None:
    """Look at what pages are made of."""
    person.open(f"{city.installation.public_url}/components#figures")


PICTURES = (
    Picture("sign-in", NOBODY, "phone", at("sign-in")),
    Picture("open", NOBODY, "phone", at("open")),
    Picture("start", LEARNER, "phone", at("")),
    Picture("start-dark", LEARNER, "phone", at(""), language="en", dark=True),
    Picture("course", LEARNER, "phone", at_the_course),
    Picture("skills", LEARNER, "phone", at_my_skills),
    Picture("why", LEARNER, "phone", at_why_not_yet),
    Picture("certificate", HOLDER, "phone", at_my_certificate),
    Picture("checked", HOLDER, "phone", at_who_checks),
    Picture("lesson", LEARNER, "phone", at_a_lesson),
    Picture("account", LEARNER, "phone", at_my_devices),
    Picture("mentor", MENTOR, "phone", at("")),
    Picture("slip", MENTOR, "desktop", at_a_slip),
    Picture("home", KEEPER, "desktop", at("")),
    Picture("menu", KEEPER, "phone", at_the_menu),
    Picture("people", KEEPER, "desktop", at("people")),
    Picture("people-phone", KEEPER, "phone", at_whom_is_found, language="en"),
    Picture("person", KEEPER, "desktop", at_a_person, language="en"),
    Picture("question", KEEPER, "desktop", at_the_question),
    Picture("units", KEEPER, "desktop", at("units")),
    Picture("rule", KEEPER, "desktop", at("rules/new")),
    Picture("progress", KEEPER, "desktop", at_the_progress),
    Picture("template", KEEPER, "desktop", at_the_template),
    Picture("webhooks", KEEPER, "desktop", at("webhooks")),
    Picture("settings", KEEPER, "desktop", at("settings")),
    Picture("keys", KEEPER, "desktop", at("keys"), language="en"),
    Picture("log", AUDITOR, "desktop", at("audit")),
    Picture("platform", ABOVE, "desktop", at_the_platform, language="en"),
    Picture("components", NOBODY, "desktop", at_components, dark=True),
)


class Studio:
    """Where the pictures are taken: each of those who are shown comes in once, and stays signed in."""

    def __init__(self, browser: Browser, city: Pictured) -> None:
        self._screens = Screens(browser)
        self._city = city
        self._signed_in: dict[str, StorageState] = {}

    def take(self, picture: Picture) -> None:
        """Take one picture; whatever goes wrong on the page ends it."""
        person = self._sit_down(picture)
        picture.way(self._city, person)
        person.page.wait_for_load_state()
        if person.eye.seen:
            raise SystemExit(f"{picture.name}: {person.eye.seen}")
        person.page.screenshot(path=path_of(picture.name))
        person.page.context.close()

    def _sit_down(self, picture: Picture) -> Reader:
        page = self._screens.open(
            picture.size,
            **SIZES[picture.size],
            locale=LOCALES[picture.language],
            color_scheme="dark" if picture.dark else "light",
            reduced_motion="reduce",  # a lesson waits where it is
            storage_state=self._signed_in.get(picture.who),
        )
        person = Reader(page, picture.language, Eye(page.context))
        if picture.who and picture.who not in self._signed_in:
            self._let_in(person, picture.who)
            self._signed_in[picture.who] = page.context.storage_state()
        return person

    def _let_in(self, person: Reader, who: str) -> None:
        city = self._city
        if who == ABOVE:
            person.open(city.installation.haidang("platform", "link")["url"])
            person.press("Open the platform")
        else:
            person.open(city.link(city.accounts[who]))
            person.press("Come in")


def path_of(name: str) -> Path:
    """Name a picture's file."""
    return FOLDER / f"{name}.png"


def main(names: list[str]) -> None:
    """Take the pictures of these names, or all."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder) / "data"
        data.mkdir()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments())
        with started({"HAIDANG_DATA": str(data)}, Path(folder)) as service:
            studio = Studio(browser, Pictured(service.installation))
            for picture in PICTURES:
                if not names or picture.name in names:
                    studio.take(picture)
                    print(path_of(picture.name))  # noqa: T201 - a command speaks
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
