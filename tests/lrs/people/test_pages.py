"""The pages that let people in and out."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from lrs.people import accounts
from storage import people
from tests.parts.installations import Installation, Person


def link(installation: Installation, role: str = "learner") -> str:
    told = installation.haidang("account", "link", "--space", "haiphong", "--role", role)
    return str(told["url"]).removeprefix(installation.public_url)


def test_the_first_page_says_how_to_come_in(embedded: Installation) -> None:
    page = embedded.visitor().get("/")

    assert page.status_code == 200
    assert "hãy mở liên kết bạn đã nhận" in page.text


def test_a_link_shows_a_button_and_burns_nothing(embedded: Installation) -> None:
    path = link(embedded)

    for _ in range(10):
        page = embedded.visitor().get(path)
        assert page.status_code == 200
        assert "Vào học" in page.text

    assert embedded.visitor().post(path, form_at=path).status_code == 303


def test_of_twenty_who_press_the_button_at_once_one_comes_in(installation: Installation) -> None:
    path = link(installation)
    crowd = [installation.visitor() for _ in range(20)]
    words = [person.csrf(path) for person in crowd]
    line = Barrier(len(crowd))

    def press(person: Person, word: str) -> int:
        line.wait()
        return person.post(path, data={"csrf": word}).status_code

    with ThreadPoolExecutor(len(crowd)) as threads:
        statuses = Counter(threads.map(press, crowd, words))
    inside = [person.get("/s/haiphong/").status_code for person in crowd]
    assert statuses == {303: 1, 410: 19}
    assert sorted(inside) == [200] + [401] * 19


def test_whoever_presses_twice_comes_in(installation: Installation) -> None:
    path = link(installation)
    visitor = installation.visitor()
    word = visitor.csrf(path)

    statuses = [visitor.post(path, data={"csrf": word}).status_code for _ in range(2)]

    assert statuses == [303, 303]
    assert visitor.get("/s/haiphong/").status_code == 200


def test_a_moment_later_a_press_is_another_one(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    path = link(embedded)
    visitor = embedded.visitor()
    word = visitor.csrf(path)
    monkeypatch.setattr(accounts, "AGAIN", timedelta(seconds=-1))

    statuses = [visitor.post(path, data={"csrf": word}).status_code for _ in range(2)]

    assert statuses == [303, 410]


def test_a_press_from_elsewhere_burns_nothing(embedded: Installation) -> None:
    path = link(embedded)
    visitor = embedded.visitor()
    word = visitor.csrf(path)

    refused = visitor.post(path, data={"csrf": word}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert visitor.post(path, data={"csrf": word}).status_code == 303


def test_a_refused_link_offers_no_way_that_leads_nowhere(embedded: Installation) -> None:
    path = link(embedded)
    inside = embedded.visitor()
    inside.post(path, form_at=path)

    assert "Về trang đầu" not in embedded.visitor().get(path).text
    assert "Về trang đầu" in inside.get(path).text


def test_the_button_signs_in_with_a_cookie_that_a_lesson_cannot_reach(embedded: Installation) -> None:
    path = link(embedded)

    answer = embedded.visitor().post(path, form_at=path)

    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if "session" in value)
    assert cookie.startswith("__Host-haidang-session-haiphong=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.parametrize("kind", ["used", "expired", "unknown"])
def test_a_link_that_no_longer_works_says_what_to_do(embedded: Installation, kind: str) -> None:
    visitor, path = embedded.visitor(), link(embedded)
    csrf = visitor.csrf(path)
    if kind == "used":
        embedded.visitor().post(path, form_at=path)
    elif kind == "expired":
        path = expired(embedded)
    else:
        path = "/s/haiphong/link/khong-ai-tao-ra-tu-nay"

    for answer in (visitor.get(path), visitor.post(path, data={"csrf": csrf})):
        assert answer.status_code == 410
        assert "Liên kết này không còn dùng được" in answer.text
        assert "xin liên kết mới" in answer.text
        assert "session" not in answer.headers.get("Set-Cookie", "")
    english = visitor.get(path, headers={"Accept-Language": "en-GB,en;q=0.8"})
    assert "Ask the person who gave it to you for a new one." in english.text


def expired(installation: Installation) -> str:
    space = 1
    with installation.services.database.write(space) as tx:
        account = people.first_account(tx, "learner")
        assert account is not None
        return f"/s/haiphong/link/{accounts.make_link(tx, account, timedelta(seconds=-1))}"


def signed_out(person: Person) -> None:
    answer = person.post("/s/haiphong/sign-out", form_at="/s/haiphong/")

    assert answer.status_code == 200
    assert "Bạn đã đăng xuất" in answer.text
    assert '"cache"' in answer.headers["Clear-Site-Data"]


def test_signing_out_ends_the_session_on_the_server_too(embedded: Installation) -> None:
    person = embedded.person("learner")
    cookie = person.client.get_cookie("__Host-haidang-session-haiphong", "app.lms.localhost")
    assert cookie is not None

    signed_out(person)

    assert person.get("/s/haiphong/").status_code == 401
    stolen = {"Cookie": f"__Host-haidang-session-haiphong={cookie.value}"}
    assert embedded.visitor().get("/s/haiphong/", headers=stolen).status_code == 401


def test_on_a_spaces_own_host_its_name_is_left_out(embedded: Installation) -> None:
    path = link(embedded).removeprefix("/s/haiphong")
    base = "http://haiphong.lms.localhost:8080"
    visitor = embedded.visitor()

    page = visitor.get(path, base=base)
    assert f'action="{path}"' in page.text

    answer = visitor.client.post(
        path,
        base_url=base,
        data={"csrf": page.text.split('name="csrf" value="')[1].split('"')[0]},
        headers=visitor.headers,
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert visitor.get("/", base=base).status_code == 200


def test_where_nothing_is_somebody_is_still_in_their_space_and_finds_back(embedded: Installation) -> None:
    person, stranger = embedded.person("learner"), embedded.visitor()

    inside, outside = (each.get("/s/haiphong/bai-hoc-cu") for each in (person, stranger))

    assert inside.status_code == outside.status_code == 404
    assert 'class="button" href="/s/haiphong/"' in inside.text
    assert "Đăng xuất" in inside.text
    assert "Đăng xuất" not in outside.text
    for page in (inside, outside):
        assert "<span>Hải Phòng</span>" in page.text
    assert person.get("/bai-hoc-cu", base="http://haiphong.lms.localhost:8080").status_code == 404
    assert person.get("/s/nowhere/x").status_code == 404
    assert person.post("/s/haiphong/me/nothing").status_code == 404
