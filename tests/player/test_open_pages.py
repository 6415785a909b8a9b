"""The page for posters and kiosks: one button, and only pressing it makes a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrs.people import limits
from lrs.people.limits import Limit
from storage import people
from tests.lrs.people.coming import HOME, OPEN, open_lesson, press
from tests.parts.lessons import publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def guests_in(installation: Installation) -> int:
    """Count the guests that there are."""
    with installation.services.database.read(1) as tx:
        return sum(row.role == "guest" for row in people.list_accounts(tx, guests=True))


def test_pressing_the_button_leads_into_the_lesson(installation: Installation) -> None:
    version = open_lesson(installation)
    person = installation.visitor()

    assert "Học ngay, không cần tài khoản" in person.get(OPEN).text
    pressed = press(person)

    assert pressed.location == f"{HOME}/lessons/{version}"
    assert person.get(pressed.location).status_code == 200
    cookie = next(text for text in pressed.headers.getlist("Set-Cookie") if "guest-haiphong" in text)
    assert all(word in cookie for word in ("__Host-", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("page", ["open", "open?lesson={version}", "code?c=0123456789", "sign-in", ""])
def test_looking_at_a_page_makes_no_guest(embedded: Installation, method: str, page: str) -> None:
    version = open_lesson(embedded)

    embedded.visitor()._open(method, f"{HOME}/{page.format(version=version)}")

    assert guests_in(embedded) == 0


def test_a_form_from_elsewhere_makes_no_guest(embedded: Installation) -> None:
    open_lesson(embedded)

    assert embedded.visitor().post(OPEN).status_code == 403
    assert guests_in(embedded) == 0


def test_who_is_here_already_is_made_no_other(embedded: Installation) -> None:
    open_lesson(embedded)
    guest, person = embedded.visitor(), embedded.person("learner")

    assert [press(guest).status_code for _ in range(3)] == [303] * 3
    assert person.post(OPEN, form_at=f"{HOME}/me").status_code == 303

    assert guests_in(embedded) == 1


def test_the_button_pressed_twice_at_once_leaves_a_guest_who_goes_on(embedded: Installation) -> None:
    version = open_lesson(embedded)
    person = embedded.visitor()
    word = {"csrf": person.csrf(OPEN)}
    twin = embedded.visitor()
    twin.client._cookies = {**person.client._cookies}  # type: ignore[dict-item]

    for each in (twin, person):
        assert each.post(OPEN, data=word).status_code == 303

    assert guests_in(embedded) == 2  # the one that the browser did not keep is cleared away
    assert person.get(f"{HOME}/lessons/{version}").status_code == 200


def test_five_hundred_from_one_device_are_thirty(embedded: Installation) -> None:
    open_lesson(embedded)
    person = embedded.visitor()
    word = {"csrf": person.csrf(OPEN)}

    statuses = []
    for _ in range(500):
        person.client.delete_cookie("__Host-haidang-guest-haiphong", domain="app.lms.localhost")
        statuses.append(person.post(OPEN, data=word))

    assert [each.status_code for each in statuses] == [303] * 30 + [429] * 470
    assert guests_in(embedded) == 30
    assert "Trong giờ này đã có quá nhiều lượt" in statuses[-1].text
    assert f'href="{HOME}/sign-in"' in statuses[-1].text
    assert 0 < int(statuses[-1].headers["Retry-After"]) <= 3600
    assert embedded.visitor().get(f"{HOME}/sign-in").status_code == 200  # guests stand in nobody's way


def test_an_address_and_a_space_have_their_limits_too(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    open_lesson(embedded)
    monkeypatch.setattr(limits, "GUESTS", Limit("guest", device=9, address=2, space=5))

    def come(address: str) -> int:
        person = embedded.visitor()
        word = {"csrf": person.csrf(OPEN)}
        return person.post(OPEN, data=word, environ_base={"REMOTE_ADDR": address}).status_code

    assert [come("8.8.8.8") for _ in range(3)] == [303, 303, 429]
    assert [come("127.0.0.1") for _ in range(4)] == [303, 303, 303, 429]
    assert guests_in(embedded) == 5


def test_a_poster_may_name_its_lesson_and_only_an_open_one(embedded: Installation) -> None:
    first = open_lesson(embedded)
    second, closed = open_lesson(embedded, publish(embedded, scorm12("Bài hai"))), publish(embedded, scorm12("Bài kín"))

    pages = {version: embedded.visitor().get(f"{OPEN}?lesson={version}").text for version in (first, second, closed)}

    buttons = {version: page.partition("<main")[2].split("</form>")[0] for version, page in pages.items()}
    assert 'name="lesson" value="' + second in buttons[second]
    assert 'name="lesson" value="' + first in buttons[closed]
    assert all("Bài kín" not in page for page in pages.values())
    assert press(embedded.visitor(), lesson=closed).location.endswith(first)
    assert press(embedded.visitor(), lesson=second).location.endswith(second)
    assert press(embedded.visitor(), lesson="nonsense").status_code == 400


def test_where_nothing_is_open_it_says_so_and_makes_no_guest(embedded: Installation) -> None:
    publish(embedded)
    person = embedded.visitor()

    page = person.get(OPEN).text
    answer = person.post(OPEN, form_at=f"{HOME}/sign-in")

    assert "chưa có bài học nào mở" in page
    assert f"{HOME}/sign-in" in page
    assert answer.status_code == 404
    assert guests_in(embedded) == 0


def test_a_lesson_that_is_closed_again_is_gone_for_guests(embedded: Installation) -> None:
    version = open_lesson(embedded)
    guest, author = embedded.visitor(), embedded.person("author")
    press(guest)
    report = f"{HOME}/packages/{version}"

    author.post(f"{report}/open", form_at=f"{report}/report", data={"open": "no"})

    assert guest.get(f"{HOME}/lessons/{version}").status_code == 404
    log = embedded.person("auditor").get(f"{HOME}/audit").text
    assert "mở một bài học cho mọi người" in log
    assert "đóng một bài học đang mở cho mọi người" in log


def test_a_person_is_led_to_their_lessons(embedded: Installation) -> None:
    open_lesson(embedded)

    page = embedded.person("learner").get(OPEN).text

    assert "Bạn đã đăng nhập" in page
    assert "không cần tài khoản" not in page
