"""What guests and those who have been guests press: keep, take home, leave, "yes, that was me"."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from lrs.people import limits
from lrs.people.limits import Limit
from storage import people
from tests.lrs.people.coming import (
    CLAIM,
    CODE,
    HOME,
    answer,
    get_code,
    guest_who_learns,
    let_people_register,
    number_of,
    open_lesson,
    press,
    register,
    sign_in,
    state,
    type_code,
)
from tests.lrs.people.test_entry_pages import settled
from tests.parts.lessons import launch, play, publish

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person


@pytest.fixture
def version(installation: Installation) -> str:
    """Publish an open lesson."""
    return open_lesson(installation)


def test_who_signs_in_on_the_device_of_a_guest_is_asked_and_yes_joins(installation: Installation, version: str) -> None:
    settled(installation)
    person, playing = guest_who_learns(installation, version, "completed")

    came = sign_in(person, "HP-7")
    question = person.get(came.location)
    assert came.location.startswith(CLAIM)
    assert "Trên máy này có phần học chưa có tên: 1 bài." in question.text
    assert state(person, version) == "new"
    joined = answer(person, "yes")
    installation.follow()  # what the guest did is followed after the claim

    assert joined.location == f"{HOME}/"
    assert state(person, version) == "completed"
    assert launch(person, version).registration == playing.registration
    assert person.get(CLAIM).status_code == 303  # nothing is left to ask
    elsewhere = installation.visitor()
    sign_in(elsewhere, "HP-7")
    assert state(elsewhere, version) == "completed"


def test_no_leaves_the_guest_where_they_were(installation: Installation, version: str) -> None:
    settled(installation)
    person, playing = guest_who_learns(installation, version)

    sign_in(person, "HP-7")
    answer(person, "no")
    own = launch(person, version).registration
    person.post(f"{HOME}/sign-out", form_at=f"{HOME}/me")

    assert own != playing.registration
    assert launch(person, version).registration == playing.registration


def test_looking_at_the_question_or_sending_half_of_it_joins_nothing(embedded: Installation) -> None:
    version = open_lesson(embedded)
    settled(embedded)
    person, playing = guest_who_learns(embedded, version)
    sign_in(person, "HP-7")

    person.get(f"{CLAIM}?answer=yes")
    assert answer(person, "").status_code == 400
    assert person.post(CLAIM, data={"answer": "yes"}).status_code == 403  # a form from elsewhere

    assert launch(person, version).registration != playing.registration


def test_a_guest_is_named_by_no_form_and_no_address(embedded: Installation) -> None:
    """Whoever knows the id of somebody else's guest has gained nothing by it."""
    version = open_lesson(embedded)
    settled(embedded)
    _, theirs = guest_who_learns(embedded, version, "completed")
    with embedded.services.database.read(1) as tx:
        guest = next(row.id for row in people.list_accounts(tx, guests=True) if row.role == "guest")
    person, _ = guest_who_learns(embedded, version)
    sign_in(person, "HP-7")

    answer(person, "yes", guest=str(guest), account=str(guest), guest_id=str(guest))

    assert person.post(CLAIM, form_at=f"{HOME}/me", data={"answer": "yes", "guest": str(guest)}).status_code == 409
    assert launch(person, version).registration != theirs.registration


def test_yes_pressed_twice_joins_once_and_goes_on_as_after_one_press(installation: Installation, version: str) -> None:
    settled(installation)
    person, _ = guest_who_learns(installation, version)
    sign_in(person, "HP-7")
    data = {"answer": "yes", "csrf": person.csrf(CLAIM), "go": f"{HOME}/me"}
    twins = [installation.visitor() for _ in range(4)]
    for twin in twins:
        twin.client._cookies = {**person.client._cookies}  # type: ignore[dict-item]

    with ThreadPoolExecutor(4) as crowd:
        answers = [*crowd.map(lambda twin: twin.post(CLAIM, data=data), twins)]

    assert {(each.status_code, each.location) for each in answers} == {(303, f"{HOME}/me")}
    stranger = installation.person("learner")
    guest = _cookies(person)["__Host-haidang-guest-haiphong"]
    stranger.client.set_cookie("__Host-haidang-guest-haiphong", guest, domain="app.lms.localhost", secure=True)
    assert stranger.post(CLAIM, form_at=f"{HOME}/me", data={"answer": "yes"}).status_code == 409


def test_both_attempts_stay_and_the_better_one_is_continued(installation: Installation, version: str) -> None:
    settled(installation)
    person, theirs = guest_who_learns(installation, version, "completed")
    other = installation.visitor()
    sign_in(other, "HP-7")
    own = play(other, version)
    own.commit(1, {"cmi.core.lesson_location": "3"})

    assert launch(other, version).registration == own.registration
    sign_in(person, "HP-7")
    answer(person, "yes")

    assert launch(other, version).registration == theirs.registration
    assert own.commit(2, {"cmi.core.lesson_location": "4"}).json == {"receipt": 2}
    token = other.post(f"{HOME}/attempts/{own.registration}/token", headers={"X-CSRF-Token": other.csrf(f"{HOME}/me")})
    assert token.status_code == 200


def test_what_the_device_still_keeps_of_the_guest_is_taken_after_the_claim(embedded: Installation) -> None:
    version = open_lesson(embedded)
    settled(embedded)
    person, playing = guest_who_learns(embedded, version)
    sign_in(person, "HP-7")
    answer(person, "yes")

    stranger = embedded.person("learner")
    statuses = [
        who.post(
            f"{HOME}/attempts/{playing.registration}/token", headers={"X-CSRF-Token": who.csrf(f"{HOME}/me")}
        ).status_code
        for who in (person, stranger)
    ]

    assert statuses == [200, 404]


def test_a_code_takes_the_learning_to_another_device_and_the_kiosk_forgets_it(
    installation: Installation, version: str
) -> None:
    kiosk, playing = guest_who_learns(installation, version)
    code = get_code(kiosk)

    left = kiosk.post(f"{HOME}/leave", form_at=f"{HOME}/leave")
    assert left.location == f"{HOME}/open?left=1"
    assert "Đã thoát" in kiosk.get(left.location).text
    assert kiosk.get(f"{HOME}/lessons/{version}").status_code == 401

    home = installation.visitor()
    assert type_code(home, code).location == f"{HOME}/"
    assert launch(home, version).registration == playing.registration
    assert type_code(installation.visitor(), code).status_code == 422


def test_a_code_pressed_twice_goes_on_though_the_first_answer_was_lost(embedded: Installation) -> None:
    version = open_lesson(embedded)
    kiosk, playing = guest_who_learns(embedded, version)
    home, stranger = embedded.visitor(), embedded.visitor()
    data = {"code": get_code(kiosk), "csrf": home.csrf(CODE)}
    before = {**home.client._cookies}  # type: ignore[dict-item]

    assert home.post(CODE, data=data).status_code == 303
    home.client._cookies = before
    assert home.post(CODE, data=data).status_code == 303

    assert launch(home, version).registration == playing.registration
    assert type_code(stranger, data["code"]).status_code == 422  # control: another browser has not pressed


def test_a_picture_fills_the_code_in_and_looking_uses_nothing_up(embedded: Installation) -> None:
    kiosk, _ = guest_who_learns(embedded, open_lesson(embedded))
    code = get_code(kiosk).replace(" ", "")
    home = embedded.visitor()

    for _ in range(3):
        assert f'value="{code}"' in home.get(f"{CODE}?c={code}").text

    assert type_code(home, code).status_code == 303


def test_who_is_signed_in_and_types_a_code_is_asked(embedded: Installation) -> None:
    version = open_lesson(embedded)
    kiosk, playing = guest_who_learns(embedded, version)
    person = embedded.person("learner")

    assert type_code(person, get_code(kiosk)).location == CLAIM
    answer(person, "yes")

    assert launch(person, version).registration == playing.registration
    assert kiosk.get(f"{HOME}/").status_code == 401


def test_a_code_is_refused_where_another_guest_has_learnt(embedded: Installation) -> None:
    version = open_lesson(embedded)
    kiosk, _ = guest_who_learns(embedded, version)
    phone, own = guest_who_learns(embedded, version)

    refused = type_code(phone, get_code(kiosk))

    assert refused.status_code == 409
    assert "mã vẫn còn dùng được" in refused.text
    assert launch(phone, version).registration == own.registration


def test_codes_are_not_guessed_one_after_another(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk, _ = guest_who_learns(embedded, open_lesson(embedded))
    code, guesser = get_code(kiosk), embedded.visitor()
    monkeypatch.setattr(limits, "CODES", Limit("code", device=3, address=9, space=5))

    tried = [type_code(guesser, f"{n:010}") for n in range(4)]
    assert [each.status_code for each in tried] == [422, 422, 422, 429]
    assert 0 < int(tried[-1].headers["Retry-After"]) <= 3600
    assert type_code(guesser, code).status_code == 429  # not even the right one
    others = [type_code(embedded.visitor(), f"{n:010}").status_code for n in range(4)]
    assert others == [422, 422, 429, 429]


def test_who_registers_on_the_device_of_a_guest_keeps_the_learning(installation: Installation, version: str) -> None:
    let_people_register(installation)
    person, playing = guest_who_learns(installation, version, "completed")
    keep = person.get(f"{HOME}/keep")
    assert f'href="{HOME}/register"' in keep.text

    came = register(person)
    go = re.search(r'name="go" value="([^"]+)"', person.get(came.location).text)
    assert go is not None
    joined = answer(person, "yes", go=go[1])
    installation.follow()

    assert joined.location == f"{HOME}/me?first=1"
    assert number_of(person) in person.get(joined.location).text
    assert launch(person, version).registration == playing.registration
    assert state(person, version) == "completed"


def test_a_guest_without_a_lesson_is_not_asked_about(embedded: Installation) -> None:
    open_lesson(embedded)
    settled(embedded)
    person = embedded.visitor()
    press(person)

    came = sign_in(person, "HP-7")

    assert person.get(came.location).location == f"{HOME}/"


def test_the_kiosk_asks_who_comes_next_and_begins_anew_for_them(embedded: Installation) -> None:
    version = open_lesson(embedded)
    kiosk, playing = guest_who_learns(embedded, version)

    page = kiosk.get(f"{HOME}/open").text
    assert "Đúng, học tiếp" in page
    assert "Học ngay, không cần tài khoản" not in page
    assert "1 bài" in kiosk.get(f"{HOME}/leave").text
    kiosk.post(f"{HOME}/leave", form_at=f"{HOME}/leave")
    press(kiosk)

    assert play(kiosk, version).registration != playing.registration


@pytest.mark.parametrize("page", ["people", "me", "packages/new", "keys", "audit", "units", "claim", "people/new"])
def test_to_pages_for_people_a_guest_is_nobody_yet(embedded: Installation, page: str) -> None:
    guest, _ = guest_who_learns(embedded, open_lesson(embedded))

    refused = guest.get(f"{HOME}/{page}")

    assert refused.status_code == 401
    assert "/sign-in" in refused.text


def test_a_guest_is_nobody_whom_a_keeper_could_look_up_or_make_something(embedded: Installation) -> None:
    guest_who_learns(embedded, open_lesson(embedded))
    with embedded.services.database.read(1) as tx:
        guest = next(row.id for row in people.list_accounts(tx, guests=True) if row.role == "guest")
    boss = embedded.person("owner")
    word = {"csrf": boss.csrf(f"{HOME}/me")}

    for deed, data in (("", {"name": "Ai Đó"}), ("/role", {"role": "owner"}), ("/close", {}), ("/slip", {})):
        assert boss.post(f"{HOME}/people/{guest}{deed}", data=word | data).status_code == 404
    assert boss.get(f"{HOME}/people/{guest}").status_code == 404
    assert boss.get(f"{HOME}/people?role=guest").status_code == 400


def test_nobody_is_made_a_guest_by_a_role(embedded: Installation) -> None:
    boss = embedded.person("owner")
    made = embedded.haidang("account", "add", "--space", "haiphong", "--role", "learner")["account"]
    where = f"{HOME}/people/{made}"

    assert boss.post(f"{where}/role", form_at=where, data={"role": "guest"}).status_code == 400
    assert boss.post(f"{HOME}/people", form_at=where, data={"name": "Ai", "role": "guest"}).status_code == 403


def test_lessons_that_are_not_open_are_not_there_for_guests(embedded: Installation) -> None:
    opened, closed = open_lesson(embedded), publish(embedded)
    guest, _ = guest_who_learns(embedded, opened)
    word = {"X-CSRF-Token": guest.csrf(f"{HOME}/leave")}

    for path in (f"lessons/{closed}", f"lessons/{closed}/state"):
        assert guest.get(f"{HOME}/{path}").status_code == 404
    assert guest.post(f"{HOME}/lessons/{closed}/launch", headers=word).status_code == 404
    assert guest.get(f"{HOME}/").text.count('class="lesson ') == 1
    assert guest.post(f"{HOME}/lessons/{opened}/launch", headers=word).status_code == 200  # control


@pytest.mark.parametrize("cookie", ["guest", "session"])
def test_a_session_under_the_other_ones_cookie_is_nobodys(embedded: Installation, cookie: str) -> None:
    guest, _ = guest_who_learns(embedded, open_lesson(embedded))
    person, visitor = embedded.person("administrator"), embedded.visitor()
    words = {"session": _cookies(guest)["__Host-haidang-guest-haiphong"]}
    words["guest"] = _cookies(person)["__Host-haidang-session-haiphong"]

    name = f"__Host-haidang-{cookie}-haiphong"
    visitor.client.set_cookie(name, words[cookie], domain="app.lms.localhost", secure=True)

    assert visitor.get(f"{HOME}/").status_code == 401
    assert (guest.get(f"{HOME}/").status_code, person.get(f"{HOME}/").status_code) == (200, 200)  # control


def _cookies(person: Person) -> dict[str, str]:
    return {cookie.key: cookie.value for cookie in person.client._cookies.values()}  # type: ignore[union-attr]


def test_a_person_and_a_guest_on_one_device_do_not_take_each_others_cookie(embedded: Installation) -> None:
    settled(embedded)
    person, _ = guest_who_learns(embedded, open_lesson(embedded))
    before = _cookies(person)["__Host-haidang-guest-haiphong"]

    sign_in(person, "HP-7")

    after = _cookies(person)
    assert after["__Host-haidang-guest-haiphong"] == before
    assert "__Host-haidang-session-haiphong" in after
