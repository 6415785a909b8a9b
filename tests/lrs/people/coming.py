"""People who come by themselves, without a browser: they press the button, learn, type codes, register, and answer the one question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.lrs.people.test_entry_pages import WORD
from tests.parts.lessons import Playing, play, publish

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation, Person

HOME = "/s/haiphong"
OPEN = f"{HOME}/open"
CODE = f"{HOME}/code"
CLAIM = f"{HOME}/claim"
REGISTER = f"{HOME}/register"


def open_lesson(installation: Installation, version: str | None = None) -> str:
    """Publish a lesson and open it to everybody; give back its version."""
    version, author = version or publish(installation), installation.person("author")
    report = f"{HOME}/packages/{version}"
    answer = author.post(f"{report}/open", form_at=f"{report}/report", data={"open": "yes"})
    assert answer.status_code == 303, answer.text
    return version


def press(person: Person, **more: str) -> TestResponse:
    """Press the large button."""
    return person.post(OPEN, form_at=OPEN, data=more)


def guest_who_learns(installation: Installation, version: str, status: str = "incomplete") -> tuple[Person, Playing]:
    """Let somebody learn without a name."""
    person = installation.visitor()
    assert press(person, lesson=version).status_code == 303
    playing = play(person, version)
    assert playing.commit(1, {"cmi.core.lesson_status": status}).status_code == 200
    return person, playing


def let_people_register(installation: Installation) -> None:
    """Open the door."""
    doors = f"{HOME}/people/by-themselves"
    assert installation.person("administrator").post(doors, form_at=doors, data={"who": "anybody"}).status_code == 303


def register(person: Person, name: str = "Lê Văn Tám", contact: str = "") -> TestResponse:
    """Send the form."""
    return person.post(REGISTER, form_at=REGISTER, data={"name": name, "contact": contact})


def sign_in(person: Person, who: str, password: str = WORD) -> TestResponse:
    """Sign in on this device."""
    form = f"{HOME}/sign-in"
    return person.post(form, form_at=form, data={"who": who, "password": password})


def get_code(person: Person) -> str:
    """Get a code to take home."""
    page = person.post(f"{HOME}/keep/code", form_at=f"{HOME}/keep")
    found = re.search(r'class="digits">([\d ]+)<', page.text)
    assert found is not None, page.text
    return found[1]


def type_code(person: Person, code: str) -> TestResponse:
    """Type a code."""
    return person.post(CODE, form_at=CODE, data={"code": code})


def answer(person: Person, said: str, **more: str) -> TestResponse:
    """Answer whether it was them."""
    return person.post(CLAIM, form_at=CLAIM, data={"answer": said} | more)


def number_of(person: Person) -> str:
    """Read one's learner number."""
    found = re.search(r"<dt>Mã học viên</dt><dd>([\d ]+)<", person.get(f"{HOME}/me").text)
    assert found is not None
    return found[1]


def state(person: Person, version: str) -> str:
    """Ask how far somebody has come."""
    told = person.get(f"{HOME}/lessons/{version}/state").json
    assert told is not None
    return str(told["state"])
