"""Coming in to the platform by its page, and going out again."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from lrs.platform import entry

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

COOKIE = "__Host-haidang-platform"


def link(installation: Installation) -> str:
    return str(installation.haidang("platform", "link")["url"]).removeprefix(installation.public_url)


def test_opening_a_link_shows_a_button_and_burns_nothing(embedded: Installation) -> None:
    path = link(embedded)

    for _ in range(10):
        page = embedded.visitor().get(path)
        assert page.status_code == 200
        assert "Vào nền tảng" in page.text
        assert not any("platform" in cookie for cookie in page.headers.getlist("Set-Cookie"))

    assert embedded.visitor().post(path, form_at=path).status_code == 303


def test_of_twenty_who_press_the_button_at_once_one_comes_in(installation: Installation) -> None:
    path = link(installation)
    crowd = [installation.visitor() for _ in range(20)]
    words = [person.csrf(path) for person in crowd]
    at_once = Barrier(len(crowd))

    def press(person: Person, word: str) -> int:
        at_once.wait()
        return person.post(path, data={"csrf": word}).status_code

    with ThreadPoolExecutor(len(crowd)) as threads:
        statuses = Counter(threads.map(press, crowd, words))
    inside = [person.get("/platform").status_code for person in crowd]
    assert statuses == {303: 1, 410: 19}
    assert sorted(inside) == [200] + [401] * 19


@pytest.mark.parametrize("kind", ["used", "expired", "unknown"])
def test_a_link_that_no_longer_works_says_what_to_do(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    visitor, path = embedded.visitor(), link(embedded)
    csrf = visitor.csrf(path)
    if kind == "used":
        embedded.visitor().post(path, form_at=path)
    elif kind == "expired":
        monkeypatch.setattr(entry, "LINK_LASTS", timedelta(seconds=-1))
        path = link(embedded)
    else:
        path = "/platform/link/khong-ai-tao-ra-tu-nay"

    for answer in (visitor.get(path), visitor.post(path, data={"csrf": csrf})):
        assert answer.status_code == 410
        assert "Liên kết này không còn dùng được" in answer.text
        assert "platform" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize(
    ("headers", "word"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Sec-Fetch-Site": "", "Origin": "http://haiphong.lms.localhost:8080"}, True),
        ({}, False),
    ],
)
def test_a_press_from_elsewhere_burns_nothing(embedded: Installation, headers: dict[str, str], word: bool) -> None:  # noqa: FBT001
    path = link(embedded)
    visitor = embedded.visitor()
    csrf = visitor.csrf(path)

    refused = visitor.post(path, data={"csrf": csrf if word else "0" * 64}, headers=headers)

    assert refused.status_code == 403
    assert visitor.post(path, data={"csrf": csrf}).status_code == 303  # control


def test_the_cookie_is_for_this_host_alone_and_for_no_page_of_others(embedded: Installation) -> None:
    path = link(embedded)

    answer = embedded.visitor().post(path, form_at=path)

    (cookie,) = [value for value in answer.headers.getlist("Set-Cookie") if "platform" in value]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_signing_out_ends_the_session_on_the_server_too(embedded: Installation) -> None:
    person = embedded.above()
    cookie = person.client.get_cookie(COOKIE, "app.lms.localhost")
    assert cookie is not None

    answer = person.post("/platform/sign-out", form_at="/platform/spaces/new")

    assert answer.status_code == 200
    assert "Bạn đã đăng xuất" in answer.text
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    stolen = {"Cookie": f"{COOKIE}={cookie.value}"}
    assert embedded.visitor().get("/platform", headers=stolen).status_code == 401
