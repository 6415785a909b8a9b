"""Keys of other programs."""

from __future__ import annotations

import json
import secrets
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import IntegrityError

from storage import credentials
from storage.credentials import CredentialRow
from tests.storage.samples import now

if TYPE_CHECKING:
    from tests.parts.databases import Ground

NOW = now()
LATER = NOW + timedelta(hours=1)
EARLIER = NOW - timedelta(hours=1)


def credential(space: int, **changes: Any) -> CredentialRow:
    made = CredentialRow(
        space, uuid.uuid4(), secrets.token_hex(8), secrets.token_bytes(32), '["all"]', NOW, LATER, None, "server"
    )
    return replace(made, **changes)


def add(ground: Ground, made: CredentialRow) -> CredentialRow:
    with ground.app.write(made.space_id) as tx:
        credentials.add(tx, made)
    return made


def test_a_key_selects_its_space_before_any_is_set(shared: Ground, space: int) -> None:
    made = add(shared, credential(space))

    with shared.app.read() as tx:
        assert credentials.find(tx, made.key) == made
        assert credentials.find(tx, made.key.upper() + "x") is None


def test_a_key_comes_back_with_all_it_was_made_for(shared: Ground, space: int) -> None:
    made = add(
        shared,
        credential(
            space, kind="launch", origins='["https://x"]', actor="mailto:an@x", registration=uuid.uuid4(), rate=5
        ),
    )

    with shared.app.read() as tx:
        assert credentials.find(tx, made.key) == made


def test_a_key_is_one_among_all_spaces(shared: Ground, space: int) -> None:
    made, other = add(shared, credential(space)), shared.space(f"other-{uuid.uuid4()}")

    with pytest.raises(IntegrityError):
        add(shared, replace(made, id=uuid.uuid4(), space_id=other))


def test_a_key_is_revoked_once(shared: Ground, space: int) -> None:
    made = add(shared, credential(space))

    with shared.app.write(space) as tx:
        assert credentials.revoke(tx, made.key, NOW)
        assert not credentials.revoke(tx, made.key, LATER)
        assert not credentials.revoke(tx, "another", NOW)
    with shared.app.read() as tx:
        assert credentials.find(tx, made.key) == replace(made, revoked=NOW)


def test_keys_are_listed_oldest_first(shared: Ground, space: int) -> None:
    made = [add(shared, credential(space, created=created)) for created in (LATER, EARLIER, NOW)]

    with shared.app.read(space) as tx:
        assert credentials.listed(tx) == [made[1], made[2], made[0]]


def test_keys_are_listed_by_kind(shared: Ground, space: int) -> None:
    made = {kind: add(shared, credential(space, kind=kind)) for kind in ("server", "browser", "launch")}

    with shared.app.read(space) as tx:
        assert credentials.listed(tx, "launch") == [made["launch"]]
        assert len(credentials.listed(tx, "server", "browser")) == 2


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"expires": None}, True),
        ({"expires": EARLIER}, False),
        ({"revoked": EARLIER}, False),
    ],
)
def test_origins_are_those_of_keys_that_hold_in_whatever_space(
    shared: Ground, space: int, *, changes: dict[str, Any], counts: bool
) -> None:
    origins = json.dumps([f"https://{uuid.uuid4()}.example"])
    add(shared, credential(space))
    with shared.app.write(space) as tx:
        made = credential(space, origins=origins, **changes)
        credentials.add(tx, made)
        if made.revoked is not None:
            credentials.revoke(tx, made.key, made.revoked)

    with shared.app.read() as tx:
        found = credentials.browser_origins(tx, NOW)
    assert (origins in found) == counts
    assert None not in found
