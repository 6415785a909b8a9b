"""The secret is made once, kept private, and gives a key for each purpose."""

import stat
from pathlib import Path

import pytest
from itsdangerous import BadSignature

from lrs import keys
from lrs.keys import Keys, SecretMissing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "keys" / "secret.key"
    keys.make(found)
    return found


def test_the_secret_is_readable_by_its_owner_alone(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_secret_that_is_there_is_left_alone(path: Path) -> None:
    before = path.read_text()

    assert keys.make(path) is False
    assert path.read_text() == before


def test_each_purpose_has_a_key_of_its_own(path: Path) -> None:
    ours = Keys(path)

    assert len({ours.key(purpose) for purpose in ("forms", "content", "attempt", "fingerprint")}) == 4
    assert ours.key("forms") == Keys(path).key("forms")


def test_what_one_purpose_signed_another_does_not_read(path: Path) -> None:
    ours = Keys(path)

    with pytest.raises(BadSignature):
        ours.signer("content").loads(ours.signer("attempt").dumps([1]))


def test_the_fingerprint_gives_nothing_away(path: Path) -> None:
    fingerprint = Keys(path).fingerprint

    assert len(fingerprint) == 32
    assert fingerprint not in path.read_text()


@pytest.mark.parametrize("text", [None, "", "zz", "00" * 31, "00" * 33, "\xff"])
def test_a_missing_or_wrong_secret_is_said(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "secret.key"
    if text is not None:
        path.write_text(text, "utf-8")

    with pytest.raises(SecretMissing):
        Keys(path).key("forms")


def test_making_keys_reads_nothing(tmp_path: Path) -> None:
    Keys(tmp_path / "nothing")

    assert list(tmp_path.iterdir()) == []
