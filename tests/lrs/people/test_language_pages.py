"""The switch of the language: it lasts, it leads back to the page, and letters follow whoever is signed in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.lrs.people.coming import HOME, guest_who_learns, open_lesson
from tests.lrs.people.mailing import FORGOTTEN

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.lrs.people.mailing import Mailed
    from tests.parts.installations import Installation, Person

VI, EN = '<html lang="vi">', '<html lang="en">'
LANGUAGE = f"{HOME}/language"
OWN = "http://haiphong.lms.localhost:8080"


def switch(person: Person, page: str, language: str) -> TestResponse:
    """Press a language on a page, as its form says."""
    found = re.search(
        r'<form class="languages" method="post" action="([^"]+)".*?name="go" value="([^"]*)"',
        person.get(page).text,
        re.DOTALL,
    )
    assert found is not None
    return person.post(found[1], form_at=page, data={"language": language, "go": found[2].replace("&amp;", "&")})


def test_what_was_chosen_on_a_device_lasts_and_leads_back(embedded: Installation) -> None:
    visitor = embedded.visitor()

    answer = switch(visitor, f"{HOME}/sign-in?go=%2Fs%2Fhaiphong%2Fme&lang=vi", "en")

    assert answer.location == f"{HOME}/sign-in?go=%2Fs%2Fhaiphong%2Fme"
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if "-language=" in each]
    assert {"HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax", "Secure"} <= {
        part.strip() for part in cookie.split(";")
    }
    for page in (f"{HOME}/sign-in", "/", f"{HOME}/nowhere"):
        assert EN in visitor.get(page).text
        assert VI in embedded.visitor().get(page).text  # control
    assert VI in visitor.get(f"{HOME}/sign-in?lang=vi").text  # for this once
    assert EN in visitor.get(f"{HOME}/sign-in").text


def test_what_a_person_has_chosen_goes_with_them_and_not_with_the_device(embedded: Installation) -> None:
    person = embedded.person("learner")

    answer = switch(person, f"{HOME}/me", "en")

    assert answer.location == f"{HOME}/me"
    assert not answer.headers.getlist("Set-Cookie")
    assert EN in person.get(f"{HOME}/me").text
    person.post(f"{HOME}/sign-out", form_at=f"{HOME}/me")
    assert VI in person.get(f"{HOME}/sign-in").text  # the next one at this device


def test_on_a_spaces_own_host_it_leads_back_there(embedded: Installation) -> None:
    visitor = embedded.visitor()
    page = visitor.get("/sign-in", base=OWN).text
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf is not None
    assert 'action="/language"' in page
    assert 'name="go" value="/sign-in"' in page

    answer = visitor.post("/language", base=OWN, data={"csrf": csrf[1], "language": "en", "go": "/sign-in"})

    assert answer.location == "/sign-in"
    assert EN in visitor.get("/sign-in", base=OWN).text
    assert VI in visitor.get(f"{HOME}/sign-in").text  # another host, another jar


def test_outside_of_the_spaces_it_holds_on_this_host_too(embedded: Installation) -> None:
    visitor = embedded.visitor()

    assert switch(visitor, "/", "en").location == "/"
    assert EN in visitor.get("/").text


@pytest.mark.parametrize("go", ["//evil.example", "https://evil.example/", "/\\evil.example", ""])
def test_it_leads_to_no_other_place(embedded: Installation, go: str) -> None:
    visitor = embedded.visitor()

    answer = visitor.post(LANGUAGE, form_at=f"{HOME}/sign-in", data={"language": "en", "go": go})

    assert answer.location == f"{HOME}/"


@pytest.mark.parametrize("language", ["fr", "", "EN", "vi,en", "../en"])
def test_a_language_that_the_space_does_not_speak_is_refused(embedded: Installation, language: str) -> None:
    visitor = embedded.visitor()

    assert visitor.post(LANGUAGE, form_at=f"{HOME}/sign-in", data={"language": language}).status_code == 400
    assert VI in visitor.get(f"{HOME}/sign-in").text


def test_a_space_of_one_language_has_no_switch_and_speaks_it_whatever_was_chosen(embedded: Installation) -> None:
    visitor, boss = embedded.visitor(), embedded.person("owner")
    switch(visitor, f"{HOME}/sign-in", "en")
    switch(boss, f"{HOME}/me", "en")
    settings = {"name": "Hải Phòng", "language": "vi", "languages": "vi", "zone": "Asia/Ho_Chi_Minh"}
    assert boss.post(f"{HOME}/settings", form_at=f"{HOME}/settings", data=settings).status_code == 303

    for person in (visitor, boss):
        page = person.get(f"{HOME}/sign-in").text
        assert VI in page
        assert 'class="languages"' not in page


def test_a_page_that_answers_a_form_leads_back_to_where_it_can_be_opened(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    learner = embedded.haidang("account", "add", "--space", "haiphong", "--role", "learner")["account"]
    person = f"{HOME}/people/{learner}"

    wrong = boss.post(f"{HOME}/people", form_at=f"{HOME}/people/new", data={"name": "123", "role": "learner"})
    slip = boss.post(f"{person}/slip", form_at=person)

    assert f'name="go" value="{HOME}/people"' in wrong.text
    assert 'class="languages"' not in slip.text  # what it shows is shown once


def test_who_leaves_a_kiosk_takes_the_language_along(embedded: Installation) -> None:
    guest, _ = guest_who_learns(embedded, open_lesson(embedded))
    switch(guest, f"{HOME}/", "en")
    assert EN in guest.get(f"{HOME}/").text

    guest.post(f"{HOME}/leave", form_at=f"{HOME}/leave")

    assert VI in guest.get(f"{HOME}/open").text


def test_the_shell_of_a_lesson_speaks_as_the_page_around_it(embedded: Installation) -> None:
    guest, playing = guest_who_learns(embedded, open_lesson(embedded))
    guest.headers["Accept-Language"] = "vi"

    for language in ("en", "vi"):
        address = f"/play/{playing.content}?lang={language}"
        shell = guest.post(address, base=playing.origin, data={"attempt": playing.attempt})
        assert f'<html lang="{language}">' in shell.text


def test_letters_follow_what_somebody_has_chosen(mailed: Mailed) -> None:
    page = mailed.add()
    mailed.send(page)
    link = re.search(r"/s/haiphong/link/\S+", mailed.carry().pop().text)
    assert link is not None
    person = mailed.installation.visitor()
    person.post(link[0], form_at=link[0])
    switch(person, f"{HOME}/me", "en")

    mailed.send(page)

    (taken,) = mailed.carry()
    assert "Press the button to come in" in taken.text


def test_a_letter_leads_to_the_host_on_which_it_was_asked_for(mailed: Mailed) -> None:
    mailed.add()
    visitor = mailed.installation.visitor()
    visitor.post(FORGOTTEN, form_at=FORGOTTEN, data={"who": "hoa@example.org"})
    own = FORGOTTEN.removeprefix(HOME)
    csrf = re.search(r'name="csrf" value="([^"]+)"', visitor.get(own, base=OWN).text)
    assert csrf is not None
    visitor.post(own, base=OWN, data={"csrf": csrf[1], "who": "hoa@example.org"})

    addresses = {
        found[0] for taken in mailed.carry() if (found := re.search(r"http://[^/]+/(s/haiphong/)?link/", taken.text))
    }

    assert addresses == {"http://app.lms.localhost:8080/s/haiphong/link/", f"{OWN}/link/"}
