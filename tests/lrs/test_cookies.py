"""Our cookies are __Host- cookies, which a sibling can neither read nor toss, and no other is read."""

from collections.abc import Iterator

import pytest
from flask import Flask, Response

from lrs import cookies
from tests.parts.installations import Installation, environment, make_installation

START = "/s/haiphong/"


@pytest.fixture(scope="module")
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    for environ in environment(request, "embedded", tmp_path_factory.mktemp("cookies")):
        made = make_installation(environ)
        made.haidang("space", "add", "haiphong")
        yield made
        made.services.database.dispose()


def attributes(header: str) -> dict[str, str]:
    """Read what a Set-Cookie header says beside the name and the value."""
    parts = [part.strip().partition("=") for part in header.split(";")[1:]]
    return {name.lower(): value for name, _, value in parts}


def set_by(response: Response) -> str:
    (header,) = response.headers.getlist("Set-Cookie")
    return header


@pytest.fixture(scope="module")
def entered(installed: Installation) -> list[str]:
    """Enter by a link; give back the cookies that were set on the way."""
    told = installed.haidang("account", "link", "--space", "haiphong", "--role", "learner")
    path = told["url"].removeprefix(installed.public_url)
    visitor = installed.visitor()
    form = visitor.get(path)
    word = form.text.partition('name="csrf" value="')[2].partition('"')[0]
    inside = visitor.post(path, data={"csrf": word})
    return [*form.headers.getlist("Set-Cookie"), *inside.headers.getlist("Set-Cookie")]


def test_each_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts(entered: list[str]) -> None:
    names = [header.partition("=")[0] for header in entered]

    assert names == ["__Host-haidang-form", "__Host-haidang-session-haiphong", "__Host-haidang-device"]
    for header in entered:
        said = attributes(header)
        assert {"secure", "httponly", "path", "samesite"} <= set(said)
        assert (said["path"], said["samesite"]) == ("/", "Lax")
        assert "domain" not in said


def test_a_session_lasts_two_weeks_a_device_a_year_and_a_forms_word_as_long_as_the_browser(entered: list[str]) -> None:
    form, session, device = map(attributes, entered)

    assert "max-age" not in form
    assert session["max-age"] == str(14 * 24 * 3600)
    assert device["max-age"] == str(365 * 24 * 3600)


def test_a_cookie_is_taken_back_as_it_was_given() -> None:
    with Flask("test").test_request_context():
        response = Response()
        cookies.drop(response, "session-haiphong")

    said = attributes(set_by(response))
    assert set_by(response).startswith("__Host-haidang-session-haiphong=;")
    assert {"secure", "httponly"} <= set(said)
    assert (said["max-age"], said["path"], said["samesite"]) == ("0", "/", "Lax")


@pytest.mark.parametrize(
    "name",
    [
        "session-haiphong",
        "haidang-session-haiphong",
        "__Secure-haidang-session-haiphong",
        "__host-haidang-session-haiphong",
        "__Host-haidang-session-daklak",
        "__Host-haidang-session-",
        "__Host-haidang-session-haiphon",
    ],
)
def test_only_our_own_cookie_signs_somebody_in(installed: Installation, name: str) -> None:
    person = installed.person("learner")
    cookie = person.client.get_cookie("__Host-haidang-session-haiphong", domain="app.lms.localhost")
    assert cookie is not None
    visitor = installed.visitor()
    visitor.client._cookies = None

    right = visitor.get(START, headers={"Cookie": f"{name}=x; __Host-haidang-session-haiphong={cookie.value}"})
    wrong = visitor.get(START, headers={"Cookie": f"{name}={cookie.value}"})
    assert (right.status_code, wrong.status_code) == (200, 401)


@pytest.mark.parametrize("value", ["", "x" * 4000, "\xff\xfe", '"quoted\\"', "a=b", "a b", "\t"])
def test_a_cookie_that_is_none_of_ours_signs_nobody_in(installed: Installation, value: str) -> None:
    visitor = installed.visitor()
    visitor.client._cookies = None

    for name in ("session-haiphong", "form"):
        answer = visitor.get(START, headers={"Cookie": f"__Host-haidang-{name}={value}"})
        assert answer.status_code == 401


def test_a_value_comes_back_as_it_was_written() -> None:
    app = Flask("test")
    with app.test_request_context():
        response = Response()
        cookies.write(response, "word", "một-từ")
    written = set_by(response).split(";", 1)[0]

    with app.test_request_context(headers={"Cookie": f"word=tossed; haidang-word=tossed; {written}"}):
        assert cookies.read("word") == "một-từ"
        assert cookies.read("another") == ""
