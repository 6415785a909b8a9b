"""Keys that a process has just verified."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from lrs.access import Caller, Key
from lrs.people import known
from lrs.people.known import KnownKeys

KEY, SECRET = "0" * 32, "s" * 43
PROGRAM = Caller(space_id=1, credential_id=uuid4(), scopes=frozenset({"all"}))


class Clock:
    """A clock that stands until it is moved on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(clock: Clock) -> KnownKeys:
    made = KnownKeys(clock)
    made.remember(KEY, SECRET, "haiphong", PROGRAM)
    return made


def test_a_verified_key_is_known_for_seconds(keys: KnownKeys, clock: Clock) -> None:
    assert keys.recall(KEY, SECRET, "haiphong") == PROGRAM

    clock.now += known.LASTS - 0.1
    assert keys.recall(KEY, SECRET, "haiphong") == PROGRAM
    clock.now += 0.1
    assert keys.recall(KEY, SECRET, "haiphong") is None


@pytest.mark.parametrize(
    ("key", "secret", "home"),
    [
        (KEY, "x" * 43, "haiphong"),
        (KEY, "", "haiphong"),
        ("1" * 32, SECRET, "haiphong"),
        (KEY, SECRET, "daklak"),
        (KEY, SECRET, ""),
    ],
)
def test_nothing_else_is_known(keys: KnownKeys, key: str, secret: str, home: str) -> None:
    assert keys.recall(key, secret, home) is None


def test_no_part_runs_into_another(keys: KnownKeys) -> None:
    assert keys.recall(KEY, f"haiphong{SECRET}", "") is None
    assert keys.recall(KEY, "\ud800", "") is None


def test_the_end_of_a_keys_time_is_looked_at_each_time(keys: KnownKeys) -> None:
    for hours, holds in ((1, True), (-1, False)):
        program = replace(PROGRAM, key=Key(expires=datetime.now(UTC) + timedelta(hours=hours)))
        keys.remember(KEY, SECRET, "", program)

        assert (keys.recall(KEY, SECRET) is not None) == holds


def test_a_forgotten_key_is_unknown_on_every_host_and_another_is_not(keys: KnownKeys) -> None:
    keys.remember(KEY, SECRET, "", PROGRAM)
    keys.remember("1" * 32, SECRET, "", PROGRAM)

    keys.forget(KEY)

    assert keys.recall(KEY, SECRET, "haiphong") is keys.recall(KEY, SECRET) is None
    assert keys.recall("1" * 32, SECRET) == PROGRAM


def test_a_slow_request_does_not_bring_a_forgotten_key_back(keys: KnownKeys, clock: Clock) -> None:
    keys.forget(KEY)
    keys.remember(KEY, SECRET, "", PROGRAM)

    assert keys.recall(KEY, SECRET) is None
    clock.now += known.LASTS
    keys.forget("1" * 32)
    keys.remember(KEY, SECRET, "", PROGRAM)
    assert keys.recall(KEY, SECRET) == PROGRAM


def test_the_memory_is_bounded_and_lets_go_of_the_oldest(keys: KnownKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "MOST", 3)

    for number in range(1, 4):
        keys.remember(str(number) * 32, SECRET, "", PROGRAM)

    assert keys.recall(KEY, SECRET, "haiphong") is None
    assert all(keys.recall(str(number) * 32, SECRET) for number in range(1, 4))


def test_the_memory_holds_no_secret_and_no_plain_hash_of_one(keys: KnownKeys, clock: Clock) -> None:
    other = KnownKeys(clock)
    other.remember(KEY, SECRET, "haiphong", PROGRAM)

    assert SECRET.encode() not in pickle.dumps(keys._entries)
    assert keys._entries.keys().isdisjoint(other._entries)
