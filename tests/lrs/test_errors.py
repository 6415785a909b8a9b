"""What can go wrong says what happened and what to do, to a person and to a program, in both languages."""

from typing import Any

import pytest
from werkzeug.test import Client

from lrs import errors
from lrs.access import EVERYBODY, allow
from lrs.errors import Trouble
from wsgi import create_app

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Trouble)]
APP = "http://app.lms.localhost"


@pytest.fixture(scope="module")
def client() -> Client:
    app = create_app({})
    for kind in KINDS:

        def fail(kind: type[Trouble] = kind) -> str:
            raise kind("Chi tiết <b>")

        app.add_url_rule(f"/{kind.__name__}", kind.__name__, allow(EVERYBODY)(fail))
    return Client(app)


def problem(client: Client, kind: type[Trouble]) -> dict[str, Any]:
    answer = client.get(f"/{kind.__name__}", base_url=APP, headers={"Accept": "application/json"})
    assert answer.content_type == "application/problem+json"
    found: dict[str, Any] = answer.json or {}
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_trouble_says_what_it_is_and_what_to_do(kind: type[Trouble]) -> None:
    assert 400 <= kind.status < 600
    assert kind is Trouble or kind.title != Trouble.title
    assert kind is Trouble or kind.advice


@pytest.mark.parametrize("kind", KINDS)
def test_a_person_gets_a_page_that_says_what_to_do(client: Client, kind: type[Trouble]) -> None:
    answer = client.get(f"/{kind.__name__}", base_url=APP, headers={"Accept": "text/html", "Accept-Language": "en"})

    assert (answer.status_code, answer.mimetype) == (kind.status, "text/html")
    assert '<html lang="en">' in answer.text
    assert f"<h1>{kind.title}</h1>" in answer.text
    assert "Chi tiết &lt;b&gt;" in answer.text
    assert kind is Trouble or str(kind.advice) in answer.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_program_gets_problem_details(client: Client, kind: type[Trouble]) -> None:
    told = problem(client, kind)

    assert (told["status"], told["type"], told["detail"]) == (kind.status, "about:blank", "Chi tiết <b>")
    assert told["title"]
    assert len(told["request"]) == 32
    assert kind is Trouble or told["advice"]


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_say_it(client: Client, kind: type[Trouble]) -> None:
    said = [
        client.get(f"/{kind.__name__}", base_url=APP, headers={"Accept-Language": language}).text
        for language in ("", "vi", "en", "fr")
    ]

    heading = [page.partition("<h1>")[2].partition("</h1>")[0] for page in said]
    assert heading[0] == heading[1] == heading[3] != heading[2]


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_passes_by_itself_says_when_to_come_back(client: Client, kind: type[Trouble]) -> None:
    answer = client.get(f"/{kind.__name__}", base_url=APP)

    assert ("Retry-After" in answer.headers) == (kind in {errors.Away, errors.TooManyRequests})
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_an_absent_part_is_the_servers() -> None:
    assert {kind for kind in KINDS if kind.status >= 500} == {errors.Away, errors.NoRoom}
