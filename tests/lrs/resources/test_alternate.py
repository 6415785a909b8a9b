"""The alternate request syntax of 1.0.3: a POST whose form holds another request (Communication 1.3)."""

import json
from base64 import b64encode
from urllib.parse import urlencode

import pytest
from werkzeug.test import Client, TestResponse

from tests.parts.installations import Installation
from tests.parts.programs import BASE, V1, V2, statement

FORM = "application/x-www-form-urlencoded"


def send(
    installation: Installation, query: str, form: dict[str, str], method: str = "POST", kind: str = FORM
) -> TestResponse:
    key = installation.key()
    word = b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
    fields = {"Authorization": f"Basic {word}", "X-Experience-API-Version": V1} | form
    body = urlencode({name: value for name, value in fields.items() if value})
    return Client(installation.app).open(
        f"/xapi/statements?{query}",
        method=method,
        base_url=BASE,
        data=body,
        headers={"Content-Type": kind},
        buffered=True,
    )


def test_key_version_parameters_and_content_may_all_stand_in_the_form(embedded: Installation) -> None:
    said = statement()
    put = {"statementId": said["id"], "content": json.dumps(said), "Content-Type": "application/json"}

    assert send(embedded, "method=PUT", put).status_code == 204
    assert send(embedded, "method=GET", {"statementId": said["id"]}).status_code == 200


@pytest.mark.parametrize(
    ("query", "form", "method", "kind"),
    [
        ("method=GET&limit=1", {}, "POST", FORM),
        ("method=GET", {}, "PUT", FORM),
        ("method=NONSENSE", {}, "POST", FORM),
        ("method=GET", {}, "POST", "application/json"),
        ("method=GET", {"X-Experience-API-Version": V2}, "POST", FORM),
        ("method=GET", {"X-Experience-API-Version": ""}, "POST", FORM),
    ],
)
def test_what_breaks_its_rules_is_refused(
    embedded: Installation, query: str, form: dict[str, str], method: str, kind: str
) -> None:
    assert send(embedded, query, form, method, kind).status_code == 400


def test_a_wrong_key_in_the_form_is_refused(embedded: Installation) -> None:
    assert send(embedded, "method=GET", {"Authorization": "Basic bm9ib2R5Om5vdGhpbmc="}).status_code == 401
