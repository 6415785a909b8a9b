"""Which requests take the short way at all, whoever does what they ask for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lrs.people.keeper import keeper_of
from storage.errors import DatabaseAway
from tests.parts.programs import AGENT, Partner, statement
from tests.parts.ways import known, takes_the_long_way, unknown

if TYPE_CHECKING:
    from tests.parts.installations import Installation

BODY = json.dumps(statement()).encode()


def test_a_key_that_is_known_takes_the_short_way(embedded: Installation) -> None:
    assert not takes_the_long_way(embedded, known(embedded), "POST", "/xapi/statements", BODY)
    assert takes_the_long_way(embedded, unknown(embedded), "POST", "/xapi/statements", BODY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REQUEST_METHOD", "PUT"),
        ("PATH_INFO", "/xapi/statements/"),
        ("HTTP_AUTHORIZATION", ""),
        ("HTTP_AUTHORIZATION", "Bearer abc"),
        ("HTTP_X_EXPERIENCE_API_VERSION", ""),
        ("HTTP_X_EXPERIENCE_API_VERSION", "3.1"),
    ],
)
def test_what_nobody_knows_takes_the_long_way(embedded: Installation, name: str, value: str) -> None:
    assert takes_the_long_way(embedded, known(embedded), "POST", "/xapi/statements", BODY, **{name: value})


@pytest.mark.parametrize("scope", ["statements/read", "profile", "state"])
def test_a_key_without_the_scope_takes_the_long_way(embedded: Installation, scope: str) -> None:
    assert takes_the_long_way(embedded, known(embedded, scope), "POST", "/xapi/statements", BODY)


def test_a_key_with_a_rate_takes_the_long_way(embedded: Installation) -> None:
    made = embedded.haidang("key", "create", "--space", "haiphong", "--scope", "all", "--rate", "2")
    program = Partner(embedded, made)

    assert [program.post(statement()).status_code for _ in range(3)] == [200, 200, 429]


def test_what_went_wrong_is_answered_once(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    program, tries = known(embedded), []

    def away(*_: object) -> None:
        tries.append(True)
        raise DatabaseAway("nobody knows")

    monkeypatch.setattr("storage.documents.find_at_once", away)

    answer = program.ask("GET", "/activities/state", activityId="http://example.org/a", agent=AGENT, stateId="page")

    assert (answer.status_code, len(tries)) == (503, 1)
    assert answer.headers["Retry-After"]


def test_a_key_that_is_used_is_noted(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    program, noted = known(embedded), []
    monkeypatch.setattr(keeper_of(embedded.app).uses, "note", lambda _space, key, _now: noted.append(key))

    program.post(statement())

    assert len(noted) == 1
