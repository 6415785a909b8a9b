"""Spaces: made and found before any space is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from storage import spaces
from storage.spaces import SpaceCount, SpaceRow
from tests.storage.samples import fill, now

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_a_space_is_found_by_its_slug(ground: Ground) -> None:
    with ground.app.write() as tx:
        made = spaces.add(tx, "haiphong", "Hải Phòng", "vi", now())

    with ground.app.read() as tx:
        assert spaces.find_by_slug(tx, "haiphong") == SpaceRow(made, "haiphong", "Hải Phòng", "vi")


def test_another_slug_finds_nothing(ground: Ground) -> None:
    ground.space("haiphong")

    with ground.app.read() as tx:
        for slug in ("danang", "", "HAIPHONG", "haiphong ", "hai%", "' or '1'='1"):
            assert spaces.find_by_slug(tx, slug) is None


def test_a_transaction_knows_its_own_space(ground: Ground) -> None:
    ground.space("danang")
    made = ground.space("haiphong")

    with ground.app.read(made) as tx:
        assert spaces.own(tx) == SpaceRow(made, "haiphong", "Haiphong", "vi")


def test_a_slug_is_taken_once(ground: Ground) -> None:
    ground.space("haiphong")

    with pytest.raises(IntegrityError):
        ground.space("haiphong")


def test_spaces_have_numbers_of_their_own(ground: Ground) -> None:
    assert len({ground.space("haiphong"), ground.space("danang"), ground.space("hue")}) == 3


def test_sums_are_counted_for_each_space(ground: Ground) -> None:
    ground.space("hue")
    space = ground.space("danang")
    ground.account(space)
    with ground.owner.write(space) as tx:
        fill(tx, space)

    with ground.app.read() as tx:
        assert spaces.counts(tx) == [SpaceCount("danang", "Danang", 2, 1, 1), SpaceCount("hue", "Hue", 0, 0, 0)]


def test_nobody_registers_in_a_space_that_has_not_said_so(ground: Ground) -> None:
    one, other = ground.space("mot"), ground.space("hai")

    with ground.app.write(one) as tx:
        assert spaces.registering(tx) == spaces.NOBODY
        spaces.set_registering(tx, spaces.ANYBODY)
    with ground.app.read(one) as tx:
        assert spaces.registering(tx) == spaces.ANYBODY
    with ground.app.read(other) as tx:
        assert spaces.registering(tx) == spaces.NOBODY
