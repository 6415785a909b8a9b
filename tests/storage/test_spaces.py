"""Spaces: made and found before any space is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from storage import spaces
from storage.spaces import Settings, SpaceCount, SpaceRow
from tests.storage.samples import fill, now

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_a_space_is_found_by_its_slug(ground: Ground) -> None:
    with ground.app.write() as tx:
        made = spaces.add(tx, "haiphong", "Hải Phòng", "vi", now())

    with ground.app.read() as tx:
        assert spaces.find_by_slug(tx, "haiphong") == SpaceRow(made, "haiphong", Settings("Hải Phòng", "vi"))


def test_another_slug_finds_nothing(ground: Ground) -> None:
    ground.space("haiphong")

    with ground.app.read() as tx:
        for slug in ("danang", "", "HAIPHONG", "haiphong ", "hai%", "' or '1'='1"):
            assert spaces.find_by_slug(tx, slug) is None


def test_a_transaction_knows_its_own_space(ground: Ground) -> None:
    ground.space("danang")
    made = ground.space("haiphong")

    with ground.app.read(made) as tx:
        assert spaces.own(tx) == SpaceRow(made, "haiphong", Settings("Haiphong", "vi"))


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


def test_a_space_changes_what_it_decides_for_itself(ground: Ground) -> None:
    made, wanted = ground.space("haiphong"), Settings("Hải Phòng", "en", ("en",), "Asia/Tokyo")
    with ground.app.write(made) as tx:
        spaces.change(tx, wanted)
        spaces.set_emblem(tx, "a digest")

    with ground.app.read() as tx:
        assert spaces.find_by_slug(tx, "haiphong") == SpaceRow(made, "haiphong", wanted, "a digest")


def test_a_quota_is_set_from_outside_the_space(ground: Ground) -> None:
    ground.space("haiphong")
    with ground.app.write() as tx:
        assert spaces.set_quota(tx, "haiphong", 10**12)
        assert not spaces.set_quota(tx, "danang", 1)

    with ground.app.read() as tx:
        found = spaces.find_by_slug(tx, "haiphong")
    assert found is not None
    assert found.quota == 10**12


@pytest.mark.parametrize("column", ["quota", "slug", "created"])
def test_on_postgresql_a_space_cannot_change_what_others_decide(postgresql: Ground, column: str) -> None:
    made = postgresql.space("haiphong")

    with pytest.raises(ProgrammingError, match="permission denied"), postgresql.app.write(made) as tx:
        tx.run(update(spaces.spaces).values({column: spaces.spaces.c[column]}))
    with postgresql.app.write(made) as tx:
        tx.run(update(spaces.spaces).values(name="control"))
