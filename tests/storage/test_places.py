"""A certificate has one place in a status list, and its bit is set once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from storage import places
from tests.storage.samples import now

if TYPE_CHECKING:
    from tests.parts.databases import Ground

ONE, OTHER = uuid.uuid4(), uuid.uuid4()


def test_a_place_is_taken_once_and_a_certificate_has_one(ground: Ground) -> None:
    with ground.app.write(ground.space("haiphong")) as tx:
        assert places.newest(tx) == (0, 0)
        assert places.take(tx, ONE, (1, 7), None)
        assert not places.take(tx, OTHER, (1, 7), None)
        assert not places.take(tx, ONE, (1, 8), None)
        assert places.take(tx, OTHER, (1, 8), None)

        assert (places.find(tx, ONE), places.find(tx, OTHER), places.find(tx, uuid.uuid4())) == ((1, 7), (1, 8), None)
        assert places.newest(tx) == (1, 2)


def test_the_newest_list_is_counted_alone(ground: Ground) -> None:
    with ground.app.write(ground.space("haiphong")) as tx:
        places.take(tx, ONE, (1, 7), None)
        places.take(tx, OTHER, (2, 7), None)

        assert places.newest(tx) == (2, 1)


def test_a_bit_is_set_by_revoking_before_or_after_the_place_was_taken(ground: Ground) -> None:
    with ground.app.write(ground.space("haiphong")) as tx:
        places.take(tx, ONE, (1, 9), None)
        places.take(tx, OTHER, (1, 7), now())
        places.take(tx, uuid.uuid4(), (1, 8), None)
        places.revoke(tx, ONE, now())
        places.revoke(tx, uuid.uuid4(), now())

        assert places.revoked(tx, 1) == [7, 9]
        assert places.revoked(tx, 2) == []
