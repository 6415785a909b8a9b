"""What waits to be done outside the database."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from storage import outbox
from storage.outbox import Entry, Tried, Waiting
from tests.storage.samples import now

if TYPE_CHECKING:
    from datetime import datetime

    from tests.parts.databases import Ground

EARLIER = now()
LATER = EARLIER + timedelta(minutes=1)


def entry(body: str = "{}") -> Entry:
    return Entry(uuid.uuid4(), "a kind", body)


def put(ground: Ground, space: int, target: str, *entries: Entry, at: datetime = EARLIER) -> None:
    with ground.app.write(space) as tx:
        outbox.put(tx, target, entries, at)


def due(ground: Ground, space: int, target: str, at: datetime = EARLIER, limit: int = 10) -> list[Entry]:
    with ground.app.read(space) as tx:
        return outbox.due(tx, target, at, limit)


def test_what_was_put_in_is_due_for_its_target_until_it_is_taken_out(shared: Ground, space: int) -> None:
    first, second = entry("một"), entry("hai")
    put(shared, space, "a target", first)
    put(shared, space, "a target", second, at=LATER)
    put(shared, space, "another", entry())
    put(shared, space, "another")

    assert due(shared, space, "a target") == [first]
    assert due(shared, space, "a target", LATER) == [first, second]
    assert due(shared, space, "a target", LATER, limit=1) == [first]

    with shared.app.write(space) as tx:
        outbox.remove(tx, "a target", first.id)
    assert due(shared, space, "a target", LATER) == [second]


def test_what_was_put_off_comes_back_behind_the_others_and_has_been_counted(shared: Ground, space: int) -> None:
    first, second = entry(), entry()
    put(shared, space, "a target", first, second)

    for _ in range(2):
        with shared.app.write(space) as tx:
            outbox.put_off(tx, "a target", first.id, LATER, "ConnectionError")

    assert due(shared, space, "a target") == [second]
    assert due(shared, space, "a target", LATER) == [second, Entry(first.id, first.kind, first.body, attempts=2)]


def test_one_id_waits_once_for_each_of_several_targets(shared: Ground, space: int) -> None:
    """As a statement that is forwarded to two, by a follower that reads the log a second time."""
    same = entry()
    for _ in range(2):
        put(shared, space, "a target", same)
        put(shared, space, "another", same)
    with shared.app.write(space) as tx:
        outbox.put_off(tx, "a target", same.id, LATER, "TimeoutError")
    assert (due(shared, space, "a target"), due(shared, space, "another")) == ([], [same])

    with shared.app.write(space) as tx:
        outbox.remove(tx, "another", same.id)
    assert [each.id for each in due(shared, space, "a target", LATER)] == [same.id]


def test_a_target_is_told_of_the_spaces_that_have_something_for_it(ground: Ground) -> None:
    one, other, later = (ground.space(slug) for slug in ("haiphong", "danang", "hue"))
    put(ground, one, "a target", entry(), entry())
    put(ground, other, "another", entry())
    put(ground, later, "a target", entry(), at=LATER)

    with ground.app.read() as tx:
        assert outbox.spaces_due(tx, "a target", EARLIER) == [one]
        assert sorted(outbox.spaces_due(tx, "a target", LATER)) == [one, later]
        assert outbox.waiting(tx, "a target") == Waiting(3, EARLIER)
        assert outbox.waiting(tx, "a third") == Waiting(0, None)


def test_what_is_in_hand_is_due_for_nobody_until_the_claim_runs_out(shared: Ground, space: int) -> None:
    mine = entry()
    put(shared, space, "a target", mine)

    with shared.app.write(space) as tx:
        assert outbox.claim(tx, "a target", mine.id, EARLIER, LATER)
        assert not outbox.claim(tx, "a target", mine.id, EARLIER, LATER)  # by another

    assert due(shared, space, "a target") == []
    assert due(shared, space, "a target", LATER) == [mine]


def test_what_has_failed_is_hurried_and_what_is_in_hand_is_not(shared: Ground, space: int) -> None:
    failed, held = entry(), entry()
    put(shared, space, "a target", failed, held)
    with shared.app.write(space) as tx:
        outbox.put_off(tx, "a target", failed.id, LATER, "TimeoutError")
        outbox.put_off(tx, "a target", held.id, EARLIER, "TimeoutError")
        outbox.claim(tx, "a target", held.id, EARLIER, LATER)

        assert outbox.tried(tx, "a target", [failed.id, held.id]) == {
            failed.id: Tried(1, LATER, "TimeoutError"),
            held.id: Tried(1, LATER, None),
        }
        outbox.hurry(tx, "a target", EARLIER)

    assert due(shared, space, "a target") == [Entry(failed.id, failed.kind, failed.body, 1)]
