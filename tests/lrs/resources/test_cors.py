"""Keys in browsers: who may read an answer across origins, and who may not."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.test import Client

from lrs.people import credentials
from lrs.resources import cors
from lrs.resources.cors import Origins
from tests.parts.programs import AGENT, BASE, V1, V2, Partner, statement

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation

PAGE = "https://school.example"
ELSEWHERE = "https://elsewhere.example"


def browsers(installation: Installation, *origins: str, version: str = V1) -> Partner:
    words = [word for origin in origins or (PAGE,) for word in ("--origin", origin)]
    made = installation.haidang("key", "create", "--space", "haiphong", "--browser", *words)
    return Partner(installation, made, version)


def servers(installation: Installation) -> Partner:
    return Partner(installation, installation.key())


def permissions(answer: TestResponse) -> dict[str, str]:
    return {name: value for name, value in answer.headers if name.startswith("Access-Control-")}


def ask_first(installation: Installation, origin: str = PAGE, **headers: str) -> TestResponse:
    said = {"Origin": origin, "Access-Control-Request-Method": "POST"} | headers
    return Client(installation.app).options("/xapi/statements", base_url=BASE, headers=said)


@pytest.mark.parametrize("version", [V1, V2])
def test_a_page_that_a_key_was_made_for_writes_and_reads_the_answer(installation: Installation, version: str) -> None:
    answer = browsers(installation, ELSEWHERE, PAGE, version=version).post(statement(), headers={"Origin": PAGE})

    assert answer.status_code == 200
    assert permissions(answer) == {
        "Access-Control-Allow-Origin": PAGE,
        "Access-Control-Expose-Headers": cors.EXPOSED,
    }
    assert "Origin" in answer.vary


def test_a_page_may_read_why_it_was_refused_too(embedded: Installation) -> None:
    key = browsers(embedded)

    for answer, status in (
        (key.post("nonsense", headers={"Origin": PAGE}), 400),
        (key.ask("GET", "/statements", headers={"Origin": PAGE}), 403),
    ):
        assert answer.status_code == status
        assert permissions(answer)["Access-Control-Allow-Origin"] == PAGE


def test_another_page_is_refused_before_anything_is_kept(embedded: Installation) -> None:
    key, said = browsers(embedded), statement()

    answer = key.post(said, headers={"Origin": ELSEWHERE})

    assert answer.status_code == 403
    assert permissions(answer) == {}
    assert servers(embedded).found() == []
    assert key.post(said).status_code == 200  # a program sends what it likes, or nothing


def test_a_servers_key_gets_no_permission_wherever_it_is_used(embedded: Installation) -> None:
    browsers(embedded)

    answer = servers(embedded).post(statement(), headers={"Origin": PAGE})

    assert answer.status_code == 200
    assert permissions(answer) == {}
    assert "Origin" in answer.vary


@pytest.mark.parametrize("key", [{"secret": "x" * 43}, {"key": "0" * 32}])
def test_a_key_that_does_not_hold_gets_no_permission(embedded: Installation, key: dict[str, str]) -> None:
    wrong = browsers(embedded)
    wrong.key |= key

    answer = wrong.post(statement(), headers={"Origin": PAGE})
    assert answer.status_code == 401
    assert permissions(answer) == {}


def test_a_browser_may_ask_first_for_pages_that_any_key_was_made_for(installation: Installation) -> None:
    assert permissions(ask_first(installation, ELSEWHERE)) == {}
    browsers(installation)

    deadline = time.monotonic() + 5
    while (answer := ask_first(installation)).status_code != 204:
        assert time.monotonic() < deadline

    found = permissions(answer)
    assert found["Access-Control-Allow-Origin"] == PAGE
    assert "POST" in found["Access-Control-Allow-Methods"]
    assert {"Authorization", "X-Experience-API-Version"} <= {*found["Access-Control-Allow-Headers"].split(", ")}
    assert int(found["Access-Control-Max-Age"]) > 0
    assert "Access-Control-Allow-Credentials" not in found
    assert "Origin" in answer.vary
    assert permissions(ask_first(installation, ELSEWHERE)) == {}


def test_only_the_record_is_open_to_other_origins(embedded: Installation) -> None:
    browsers(embedded)
    headers = {"Origin": PAGE, "Access-Control-Request-Method": "POST"}

    for path in ("/s/haiphong/", "/xapi-not", "/", "/healthz"):
        answer = Client(embedded.app).options(path, base_url=embedded.public_url, headers=headers)
        assert permissions(answer) == {}


def test_what_is_no_question_of_a_browser_is_answered_as_ever(embedded: Installation) -> None:
    browsers(embedded)

    for headers in ({}, {"Origin": PAGE}, {"Access-Control-Request-Method": "POST"}):
        answer = Client(embedded.app).options("/xapi/statements", base_url=BASE, headers=headers)
        assert answer.status_code == 401
        assert permissions(answer) == {}


@dataclass
class Keys:
    """What keys were made for, how often that was read, and what time it is."""

    origins: list[str] = field(default_factory=lambda: [f'["{PAGE}"]', f'["{PAGE}", "https://b"]'])
    read: int = 0
    now: float = 0.0

    def known(self) -> Origins:
        """Give the memory of one process."""
        return Origins(self._read, lambda: self.now)

    def _read(self) -> list[str]:
        self.read += 1
        return self.origins


def test_pages_and_strangers_who_ask_cost_no_query_each() -> None:
    keys = Keys()
    known = keys.known()

    assert [each in known for each in (PAGE, "https://b", ELSEWHERE, "", '["')] == [True, True, False, False, False]
    assert keys.read == 1


def test_a_page_whose_key_was_just_made_need_not_wait() -> None:
    keys = Keys()
    known = keys.known()
    assert ELSEWHERE not in known

    keys.origins.append(f'["{ELSEWHERE}"]')
    keys.now += cors.RESTS
    assert ELSEWHERE in known
    assert keys.read == 2


def test_an_origin_without_a_key_is_forgotten_within_seconds() -> None:
    keys = Keys()
    known = keys.known()
    assert PAGE in known

    keys.origins.clear()
    keys.now += cors.LASTS - 0.1
    assert PAGE in known
    keys.now += 0.1
    assert PAGE not in known


def test_a_page_is_told_too_that_it_asks_too_often(embedded: Installation) -> None:
    made = embedded.haidang("key", "create", "--space", "haiphong", "--browser", "--origin", PAGE, "--rate", "1")
    key = Partner(embedded, made)

    answers = [key.post(statement(), headers={"Origin": PAGE}) for _ in range(4)]

    refused = next(answer for answer in answers if answer.status_code == 429)
    assert permissions(refused)["Access-Control-Allow-Origin"] == PAGE
    assert "Retry-After" in permissions(refused)["Access-Control-Expose-Headers"]


def test_the_older_way_across_origins_works_under_the_same_rules(embedded: Installation) -> None:
    key, said = browsers(embedded), statement()
    word = key.ask("GET", "/about").request.headers["Authorization"]
    form = {"Authorization": word, "X-Experience-API-Version": V1, "statementId": said["id"]}
    form |= {"Content-Type": "application/json", "content": json.dumps(said)}

    def send(origin: str) -> TestResponse:
        return Client(embedded.app).post(
            "/xapi/statements?method=PUT", base_url=BASE, data=form, headers={"Origin": origin}
        )

    assert send(ELSEWHERE).status_code == 403
    answer = send(PAGE)
    assert answer.status_code == 204, answer.text
    assert permissions(answer)["Access-Control-Allow-Origin"] == PAGE


def test_a_launch_key_works_for_the_page_it_was_made_for(installation: Installation) -> None:
    with installation.services.database.write(1) as tx:
        made = credentials.launch(tx, AGENT, None, (PAGE,))
    launched = Partner(installation, {"key": made.key, "secret": made.secret})
    place: dict[str, Any] = {"activityId": "http://example.org/a", "agent": AGENT, "stateId": "s"}

    put = launched.ask("PUT", "/activities/state", "{}", {"Origin": PAGE, "If-None-Match": "*"}, **place)
    back = launched.ask("GET", "/activities/state", headers={"Origin": PAGE}, **place)

    assert (put.status_code, back.status_code) == (204, 200), put.text
    assert "ETag" in permissions(back)["Access-Control-Expose-Headers"]
    assert launched.ask("GET", "/activities/state", headers={"Origin": ELSEWHERE}, **place).status_code == 403
