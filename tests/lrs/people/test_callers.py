"""Who is calling: the session of this space, or a key; never one space's on another's host."""

from __future__ import annotations

from base64 import b64encode
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from lrs.people import credentials
from lrs.people.keeper import keeper_of
from storage import usage
from tests.parts.installations import Installation, make_installation
from tests.parts.programs import Partner, partner, statement

if TYPE_CHECKING:
    from collections.abc import Iterator


def ask(installation: Installation, key: dict[str, str], host: str) -> int:
    word = b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
    answer = installation.visitor().get(
        "/xapi/statements",
        base=host,
        headers={"Authorization": f"Basic {word}", "X-Experience-API-Version": "1.0.3"},
    )
    return answer.status_code


@pytest.fixture
def two(embedded: Installation) -> Installation:
    embedded.haidang("space", "add", "daklak")
    return embedded


def test_a_key_is_known_on_the_machine_on_the_app_and_on_its_space(two: Installation) -> None:
    key = two.key(space="haiphong")

    hosts = ("http://127.0.0.1:8080", two.public_url, "http://haiphong.lms.localhost:8080")
    assert [ask(two, key, host) for host in hosts] == [200, 200, 200]


def test_a_key_is_nobody_on_another_spaces_host(two: Installation) -> None:
    assert ask(two, two.key(space="haiphong"), "http://daklak.lms.localhost:8080") == 401


def test_a_person_may_be_somebody_in_two_spaces_on_one_host(two: Installation) -> None:
    author = two.person("author", "haiphong")
    link = two.haidang("account", "link", "--space", "daklak", "--role", "learner")["url"]
    path = link.removeprefix(two.public_url)
    author.post(path, form_at=path)

    assert author.get("/s/haiphong/packages/new").status_code == 200
    assert author.get("/s/daklak/").status_code == 200
    assert author.get("/s/daklak/packages/new").status_code == 403


def test_a_made_up_session_is_nobody(two: Installation) -> None:
    visitor = two.visitor()

    answer = visitor.get("/s/haiphong/", headers={"Cookie": "__Host-haidang-session-haiphong=made-up"})
    assert answer.status_code == 401


@pytest.mark.parametrize("kind", ["revoked", "expired", "wrong secret", "wrong key", "no key"])
def test_a_key_that_does_not_hold_is_told_how_to_come_back(two: Installation, kind: str) -> None:
    key = two.key()
    if kind == "revoked":
        two.haidang("key", "revoke", "--space", "haiphong", key["key"])
    elif kind == "expired":
        with two.services.database.write(1) as tx:
            made = credentials.create(tx, ("all",), days=0)
        key = {"key": made.key, "secret": made.secret}
    elif kind != "no key":
        key |= {"secret": "x" * 43} if kind == "wrong secret" else {"key": "0" * 32}

    auth = None if kind == "no key" else (key["key"], key["secret"])
    answer = two.visitor().client.get("/xapi/statements", base_url="http://127.0.0.1:8080", auth=auth)
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="Hai Dang"'
    assert key["secret"] not in answer.text


def test_a_key_without_the_scope_is_not_asked_for_another(two: Installation) -> None:
    key = two.key("define")

    answer = two.visitor().client.get(
        "/xapi/statements", base_url="http://127.0.0.1:8080", auth=(key["key"], key["secret"])
    )
    assert answer.status_code == 403
    assert "WWW-Authenticate" not in answer.headers


def test_a_session_is_no_key_and_a_key_is_no_session(two: Installation) -> None:
    person, key = two.person("owner"), two.key()

    assert person.get("/xapi/statements").status_code == 401
    word = b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
    assert two.visitor().get("/s/haiphong/", headers={"Authorization": f"Basic {word}"}).status_code == 401


# What a process remembers of keys


@contextmanager
def queries(installation: Installation) -> Iterator[list[str]]:
    """Write down what the database is asked."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, text: str, *_more: object) -> None:
        asked.append(text)

    engine = installation.services.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("host", ["http://127.0.0.1:8080", "http://haiphong.lms.localhost:8080"])
def test_a_known_key_costs_no_query(installation: Installation, host: str) -> None:
    key = installation.key("statements/write")

    with queries(installation) as asked:
        assert ask(installation, key, host) == 403  # known, and refused before anything is read
        assert asked != []  # control
        asked.clear()
        assert ask(installation, key, host) == 403
        assert asked == []


def test_a_wrong_key_and_a_wrong_secret_take_the_same_way_each_time(installation: Installation) -> None:
    key = installation.key()
    ask(installation, key, "http://127.0.0.1:8080")
    wrong = [key | {"key": "0" * 32}, key | {"secret": "x" * 43}] * 2

    ways = []
    for each in wrong:
        with queries(installation) as asked:
            assert ask(installation, each, "http://127.0.0.1:8080") == 401
            ways.append(asked)
    assert ways[0]
    assert ways == [ways[0]] * 4


def test_a_key_known_on_one_host_is_asked_about_again_on_another(two: Installation) -> None:
    key = two.key(space="haiphong")

    hosts = [two.public_url, "http://daklak.lms.localhost:8080", "http://haiphong.lms.localhost:8080"]
    assert [[ask(two, key, host) for _ in range(2)] for host in hosts] == [[200, 200], [401, 401], [200, 200]]


def test_a_revoked_key_stops_at_once_where_it_is_revoked(installation: Installation) -> None:
    key = installation.key()
    assert ask(installation, key, "http://127.0.0.1:8080") == 200

    installation.haidang("key", "revoke", "--space", "haiphong", key["key"])

    assert ask(installation, key, "http://127.0.0.1:8080") == 401


def test_a_known_key_ends_with_its_time(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    with embedded.services.database.write(1) as tx:
        made = credentials.create(tx, ("all",), days=1)
    key = {"key": made.key, "secret": made.secret}
    assert ask(embedded, key, "http://127.0.0.1:8080") == 200

    tomorrow = SimpleNamespace(now=lambda zone: datetime.now(zone) + timedelta(days=1))
    monkeypatch.setattr("lrs.people.known.datetime", tomorrow)
    monkeypatch.setattr("lrs.people.credentials.datetime", tomorrow)
    assert ask(embedded, key, "http://127.0.0.1:8080") == 401


def test_when_a_key_was_used_is_noted_and_one_that_does_not_hold_is_not(installation: Installation) -> None:
    program, unused = partner(installation), installation.key()
    before = datetime.now(UTC)
    program.get()
    ask(installation, unused | {"secret": "x" * 43}, "http://127.0.0.1:8080")

    keeper_of(installation.app).uses.write()

    with installation.services.database.read(1) as tx:
        (last,) = usage.last_uses(tx).values()
    assert before <= last <= datetime.now(UTC)


# How often a key may ask


def limited(installation: Installation, rate: int) -> Partner:
    made = installation.haidang(
        "key", "create", "--space", "haiphong", "--scope", "statements/write", "--rate", str(rate)
    )
    return Partner(installation, made)


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a minute not end while a test counts."""
    noon = SimpleNamespace(now=lambda zone: datetime(2126, 3, 2, 12, 0, 18, tzinfo=zone))
    monkeypatch.setattr("lrs.people.callers.datetime", noon)


@pytest.mark.usefixtures("noon")
def test_a_rate_holds_over_two_processes_together(installation: Installation) -> None:
    here, other = limited(installation, 7), make_installation(installation.environ)
    there = Partner(other, here.key)

    answers = [program.post(statement()) for _ in range(6) for program in (here, there)]
    other.services.database.dispose()

    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [429] * 5
    assert len(partner(installation).found()) == 7


@pytest.mark.usefixtures("noon")
def test_control_a_key_without_a_rate_asks_on(embedded: Installation) -> None:
    program = partner(embedded)

    assert {program.get().status_code for _ in range(20)} == {200}


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("language", "title"), [("en", "This key has asked too often"), ("vi", "Khóa này đã gửi quá nhiều yêu cầu")]
)
def test_who_asks_too_often_hears_when_to_come_back(embedded: Installation, language: str, title: str) -> None:
    program = limited(embedded, 1)
    program.post(statement())

    answer = program.ask("POST", "/statements", statement(), {"Accept-Language": language})

    assert (answer.status_code, answer.content_type) == (429, "application/problem+json")
    assert answer.headers["Retry-After"] == "42"
    assert answer.json is not None
    assert answer.json["title"] == title
