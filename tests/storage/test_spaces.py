"""Spaces: made and found before any space is set."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError

from storage import cursors, order, people, spaces, versions
from storage.errors import Taken
from storage.people import AccountRow
from storage.spaces import Settings, SpaceRow
from storage.tables import metadata
from tests.storage.samples import fill, keep, now, statement, version

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

    with pytest.raises(Taken, match="slug"):
        ground.space("haiphong")


def test_spaces_have_numbers_of_their_own(ground: Ground) -> None:
    assert len({ground.space("haiphong"), ground.space("danang"), ground.space("hue")}) == 3


def test_sums_are_counted_for_each_space(ground: Ground) -> None:
    ground.space("hue")
    space = ground.space("danang")
    account = ground.account(space)
    with ground.owner.write(space) as tx:
        people.add_account(tx, people.AccountRow(uuid4(), people.GUEST, account.created))  # not counted
        filled = fill(tx, space)
        (package,) = tx.run(select(metadata.tables["packages"].c.id)).scalars()
        for size in (1_000, 5_000_000_000):
            versions.publish(tx, version(package, size=size, published=account.created))

    with ground.app.read() as tx:
        found = {figures.slug: figures for figures in spaces.figures(tx)}
        assert [*found] == spaces.slugs(tx) == ["danang", "hue"]
        assert spaces.figures(tx, "danang") == [found["danang"]]
        assert spaces.figures(tx, "nowhere") == []
    danang, hue = found["danang"], found["hue"]
    assert (danang.name, danang.accounts, danang.lessons, danang.statements) == ("Danang", 2, 3, 1)
    assert danang.bytes == 5_000_001_000 + filled["versions"]["size"]
    assert (hue.accounts, hue.lessons, hue.statements, hue.bytes, hue.written) == (0, 0, 0, 0, None)
    assert hue.created.tzinfo is not None


def test_statements_are_counted_rightly_however_far_they_have_been_followed(ground: Ground) -> None:
    space, other = ground.space("danang"), ground.space("hue")

    def counts() -> list[int]:
        with ground.app.read() as tx:
            return [figures.statements for figures in spaces.figures(tx)]

    def write(where: int, number: int) -> None:
        with ground.app.write(where) as tx:
            keep(tx, [statement() for _ in range(number)])

    def follow(most: int, *, count: bool) -> None:
        with ground.app.write(space) as tx:
            rows = order.after(tx, cursors.read_cursor(tx, "outcomes"), most)
            cursors.move_cursor(tx, "outcomes", rows[-1][0], len(rows) if count else None)

    write(other, 1)
    write(space, 9)
    assert counts() == [9, 1]
    follow(4, count=True)
    assert counts() == [9, 1]
    write(space, 1)
    follow(2, count=False)  # as an earlier release does, or who does not know
    assert counts() == [10, 1]
    follow(100, count=True)
    assert counts() == [10, 1]

    with ground.owner.write() as tx:
        assert tx.run(select(cursors.cursors.c.passed)).scalars().all() == [10]
        tx.run(update(cursors.cursors).values(passed=None))
    assert counts() == [10, 1]
    with ground.owner.write() as tx:
        tx.run(update(cursors.cursors).values(passed=1_000))  # control: what was read is not counted again
    assert counts() == [1_000, 1]


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-02-03T16:59:59.999999+00:00", date(2026, 2, 3)), ("2026-02-03T17:00:00+00:00", date(2026, 2, 4))],
)
@pytest.mark.parametrize("what", ["account", "lesson", "statement"])
def test_when_something_was_written_last_is_a_day_of_viet_nam(
    ground: Ground, moment: str, day: date, what: str
) -> None:
    at, long_ago = datetime.fromisoformat(moment), datetime(2020, 1, 1, tzinfo=UTC)
    space = ground.space("danang")
    with ground.owner.write(space) as tx:
        people.add_account(tx, AccountRow(uuid4(), "learner", at if what == "account" else long_ago))
        if what == "lesson":
            versions.add_package(tx, package := uuid4(), long_ago)
            versions.publish(tx, version(package, published=at))
        if what == "statement":
            keep(tx, [statement(stored=at)])

    with ground.app.read() as tx:
        assert [figures.written for figures in spaces.figures(tx)] == [day]


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
        assert [figures.quota for figures in spaces.figures(tx)] == [10**12]
    assert found is not None
    assert found.quota == 10**12


@pytest.mark.parametrize("column", ["quota", "slug", "created"])
def test_on_postgresql_a_space_cannot_change_what_others_decide(postgresql: Ground, column: str) -> None:
    made = postgresql.space("haiphong")

    with pytest.raises(ProgrammingError, match="permission denied"), postgresql.app.write(made) as tx:
        tx.run(update(spaces.spaces).values({column: spaces.spaces.c[column]}))
    with postgresql.app.write(made) as tx:
        tx.run(update(spaces.spaces).values(name="control"))


def test_nobody_registers_in_a_space_that_has_not_said_so(ground: Ground) -> None:
    one, other = ground.space("mot"), ground.space("hai")

    with ground.app.write(one) as tx:
        assert spaces.registering(tx) == spaces.NOBODY
        spaces.set_registering(tx, spaces.ANYBODY)
    with ground.app.read(one) as tx:
        assert spaces.registering(tx) == spaces.ANYBODY
    with ground.app.read(other) as tx:
        assert spaces.registering(tx) == spaces.NOBODY
