"""The alternate request syntax, which 1.0.3 has and 2.0 has not (Communication 1.3)."""

import json
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.test import Client, TestResponse

from tests.conformance.requirements import NOWHERE, requirement
from tests.parts.installations import Installation
from tests.parts.programs import AGENT, BASE, V1, V2, statement

FORM = "application/x-www-form-urlencoded"
STATE = {"activityId": "http://example.org/a", "agent": json.dumps(AGENT), "stateId": "s"}
HEADER = "X-Experience-API-Version"


class Browser:
    """An old browser, which can send forms and nothing else."""

    def __init__(self, installation: Installation) -> None:
        key = installation.key()
        self.installation = installation
        self.word = b64encode(f"{key['key']}:{key['secret']}".encode()).decode()

    def send(
        self,
        path: str,
        form: dict[str, Any],
        *,
        method: str = "POST",
        kind: str = FORM,
        headers: dict[str, str] | None = None,
    ) -> TestResponse:
        """Send a form with key and version, unless they are said to be empty."""
        fields = {"Authorization": f"Basic {self.word}", HEADER: V1} | form
        return Client(self.installation.app).open(
            f"/xapi{path}",
            method=method,
            base_url=BASE,
            data=urlencode({name: value for name, value in fields.items() if value != ""}),
            headers={"Content-Type": kind} | (headers or {}),
            buffered=True,
        )


@pytest.fixture
def browser(shared: Installation) -> Browser:
    """Give a browser with a key."""
    return Browser(shared)


@requirement("Communication 1.3", NOWHERE)
def test_everything_a_request_has_may_stand_in_the_form(browser: Browser) -> None:
    made = statement()
    content = {"content": json.dumps(made, ensure_ascii=False), "Content-Type": "application/json"}
    put = browser.send("/statements?method=PUT", content | {"statementId": made["id"]})
    posted = browser.send("/statements?method=POST", content)
    got = browser.send("/statements?method=GET", {"statementId": made["id"]})

    assert put.status_code == 204, put.text
    assert posted.json == [made["id"]]
    assert got.json is not None
    assert got.json["verb"] == made["verb"]
    assert got.headers[HEADER] == V1


@requirement("Communication 1.3", NOWHERE)
def test_headers_may_stand_where_headers_stand(browser: Browser) -> None:
    headers = {"Authorization": f"Basic {browser.word}", HEADER: V1}

    assert browser.send("/statements?method=GET", {"Authorization": "", HEADER: ""}, headers=headers).status_code == 200


@requirement("Communication 1.3", NOWHERE)
def test_names_of_headers_know_no_case(browser: Browser) -> None:
    form = {"Authorization": "", "authorization": f"Basic {browser.word}", HEADER: "", HEADER.lower(): V1}

    assert browser.send("/statements?method=GET", form).status_code == 200


@requirement("Communication 1.3", NOWHERE)
def test_documents_and_their_preconditions_go_through_forms(browser: Browser) -> None:
    content = {"content": '{"a":"ả"}', "Content-Type": "application/json"}
    first = browser.send("/activities/state?method=PUT", STATE | content | {"If-None-Match": "*"})
    second = browser.send("/activities/state?method=PUT", STATE | content | {"If-None-Match": "*"})
    read = browser.send("/activities/state?method=GET", STATE)
    third = browser.send("/activities/state?method=PUT", STATE | content | {"If-Match": read.headers["ETag"]})
    gone = browser.send("/activities/state?method=DELETE", STATE)

    assert [answer.status_code for answer in (first, second, third, gone)] == [204, 412, 204, 204]
    assert read.json == {"a": "ả"}
    assert browser.send("/activities/state?method=HEAD", STATE).status_code == 404


@requirement("Communication 1.3", NOWHERE)
@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("/statements?method=GET&limit=1", {}),
        ("/statements?method=GET", {"method": "PUT"}),
        ("/statements?method=GET", {"method": "DELETE"}),
        ("/statements?method=PATCH", {}),
        ("/statements?method=", {}),
        ("/statements?method=GET", {"kind": "application/json"}),
        ("/statements?method=GET", {"kind": "multipart/form-data; boundary=b"}),
    ],
    ids=[
        "more in the address",
        "PUT instead of POST",
        "DELETE instead of POST",
        "no such method",
        "no method",
        "JSON",
        "multipart",
    ],
)
def test_what_breaks_its_rules_is_refused(browser: Browser, path: str, options: dict[str, Any]) -> None:
    broken = browser.send(path, {}, **options).status_code
    kept = browser.send("/statements?method=GET", {"limit": "1"}).status_code

    assert (broken, kept) == (400, 200)


@requirement("Communication 1.3", NOWHERE)
@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"mood": "good"}, 400),
        ({"limit": "-1"}, 400),
        ({"agent": json.dumps(AGENT), "verb": "x:y"}, 200),
        ({"Authorization": ""}, 401),
        ({"Authorization": "Basic bm9ib2R5Om5vdGhpbmc="}, 401),
        ({HEADER: ""}, 400),
        ({HEADER: "0.95"}, 400),
    ],
    ids=["an unknown parameter", "a wrong one", "right ones", "no key", "a wrong key", "no version", "an old version"],
)
def test_a_form_is_held_to_what_its_request_is_held_to(browser: Browser, form: dict[str, Any], status: int) -> None:
    assert browser.send("/statements?method=GET", form).status_code == status


@requirement("Communication 1.3", NOWHERE)
@pytest.mark.parametrize("content", [{}, {"content": "{"}, {"content": "[]"}, {"Content": "{}"}], ids=str)
def test_without_content_that_is_a_statement_nothing_is_put(browser: Browser, content: dict[str, str]) -> None:
    form = {"statementId": statement()["id"], "Content-Type": "application/json"} | content

    assert browser.send("/statements?method=PUT", form).status_code == 400


@requirement("Communication 1.3", NOWHERE)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
@pytest.mark.parametrize("where", ["form", "header"])
def test_2_0_has_no_alternate_syntax(browser: Browser, method: str, where: str) -> None:
    made = statement()
    form = {"content": json.dumps(made), "Content-Type": "application/json", HEADER: V2 if where == "form" else ""}
    form |= {"statementId": made["id"]} if method != "POST" else {}
    answer = browser.send(f"/statements?method={method}", form, headers={HEADER: V2})

    assert 400 <= answer.status_code < 500
    assert browser.send("/statements?method=GET", {"statementId": made["id"]}).status_code == 404
