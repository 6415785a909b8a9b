"""Somebody who reads English on a phone that speaks Vietnamese: one press, and pages and lessons speak English, without a script too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.reader import reader
from tests.journeys.test_roles import WORD, come_in, open_lesson
from tests.journeys.town import Town
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from tests.journeys.walking import Service
    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]


def test_one_press_and_pages_and_lessons_speak_english_wherever_one_signs_in(screen: Screens, service: Service) -> None:
    town = Town(service.installation)
    town.publish(scorm12("Nhận diện tin giả"))
    account = town.add("learner", "Nguyễn Thị Hoà", staff_code="HN-1")
    somebody = reader(screen, "phone", "vi")
    come_in(somebody, town.link(account))
    somebody.turn_to("My account")
    somebody.write("New password", WORD)
    somebody.press("Save the password")
    somebody.speak("English")
    somebody.language = "en"
    assert somebody.page.url.endswith("/me?done=password")
    somebody.turn_to("Lessons")
    somebody.press("Begin")
    lesson = open_lesson(somebody)
    assert lesson.shell.get_by_role("button", name="Save and leave").is_visible()

    elsewhere = reader(screen, "desktop", "vi")
    elsewhere.open(f"{town.home}sign-in")
    elsewhere.write("E-mail, phone, staff code or learner number", "HN-1")
    elsewhere.write("Password", WORD)
    elsewhere.press("Sign in")
    elsewhere.language = "en"
    assert elsewhere.reads("Your next lesson")
    elsewhere.speak("Tiếng Việt")
    elsewhere.language = "vi"
    assert elsewhere.reads("Your next lesson")
    assert [somebody.eye.seen, elsewhere.eye.seen] == [[], []]


def test_the_switch_is_reached_by_keyboard_and_needs_no_script(screen: Screens, service: Service) -> None:
    town = Town(service.installation)
    page = screen.open("phone", java_script_enabled=False)
    page.goto(f"{town.home}sign-in")

    english = page.get_by_role("button", name="English")
    for _ in range(5):
        page.keyboard.press("Tab")
        if english.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Sign in").wait_for()
    assert page.url == f"{town.home}sign-in"
    assert english.get_attribute("aria-current") == "true"
