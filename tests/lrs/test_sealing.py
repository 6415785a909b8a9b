"""Nobody reads an identity, or compares an identifier, without the key; who has one does."""

from __future__ import annotations

import stat
from collections import Counter
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lrs import sealing
from lrs.keys import SecretMissing
from lrs.sealing import KeyRing, NotOurs

if TYPE_CHECKING:
    from pathlib import Path

HOA = '{"name": "Nguyễn Thị Hoà", "email": "hoa@example.org", "phone": "+84912345678"}'.encode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a file of keys."""
    made = tmp_path / "keys" / "identity.keys"
    assert sealing.make(made)
    return made


@pytest.fixture
def ring(path: Path) -> KeyRing:
    """Give the keys."""
    return KeyRing(path)


def test_keys_are_made_once_for_their_owner_alone(path: Path) -> None:
    before = path.read_text()

    assert not sealing.make(path)
    assert path.read_text() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_sealed_opens_again_and_shows_nothing(ring: KeyRing) -> None:
    account = uuid4()
    key_id, sealed = ring.seal(1, account, HOA)

    assert ring.open(1, account, key_id, sealed) == HOA
    assert not any(part.encode() in sealed for part in ("Nguy", "hoa", "example", "8491"))
    assert ring.seal(1, account, HOA)[1] != sealed  # equal people look different


def test_it_opens_for_its_own_account_alone(ring: KeyRing, tmp_path: Path) -> None:
    account = uuid4()
    key_id, sealed = ring.seal(1, account, HOA)
    sealing.make(tmp_path / "other")

    for by, space, whose, key, text in (
        (ring, 2, account, key_id, sealed),
        (ring, 1, uuid4(), key_id, sealed),
        (ring, 1, account, key_id + 1, sealed),
        (ring, 1, account, key_id, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (ring, 1, account, key_id, b""),
        (KeyRing(tmp_path / "other"), 1, account, key_id, sealed),
    ):
        with pytest.raises(NotOurs):
            by.open(space, whose, key, text)


def test_an_index_is_the_same_each_time_and_of_one_space_and_kind_alone(ring: KeyRing) -> None:
    blind = ring.blind(1, "email", "hoa@example.org")

    assert KeyRing(ring.path).blind(1, "email", "hoa@example.org") == blind
    others = [ring.blind(2, "email", "hoa@example.org"), ring.blind(1, "phone", "hoa@example.org")]
    assert blind not in others
    assert others[0] != others[1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=some.lists(some.tuples(some.text(min_size=1), some.text(min_size=1)), min_size=200, max_size=200, unique=True)
)
def test_indexes_are_in_no_order(ring: KeyRing, pairs: list[tuple[str, str]]) -> None:
    """Whoever guesses from two indexes which value comes first is right as often as a coin."""
    apart = [(one, other) for one, other in pairs if one != other]
    right = sum(
        (ring.blind(1, "staff_code", one) < ring.blind(1, "staff_code", other)) == (one < other) for one, other in apart
    )

    assert 0.2 * len(apart) <= right <= 0.8 * len(apart)
    assert Counter(one < other for one, other in apart)  # control: the values themselves do have an order


def test_a_new_key_seals_and_the_old_one_still_opens(ring: KeyRing, path: Path) -> None:
    account = uuid4()
    old_id, sealed = ring.seal(1, account, HOA)
    old = ring.blind(1, "email", "hoa@example.org")

    new = sealing.add(path)

    assert ring.newest == new
    assert ring.open(1, account, old_id, sealed) == HOA
    assert ring.seal(1, account, HOA)[0] == new.id != old_id
    assert ring.blinds(1, "email", "hoa@example.org") == [ring.blind(1, "email", "hoa@example.org"), old]
    assert len(set(ring.fingerprints)) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "1", "1 00ff", "1 " + "zz" * 32, f"1 {'0f' * 32}\n1 {'0e' * 32}", "ä"])
def test_a_file_that_is_no_ring_says_so(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")

    with pytest.raises(SecretMissing, match=r"identity\.keys"):
        _ = KeyRing(path).newest


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SecretMissing):
        _ = KeyRing(tmp_path / "nowhere").keys
