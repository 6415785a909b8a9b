"""A space's key is made once, lies sealed, and signs until another one does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lrs.issuing import keys as issuing_keys
from lrs.keys import Keys, SecretMissing, make
from storage import issuing
from storage.spaces import find_by_slug

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.installations import Installation


def test_the_first_key_is_made_when_it_is_needed_and_stays(installation: Installation) -> None:
    parts, space = installation.services, _space(installation)
    with parts.database.write(space) as tx:
        assert not issuing_keys.exists(tx)
        first = issuing_keys.signer(tx, parts.keys)
        assert issuing_keys.exists(tx)

    with parts.database.read(space) as tx:
        assert issuing_keys.signer(tx, parts.keys).public == first.public
        assert first.private.public_key().public_bytes_raw() == first.public
        assert first.private.private_bytes_raw() not in issuing.keys(tx)[0].sealed


def test_after_a_rotation_the_new_one_signs(installation: Installation) -> None:
    parts, space = installation.services, _space(installation)
    with parts.database.write(space) as tx:
        first = issuing_keys.signer(tx, parts.keys)
        issuing_keys.rotate(tx, parts.keys)
        second = issuing_keys.signer(tx, parts.keys)
        rows = issuing.keys(tx)

    assert [row.public for row in rows] == [second.public, first.public]
    assert [row.retired is None for row in rows] == [True, False]
    assert issuing_keys.open_sealed(space, parts.keys, rows[1]).public == first.public


def test_a_key_opens_in_its_space_and_installation_alone(installation: Installation, tmp_path: Path) -> None:
    parts, space = installation.services, _space(installation)
    with parts.database.write(space) as tx:
        issuing_keys.signer(tx, parts.keys)
        row = issuing.keys(tx)[0]
    make(tmp_path / "other.key")

    for where, keys, changed in (
        (space + 1, parts.keys, row),
        (space, Keys(tmp_path / "other.key"), row),
        (space, parts.keys, replace(row, public=bytes(32))),
        (space, parts.keys, replace(row, sealed=row.sealed[:-1])),
        (space, parts.keys, replace(row, sealed=b"")),
    ):
        with pytest.raises(SecretMissing):
            issuing_keys.open_sealed(where, keys, changed)


def _space(installation: Installation) -> int:
    with installation.services.database.read() as tx:
        found = find_by_slug(tx, "haiphong")
    assert found is not None
    return found.id
