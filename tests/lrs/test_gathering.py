"""Statements that arrive while others are being written go in together; each delivery is kept whole or not at all, and answered truly."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from sqlalchemy import func, select, text

from lrs import record
from lrs.gathering import SMALL, Gathering
from lrs.record import Delivery, Source
from lrs.xapi.errors import Conflict
from lrs.xapi.statement import parse_one
from lrs.xapi.version import Version
from storage import statements
from storage.errors import DatabaseAway
from storage.statements import statements as log

if TYPE_CHECKING:
    from concurrent.futures import Future

    from tests.parts.databases import Ground

SOURCE = Source({"objectType": "Agent", "account": {"homePage": "http://example.org", "name": "a key"}}, "test")
GUESTS = 6


def delivery(*ids: uuid.UUID, verb: str = "did", version: Version = Version.V1) -> Delivery:
    """Make statements with these ids ready."""
    said: list[dict[str, Any]] = [
        {
            "id": str(each),
            "actor": {"mbox": "mailto:an@example.org"},
            "verb": {"id": f"http://example.org/{verb}"},
            "object": {"id": "http://example.org/a"},
        }
        for each in ids
    ]
    return record.prepare([parse_one(orjson.dumps(each), version) for each in said], SOURCE)


def kept(ground: Ground, space: int, *ids: uuid.UUID) -> bool:
    with ground.app.read(space) as tx:
        return statements.texts(tx, ids).keys() == {*ids}


class _TakenBack(Exception):
    """Nothing of the block shall stay."""


class Holding:
    """Somebody else writes the first statement and does not end: whoever brings it as well has to wait, and others gather."""

    def __init__(self, ground: Ground, space: int) -> None:
        self.gathering = Gathering(ground.app)
        self.first = uuid.uuid4()
        self._ground, self._space = ground, space
        self._writes, self._ends = Event(), Event()
        self._threads = ThreadPoolExecutor(GUESTS + 2)
        self._threads.submit(self._hold)
        self._writes.wait()
        self._leader = self.bring(delivery(self.first))
        self._wait_for(lambda: self.gathering._busy and not self.gathering._waiting)

    def _hold(self) -> None:
        with suppress(_TakenBack), self._ground.app.write(self._space) as tx:
            record.write(tx, delivery(self.first))
            self._writes.set()
            self._ends.wait()
            raise _TakenBack

    def bring(self, what: Delivery) -> Future[None]:
        return self._threads.submit(self.gathering.keep, self._space, what)

    def bring_more(self, *more: Delivery) -> list[Future[None]]:
        found = [self.bring(each) for each in more]
        self._wait_for(lambda: len(self.gathering._waiting) == len(more))
        return found

    def let_go(self) -> None:
        self._ends.set()
        self._leader.result(20)

    @staticmethod
    def _wait_for(happened: Any) -> None:
        while not happened():
            Event().wait(0.005)


def test_who_comes_alone_is_kept_at_once(ground: Ground) -> None:
    space, one, gathering = ground.space(), uuid.uuid4(), Gathering(ground.app)

    gathering.keep(space, delivery(one))
    gathering.keep(space, delivery(*(many := [uuid.uuid4() for _ in range(SMALL + 1)])))

    assert kept(ground, space, one, *many)


def test_those_who_come_meanwhile_go_in_together(ground: Ground) -> None:
    space = ground.space()
    holding = Holding(ground, space)
    ids = [uuid.uuid4() for _ in range(GUESTS)]
    guests = holding.bring_more(*(delivery(each) for each in ids))

    holding.let_go()

    assert [guest.result(20) for guest in guests] == [None] * GUESTS
    assert kept(ground, space, holding.first, *ids)
    with ground.app.read(space) as tx:
        if tx.postgresql:
            assert tx.run(select(func.count(log.c.txid.distinct()))).scalar_one() == 2
        assert tx.run(select(func.count(log.c.stored.distinct()))).scalar_one() >= 2


def test_two_spaces_gather_and_each_has_its_own(ground: Ground) -> None:
    space, other = ground.space(), ground.space("caobang")
    holding = Holding(ground, space)
    ours, theirs = uuid.uuid4(), uuid.uuid4()
    guests = holding.bring_more(delivery(ours))
    guests.append(holding._threads.submit(holding.gathering.keep, other, delivery(theirs)))

    holding.let_go()

    assert [guest.result(20) for guest in guests] == [None, None]
    assert kept(ground, space, ours)
    assert not kept(ground, space, theirs)
    assert kept(ground, other, theirs)


def test_what_is_wrong_with_one_delivery_concerns_no_other(ground: Ground) -> None:
    space, there = ground.space(), uuid.uuid4()
    with ground.app.write(space) as tx:
        record.write(tx, delivery(there))
    holding = Holding(ground, space)
    fine, again, beside = (uuid.uuid4() for _ in range(3))
    guests = holding.bring_more(
        delivery(fine), delivery(there, verb="undid"), delivery(there, again), delivery(beside, there, verb="undid")
    )

    holding.let_go()

    assert guests[0].result(20) is None
    assert guests[2].result(20) is None  # the same once more, and a new one
    for each in (guests[1], guests[3]):
        with pytest.raises(Conflict, match=str(there)):
            each.result(20)
    assert kept(ground, space, fine, again)
    assert not kept(ground, space, beside)


def test_the_same_from_many_at_once_is_kept_once(ground: Ground) -> None:
    space = ground.space()
    holding = Holding(ground, space)
    one = uuid.uuid4()
    guests = holding.bring_more(*(delivery(one) for _ in range(GUESTS)))

    holding.let_go()

    assert [guest.result(20) for guest in guests] == [None] * GUESTS
    with ground.app.read(space) as tx:
        assert statements.count(tx) == 2


def test_a_connection_that_died_in_the_pool_is_replaced(postgresql: Ground) -> None:
    space, gathering = postgresql.space(), Gathering(postgresql.app)
    gathering.keep(space, delivery(uuid.uuid4()))
    gathering.keep(space, delivery(uuid.uuid4()))
    with postgresql.owner.write() as tx:
        others = text(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where pid <> pg_backend_pid() and datname = current_database()"
        )
        assert tx.run(others).all()

    gathering.keep(space, delivery(last := uuid.uuid4()))

    assert kept(postgresql, space, last)


def test_when_the_database_is_away_everybody_is_told_and_nobody_waits_for_ever(ground: Ground) -> None:
    space = ground.space()
    with ground.owner.write() as tx:
        tx.run(text("alter table related rename to elsewhere"))
    gathering = Gathering(ground.app)

    for _ in range(2):
        with pytest.raises(Exception, match=r"related|elsewhere"):
            gathering.keep(space, delivery(uuid.uuid4()))
    with ground.owner.write() as tx:
        tx.run(text("alter table elsewhere rename to related"))

    gathering.keep(space, delivery(one := uuid.uuid4()))
    assert kept(ground, space, one)


def test_a_leader_who_is_ended_leaves_no_false_word(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    space = ground.space()
    holding = Holding(ground, space)
    one, another = uuid.uuid4(), uuid.uuid4()

    def end(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(record, "write_new", end)
        guests = holding.bring_more(delivery(one), delivery(another))
        holding.let_go()
        told = [type(guest.exception(20)) for guest in guests]

    assert told == [SystemExit, DatabaseAway]
    assert not kept(ground, space, one)
    holding.gathering.keep(space, delivery(one))
    assert kept(ground, space, one)
