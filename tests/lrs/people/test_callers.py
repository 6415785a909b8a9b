"""Who is calling: the session of this space, or a key; never one space's on another's host."""

from base64 import b64encode

import pytest

from lrs.people import credentials
from tests.parts.installations import Installation


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
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="xAPI"'
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
