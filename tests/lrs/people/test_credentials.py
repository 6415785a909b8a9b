"""Keys for other programs: shown once, kept as a hash, held to their scopes and their time."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from lrs.access import Caller
from lrs.people import credentials
from lrs.people.credentials import SCOPES, NewKey, NoOrigin, TooLong, UnknownScope
from storage import credentials as rows
from storage.credentials import CredentialRow
from tests.parts.databases import Ground


def made(ground: Ground, space: int, *scopes: str, days: int | None = None) -> NewKey:
    with ground.app.write(space) as tx:
        return credentials.create(tx, scopes or ("all",), days)


def known(ground: Ground, key: str, secret: str) -> Caller | None:
    """Look a program up as a request does: before any space is set."""
    with ground.app.read() as tx:
        return credentials.caller_of(tx, key, secret)


def kept(ground: Ground, space: int) -> list[CredentialRow]:
    with ground.app.read(space) as tx:
        return rows.listed(tx)


def test_a_key_selects_its_space_and_says_what_it_may(ground: Ground) -> None:
    spaces = ground.space("haiphong"), ground.space("daklak")
    keys = [made(ground, space, "state", "define") for space in spaces]

    for space, key in zip(spaces, keys, strict=True):
        caller = known(ground, key.key, key.secret)
        assert caller is not None
        assert (caller.space_id, caller.credential_id) == (space, key.id)
        assert caller.scopes == {"state", "define"}
        assert (caller.role, caller.account_id) == (None, None)


def test_only_the_hash_of_a_secret_is_kept(ground: Ground) -> None:
    space = ground.space()
    key = made(ground, space)

    (row,) = kept(ground, space)
    assert key.secret not in repr(row)
    assert key.secret.encode() not in row.secret_hash
    assert len(row.secret_hash) == 32


def test_keys_are_as_long_as_they_should_be_and_never_the_same(ground: Ground) -> None:
    space = ground.space()
    keys = [made(ground, space) for _ in range(20)]

    assert len({key.key for key in keys} | {key.secret for key in keys}) == 40
    assert all(credentials.is_key(key.key) and len(key.secret) == 43 for key in keys)


def test_a_wrong_key_or_secret_is_nobody(ground: Ground) -> None:
    space = ground.space()
    one, other = made(ground, space), made(ground, space)

    assert known(ground, one.key, one.secret) is not None
    for key, secret in (
        (one.key, other.secret),
        (one.key, one.secret[:-1]),
        (one.key, ""),
        (one.key.upper(), one.secret),
        (one.secret, one.key),
        ("0" * 32, one.secret),
    ):
        assert known(ground, key, secret) is None


def test_a_revoked_key_is_nobody(ground: Ground) -> None:
    space = ground.space()
    key, other = made(ground, space), made(ground, space)

    with ground.app.write(space) as tx:
        assert rows.revoke(tx, key.key, datetime.now(UTC))

    assert known(ground, key.key, key.secret) is None
    assert known(ground, other.key, other.secret) is not None


def test_a_key_holds_until_it_expires(ground: Ground) -> None:
    space = ground.space()

    for days, holds in ((None, True), (1, True), (0, False), (-1, False)):
        key = made(ground, space, days=days)
        assert (known(ground, key.key, key.secret) is not None) == holds
        assert (key.expires is None) == (days is None)
        if key.expires is not None and days is not None:
            assert abs(key.expires - datetime.now(UTC) - timedelta(days=days)) < timedelta(minutes=1)


def test_another_space_can_neither_see_nor_revoke_a_key(ground: Ground) -> None:
    space, other = ground.space("haiphong"), ground.space("daklak")
    key = made(ground, space)

    with ground.app.write(other) as tx:
        assert not rows.revoke(tx, key.key, datetime.now(UTC))
    assert kept(ground, other) == []
    assert known(ground, key.key, key.secret) is not None


def test_a_scope_that_there_is_not_is_refused(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        for scope in ("", "everything", "ALL", "statements", "all/write", "packages"):
            with pytest.raises(UnknownScope):
                credentials.create(tx, ("all", scope))


def test_the_scopes_are_those_of_xapi_and_one_for_packages_that_no_browser_gets() -> None:
    assert [kind for kind, may in credentials.MAY.items() if "packages/write" in may] == ["server"]
    assert set(SCOPES) - {"packages/write"} == {
        *("statements/write", "statements/read", "statements/read/mine"),
        *("state", "profile", "define", "all/read", "all"),
    }


@pytest.mark.parametrize(
    "text", ["", "0" * 31, "0" * 33, "g" * 32, "A" * 32, "0" * 31 + "\0", "0" * 32 + "\n", "' or 1=1 --"]
)
def test_what_has_not_the_form_of_a_key_is_not_looked_up(text: str) -> None:
    assert not credentials.is_key(text)


# Keys in browsers

PAGE = "https://school.example"
AN = {"objectType": "Agent", "mbox": "mailto:an@EXAMPLE.org", "name": "An"}


def test_a_browsers_key_writes_statements_for_its_pages_and_nothing_else(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        key = credentials.create_for_browsers(tx, (PAGE, "HTTPS://B.example:443", PAGE), 30)

    caller = known(ground, key.key, key.secret)
    assert caller is not None
    assert caller.scopes == {"statements/write"}
    assert caller.key.origins == frozenset({PAGE, "https://b.example"})
    assert (caller.key.rate, caller.key.actor, caller.key.registration) == (600, None, None)
    assert key.expires is not None


def test_a_launch_key_is_bound_to_its_actor_and_ends_within_hours(ground: Ground) -> None:
    registration = uuid4()
    with ground.app.write(ground.space()) as tx:
        key = credentials.launch(tx, AN, registration, (PAGE,))

    caller = known(ground, key.key, key.secret)
    assert caller is not None
    assert caller.scopes == {"statements/write", "statements/read/mine", "state", "profile"}
    assert (caller.key.actor, caller.key.registration) == ("mailto:an@example.org", registration)
    assert caller.key.expires is not None
    assert timedelta(hours=3) < caller.key.expires - datetime.now(UTC) <= timedelta(hours=4)


@pytest.mark.parametrize("hours", [0, -1, 5])
def test_a_launch_key_does_not_outlive_its_launch(ground: Ground, hours: int) -> None:
    with ground.app.write(ground.space()) as tx, pytest.raises(TooLong):
        credentials.launch(tx, AN, None, (PAGE,), hours)


def test_a_launch_is_of_somebody(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx, pytest.raises(ValueError, match="nobody"):
        credentials.launch(tx, {"objectType": "Group", "member": [AN]}, None, (PAGE,))


def test_a_key_for_no_page_is_refused(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        with pytest.raises(NoOrigin):
            credentials.create_for_browsers(tx, ())
        with pytest.raises(NoOrigin):
            credentials.launch(tx, AN, None, ())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://school.example", "https://school.example"),
        ("HTTPS://School.Example", "https://school.example"),
        ("https://school.example:443", "https://school.example"),
        ("http://school.example:80", "http://school.example"),
        ("http://school.example:443", "http://school.example:443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(text: str, written: str) -> None:
    assert credentials.origin(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*",
        "null",
        "school.example",
        "https://",
        "https://a/",
        "https://a/b",
        "https://*.a",
        "https://u@a",
        "ftp://a",
    ],
)
def test_what_no_browser_would_send_is_no_origin(text: str) -> None:
    with pytest.raises(NoOrigin):
        credentials.origin(text)
