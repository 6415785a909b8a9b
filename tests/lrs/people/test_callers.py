"""Who is calling: the session of this space, or a key; never one space's on another's host."""

from base64 import b64encode

import pytest

from tests.parts.installations import Installation


def ask(installation: Installation, key: dict[str, str], host: str) -> int:
    word = b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
    answer = installation.visitor().get(
        "/xapi/statements",
        base=host,
        headers={"Authorization": f"Basic {word}", "Accept": "application/json"},
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
