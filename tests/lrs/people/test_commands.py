"""`haidang space`, `account` and `key`."""

import pytest

from storage import credentials
from tests.parts.installations import Installation


def test_a_space_is_made_and_listed(embedded: Installation) -> None:
    told = embedded.haidang("space", "add", "daklak", "--name", "Đắk Lắk", "--language", "vi")

    assert told == {"space": "daklak", "url": "http://app.lms.localhost:8080/s/daklak/"}
    listed = embedded.haidang("space", "list")["spaces"]
    assert listed[0] == {"space": "daklak", "name": "Đắk Lắk", "accounts": 0, "versions": 0, "statements": 0}


@pytest.mark.parametrize("slug", ["app", "c-1", "Hải Phòng", "a_b", "a-", "a.b", "", "x" * 64])
def test_a_space_that_no_host_can_be_called_is_refused(embedded: Installation, slug: str) -> None:
    assert "error" in embedded.haidang("space", "add", slug, code=1)


def test_a_space_is_made_once(embedded: Installation) -> None:
    told = embedded.haidang("space", "add", "haiphong", code=1)

    assert "already" in told["error"]


def test_each_link_for_a_role_is_for_a_new_account(embedded: Installation) -> None:
    first, second = (
        embedded.haidang("account", "link", "--space", "haiphong", "--role", "administrator") for _ in range(2)
    )

    assert first["url"] != second["url"]
    assert first["account"] != second["account"]


def test_a_link_can_be_made_for_an_account_that_is_there(embedded: Installation) -> None:
    account = embedded.haidang("account", "add", "--space", "haiphong", "--role", "mentor")["account"]

    told = embedded.haidang("account", "link", "--space", "haiphong", "--account", account)

    assert (told["account"], told["role"]) == (account, "mentor")
    assert embedded.haidang("account", "list", "--space", "haiphong")["accounts"][0]["account"] == account


@pytest.mark.parametrize("words", [(), ("--role", "mentor", "--account", "00000000-0000-0000-0000-000000000001")])
def test_a_link_is_for_a_role_or_for_an_account(embedded: Installation, words: tuple[str, ...]) -> None:
    embedded.haidang("account", "link", "--space", "haiphong", *words, code=2)


def test_a_key_comes_with_where_to_use_it(embedded: Installation) -> None:
    made = embedded.haidang("key", "create", "--space", "haiphong", "--scope", "all")

    assert made["endpoint"] == "http://127.0.0.1:8080/xapi"
    assert len(made["key"]) == 32
    assert len(made["secret"]) == 43


def test_a_listed_key_shows_no_secret(embedded: Installation) -> None:
    made = embedded.key()

    listed = embedded.haidang("key", "list", "--space", "haiphong")

    assert listed["keys"][0]["key"] == made["key"]
    assert made["secret"] not in str(listed)


def test_a_key_is_taken_back_once(embedded: Installation) -> None:
    made = embedded.key()

    embedded.haidang("key", "revoke", "--space", "haiphong", made["key"])

    embedded.haidang("key", "revoke", "--space", "haiphong", made["key"], code=1)
    with embedded.services.database.read(1) as tx:
        assert credentials.listed(tx)[0].revoked is not None


@pytest.mark.parametrize("words", [("account", "list"), ("key", "list"), ("package", "list")])
def test_an_unknown_space_is_said_in_one_line(embedded: Installation, words: tuple[str, ...]) -> None:
    told = embedded.haidang(*words, "--space", "nowhere", code=1)

    assert "there is no space called nowhere" in told["error"]
    assert len(told["error"].strip().splitlines()) == 1
