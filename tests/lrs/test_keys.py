"""The secret of an installation: made once, for its owner alone, never used for two purposes."""

import stat
from pathlib import Path

import pytest
from itsdangerous import BadSignature

from lrs import keys
from lrs.keys import Keys, SecretMissing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "keys" / "secret.key"
    assert keys.make(place)
    return place


def test_a_secret_is_made_for_its_owner_alone(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert len(bytes.fromhex(path.read_text().strip())) == 32


def test_a_secret_that_is_there_stays(path: Path) -> None:
    before = path.read_text()

    assert not keys.make(path)
    assert path.read_text() == before


def test_two_installations_have_two_secrets(path: Path, tmp_path: Path) -> None:
    keys.make(tmp_path / "other")

    assert Keys(path).key("forms") != Keys(tmp_path / "other").key("forms")
    assert Keys(path).fingerprint != Keys(tmp_path / "other").fingerprint


def test_each_purpose_has_a_key_of_its_own(path: Path) -> None:
    made = [Keys(path).key(purpose) for purpose in ("forms", "content", "attempt", "fingerprint")]

    assert len(set(made)) == 4
    assert [len(key) for key in made] == [32] * 4
    assert made[0] == Keys(path).key("forms")


def test_what_is_signed_for_one_purpose_is_nothing_for_another(path: Path) -> None:
    signed = Keys(path).signer("content").dumps([1, "a"])

    assert Keys(path).signer("content").loads(signed) == [1, "a"]
    assert Keys(path).signer("content").dumps([1, "a"]) == signed
    with pytest.raises(BadSignature):
        Keys(path).signer("attempt").loads(signed)


def test_a_fingerprint_gives_nothing_of_the_secret_away(path: Path) -> None:
    fingerprint = Keys(path).fingerprint

    assert len(fingerprint) == 32
    assert fingerprint not in path.read_text()


@pytest.mark.parametrize("text", ["", "hidden", "ab" * 31, "ab" * 33, "zz" * 32, "một bí mật"])
def test_a_secret_that_is_none_is_named_by_its_place_alone(path: Path, text: str) -> None:
    path.write_text(text)

    with pytest.raises(SecretMissing) as missing:
        Keys(path).key("forms")
    assert str(path) in str(missing.value)
    assert not text or text not in str(missing.value)


def test_a_missing_secret_is_found_once_it_is_made(tmp_path: Path) -> None:
    found = Keys(tmp_path / "secret.key")
    with pytest.raises(SecretMissing):
        found.key("forms")

    keys.make(tmp_path / "secret.key")
    assert found.key("forms")


def test_naming_a_secret_reads_nothing(tmp_path: Path) -> None:
    Keys(tmp_path / "nowhere")

    assert list(tmp_path.iterdir()) == []
