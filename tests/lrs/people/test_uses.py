"""When keys were used last: gathered, written once in a while, not lost while the database is away."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from lrs.people import credentials, uses
from lrs.people.uses import Uses
from storage import usage
from storage.database import Database

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.parts.databases import Ground

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)


def key(ground: Ground, space: int) -> UUID:
    with ground.app.write(space) as tx:
        return credentials.create(tx, ("all",)).id


def written(ground: Ground, space: int) -> dict[UUID, datetime]:
    with ground.app.read(space) as tx:
        return usage.last_uses(tx)


def test_the_last_use_of_each_key_in_each_space_is_written(ground: Ground) -> None:
    first, second = ground.space("haiphong"), ground.space("daklak")
    one, other, elsewhere = key(ground, first), key(ground, first), key(ground, second)
    process = Uses(ground.app)
    for space, credential, now in (
        (first, one, NOON),
        (first, one, LATER),
        (first, other, NOON),
        (second, elsewhere, NOON),
    ):
        process.note(space, credential, now)

    assert written(ground, first) == {}
    process.write()

    assert written(ground, first) == {one: LATER, other: NOON}
    assert written(ground, second) == {elsewhere: NOON}


def test_what_is_written_is_not_written_again(ground: Ground) -> None:
    space = ground.space()
    one, process = key(ground, space), Uses(ground.app)
    process.note(space, one, NOON)

    process.write()

    assert process._noted == {}


def test_a_use_waits_while_the_database_is_away(ground: Ground, tmp_path: Path) -> None:
    space = ground.space()
    one = key(ground, space)
    process = Uses(Database(f"sqlite:///{tmp_path}/nowhere/haidang.db"))
    process.note(space, one, NOON)

    process.write()
    process._database = ground.app
    process.write()

    assert written(ground, space) == {one: NOON}


def test_a_key_that_is_gone_keeps_no_other_space_waiting(ground: Ground) -> None:
    space, other = ground.space("haiphong"), ground.space("daklak")
    one, process = key(ground, other), Uses(ground.app)
    process.note(space, uuid4(), NOON)
    process.note(other, one, NOON)

    process.write()

    assert written(ground, other) == {one: NOON}
    assert process._noted == {}


def test_a_thread_writes_without_being_asked_and_a_last_time_when_it_is_stopped(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uses, "EVERY", 0.01)
    space = ground.space()
    one, process, done = key(ground, space), Uses(ground.app), threading.Event()
    process.note(space, one, NOON)
    process.start()
    while not written(ground, space):
        assert not done.wait(0.01)

    monkeypatch.setattr(uses, "EVERY", 60)
    process.note(space, one, LATER)
    process.stop()

    assert written(ground, space) == {one: LATER}
