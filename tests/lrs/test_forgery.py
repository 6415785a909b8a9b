"""What changes state comes from our own page, in this very browser, and from nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from lrs.access import EVERYBODY, PROGRAM, allow
from tests.parts.installations import Installation, Person, environment, make_installation

ORIGIN = "http://app.lms.localhost:8080"
SIGN_OUT = "/s/haiphong/sign-out"
START = "/s/haiphong/"

OWN = {"Sec-Fetch-Site": "same-origin"}
OLD = {"Sec-Fetch-Site": ""}  # a browser that does not know the header


@dataclass
class Browser:
    """Somebody who is signed in, and the word of their page's form."""

    person: Person
    word: str

    def sign_out(self, headers: dict[str, str], word: str | None = None) -> TestResponse:
        """Send the form for signing out."""
        return self.person.post(SIGN_OUT, data={"csrf": self.word if word is None else word}, headers=headers)

    @property
    def signed_in(self) -> bool:
        """Ask the server."""
        return self.person.get(START).status_code == 200


@pytest.fixture(scope="module")
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Make an installation with a view that changes something in whichever way it is asked, for people and for programs."""
    for environ in environment(request, "embedded", tmp_path_factory.mktemp("forgery")):
        made = make_installation(environ)
        made.haidang("space", "add", "haiphong")
        methods = ["PUT", "PATCH", "DELETE", "POST"]
        for_people = allow(EVERYBODY)(lambda: "changed")
        made.app.add_url_rule("/change", "change", for_people, methods=methods)
        for_programs = allow(PROGRAM, scopes=("state",))(lambda: "changed")
        made.app.add_url_rule("/xapi/change", "xapi_change", for_programs, methods=methods)
        yield made
        made.services.database.dispose()


@pytest.fixture
def browser(installed: Installation) -> Browser:
    person = installed.person("learner")
    return Browser(person, person.csrf(START))


@pytest.mark.parametrize(
    "headers",
    [
        OWN,
        {"Sec-Fetch-Site": "none"},
        OLD | {"Origin": ORIGIN},
        OWN | {"Origin": "http://evil.example"},  # where both are said, the browser's own word counts
    ],
)
def test_our_own_form_is_taken(browser: Browser, headers: dict[str, str]) -> None:
    assert browser.sign_out(headers).status_code == 200
    assert not browser.signed_in


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-site"},  # a lesson on a sibling host
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": ORIGIN},
        {"Sec-Fetch-Site": "Same-Origin"},
        {"Sec-Fetch-Site": "same-origin, cross-site"},
        OLD,
        OLD | {"Origin": "null"},
        OLD | {"Origin": "http://evil.example"},
        OLD | {"Origin": f"http://c-{'0' * 32}.lms.localhost:8080"},
        OLD | {"Origin": "http://haiphong.lms.localhost:8080"},
        OLD | {"Origin": "https://app.lms.localhost:8080"},
        OLD | {"Origin": "http://app.lms.localhost"},
        OLD | {"Origin": f"{ORIGIN}.evil.example"},
        OLD | {"Referer": f"{ORIGIN}/s/haiphong/"},
    ],
)
def test_a_form_from_elsewhere_is_refused_even_with_the_right_word(browser: Browser, headers: dict[str, str]) -> None:
    assert browser.sign_out(headers).status_code == 403
    assert browser.signed_in


@pytest.mark.parametrize("word", ["", "0" * 64, "không-phải", "ế" * 64])
def test_a_form_without_the_right_word_is_refused(browser: Browser, word: str) -> None:
    assert browser.sign_out(OWN, word).status_code == 403
    assert browser.signed_in


def test_a_form_with_the_word_of_another_browser_is_refused(browser: Browser, installed: Installation) -> None:
    other = installed.person("learner").csrf(START)

    assert other != browser.word
    assert browser.sign_out(OWN, other).status_code == 403
    assert browser.signed_in


def test_a_form_without_the_cookie_it_was_made_for_is_refused(browser: Browser) -> None:
    browser.person.client.delete_cookie("__Host-haidang-form", domain="app.lms.localhost")

    assert browser.sign_out(OWN).status_code == 403


def test_a_cookie_that_a_lesson_tossed_changes_nothing(browser: Browser) -> None:
    tossed = {f"{name}haidang-form": "tossed" for name in ("", "__Secure-", "__host-")}
    for name, value in tossed.items():
        browser.person.client.set_cookie(name, value, domain="lms.localhost", origin_only=False)

    assert browser.person.csrf(START) == browser.word
    assert browser.sign_out(OWN).status_code == 200


def test_a_script_of_ours_says_the_word_in_a_header(browser: Browser) -> None:
    said = browser.person.post(SIGN_OUT, headers={"X-CSRF-Token": browser.word})

    assert said.status_code == 200


def test_the_word_is_worth_nothing_in_another_installation(embedded: Installation) -> None:
    person = embedded.person("learner")
    browser = Browser(person, person.csrf(START))
    cookie = person.client.get_cookie("__Host-haidang-form", domain="app.lms.localhost")
    assert cookie is not None
    assert cookie.value not in browser.word

    embedded.services.keys.__dict__["_secret"] = bytes(32)
    assert browser.sign_out(OWN).status_code == 403


def test_a_refused_form_says_what_to_do(browser: Browser) -> None:
    vietnamese = browser.sign_out(OWN, "")
    english = browser.sign_out(OWN | {"Accept-Language": "en"}, "")

    assert "Chưa có gì thay đổi. Hãy mở lại trang và gửi từ trang đó." in vietnamese.text
    assert "Nothing was changed. Open the page again and send the form from there." in english.text


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_needs_no_word(browser: Browser, method: str) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {}, {"Sec-Fetch-Site": "same-site"}):
        read = browser.person.client.open(START, method=method, base_url=ORIGIN, headers=headers)
        assert read.status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
def test_every_other_method_does(browser: Browser, method: str) -> None:
    client = browser.person.client
    word = {"X-CSRF-Token": browser.word}

    assert client.open("/change", method=method, base_url=ORIGIN, headers=OWN).status_code == 403
    assert client.open("/change", method=method, base_url=ORIGIN, headers=OWN | word).text == "changed"


def test_a_program_needs_none_for_no_cookie_of_its_is_read(installed: Installation) -> None:
    made = installed.key("state")
    person = installed.person("administrator")

    def put(**options: object) -> int:
        headers = {"Sec-Fetch-Site": "cross-site", "X-Experience-API-Version": "1.0.3"}
        return person.client.put("/xapi/change", base_url=ORIGIN, headers=headers, **options).status_code

    assert put(auth=(made["key"], made["secret"])) == 200
    assert put() == 401
