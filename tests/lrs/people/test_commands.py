"""`haidang account` and `haidang key`."""

from typing import Any

import pytest

from lrs.access import GUEST
from lrs.people import accounts
from lrs.people import credentials as people_credentials
from lrs.people.keeper import keeper_of
from storage import credentials
from tests.parts.installations import Installation
from tests.parts.programs import AGENT, Partner


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


def test_a_guest_is_in_no_list_and_gets_no_link(embedded: Installation) -> None:
    with embedded.services.database.write(1) as tx:
        guest = accounts.create(tx, GUEST).id

    assert embedded.haidang("account", "list", "--space", "haiphong")["accounts"] == []
    embedded.haidang("account", "link", "--space", "haiphong", "--account", str(guest), code=1)


@pytest.mark.parametrize("words", [(), ("--role", "mentor", "--account", "00000000-0000-0000-0000-000000000001")])
def test_a_link_is_for_a_role_or_for_an_account(embedded: Installation, words: tuple[str, ...]) -> None:
    embedded.haidang("account", "link", "--space", "haiphong", *words, code=2)


def test_a_key_comes_with_where_to_use_it(embedded: Installation) -> None:
    made = embedded.haidang("key", "create", "--space", "haiphong", "--scope", "all")

    assert made["endpoint"] == "http://127.0.0.1:8080/xapi"
    assert len(made["key"]) == 32
    assert len(made["secret"]) == 43


def test_a_key_for_packages_comes_with_where_to_send_them(embedded: Installation) -> None:
    made = embedded.haidang("key", "create", "--space", "haiphong", "--scope", "packages/write")

    assert made["packages"] == "http://127.0.0.1:8080/api/packages"
    assert "packages" not in embedded.key()


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


PAGE = "https://school.example"


def create(installation: Installation, *words: str, code: int = 0) -> dict[str, Any]:
    return installation.haidang("key", "create", "--space", "haiphong", *words, code=code)


def test_a_list_tells_what_each_key_is_for_and_when_it_was_used(installation: Installation) -> None:
    used = create(installation, "--scope", "state", "--scope", "define", "--days", "1", "--rate", "5")
    Partner(installation, used).get("/about")
    Partner(installation, used).get()
    keeper_of(installation.app).uses.write()
    create(installation, "--browser", "--origin", PAGE)

    first, second = installation.haidang("key", "list", "--space", "haiphong")["keys"]

    assert (first["key"], first["kind"], first["scopes"]) == (used["key"], "server", ["state", "define"])
    assert (first["rate"], first["origins"], first["revoked"], first["actor"]) == (5, [], None, None)
    assert first["made"] < first["expires"]
    assert first["last_used"] >= first["made"][:16]
    assert (second["kind"], second["origins"], second["rate"]) == ("browser", [PAGE], 600)
    assert (second["last_used"], second["expires"]) == (None, None)


def test_a_list_in_words_has_a_line_for_each_key(embedded: Installation) -> None:
    create(embedded, "--scope", "all", "--rate", "5")
    create(embedded, "--browser", "--origin", PAGE)

    with embedded.app.app_context():
        told = embedded.app.test_cli_runner().invoke(args=["key", "list", "--space", "haiphong"]).output

    server, browser = told.splitlines()
    assert "all" in server
    assert "last used never, a minute 5" in server
    assert f"for pages of {PAGE}" in browser


def test_launch_keys_are_listed_when_they_are_asked_for(embedded: Installation) -> None:
    with embedded.services.database.write(1) as tx:
        made = people_credentials.launch(tx, AGENT, None, (PAGE,))

    assert embedded.haidang("key", "list", "--space", "haiphong")["keys"] == []
    (listed,) = embedded.haidang("key", "list", "--space", "haiphong", "--launches")["keys"]
    assert (listed["key"], listed["actor"]) == (made.key, "mailto:an@example.org")


def test_a_browsers_key_comes_with_a_warning_and_a_servers_does_not(embedded: Installation) -> None:
    assert "anybody's name" in create(embedded, "--browser", "--origin", PAGE)["warning"]
    assert "warning" not in create(embedded, "--scope", "all")
    with embedded.app.app_context():
        words = ["key", "create", "--space", "haiphong", "--browser", "--origin", PAGE]
        assert "WARNING" in embedded.app.test_cli_runner().invoke(args=words).output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("--origin", PAGE), 2),
        (("--scope", "all", "--origin", PAGE), 2),
        (("--browser",), 2),
        (("--browser", "--origin", PAGE, "--scope", "all"), 2),
        (("--browser", "--origin", PAGE, "--scope", "packages/write"), 2),
        (("--browser", "--origin", f"{PAGE}/page"), 1),
        (("--browser", "--origin", "*"), 1),
        (("--scope", "all", "--rate", "0"), 2),
    ],
)
def test_a_key_that_makes_no_sense_is_not_made(embedded: Installation, words: tuple[str, ...], code: int) -> None:
    create(embedded, *words, code=code)

    assert embedded.haidang("key", "list", "--space", "haiphong")["keys"] == []


@pytest.mark.parametrize("words", [("account", "list"), ("key", "list"), ("package", "list")])
def test_an_unknown_space_is_said_in_one_line(embedded: Installation, words: tuple[str, ...]) -> None:
    told = embedded.haidang(*words, "--space", "nowhere", code=1)

    assert "there is no space called nowhere" in told["error"]
    assert len(told["error"].strip().splitlines()) == 1
