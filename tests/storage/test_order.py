"""The statement log is read in order; docs/followers.md tells what that takes, tests/storage/test_watermark.py shows it under load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import cursors, order
from storage.order import Position
from tests.storage.samples import keep, now, statement

if TYPE_CHECKING:
    from storage.statements import StatementRow
    from tests.parts.databases import Ground


def append(ground: Ground, space: int, *rows: StatementRow) -> None:
    with ground.app.write(space) as tx:
        keep(tx, rows)


def test_the_log_is_read_in_order_a_batch_at_a_time(shared: Ground, space: int) -> None:
    rows = [statement(stored=now()) for _ in range(7)]
    for start, stop in ((0, 3), (3, 4), (4, 7)):
        append(shared, space, *rows[start:stop])

    found: list[StatementRow] = []
    position = Position()
    with shared.app.read(space) as tx:
        while batch := order.after(tx, position, 2):
            assert len(batch) <= 2
            assert [place for place, _ in batch] == sorted({place for place, _ in batch})
            assert batch[0][0] > position
            position = batch[-1][0]
            found += [row for _, row in batch]

    assert found == rows


def test_a_space_is_behind_until_its_cursor_has_moved(shared: Ground, space: int) -> None:
    def behind(follower: str) -> bool:
        with shared.app.read() as tx:
            return space in order.spaces_behind(tx, follower)

    assert not behind("one")
    append(shared, space, statement(), statement())
    assert behind("one")

    with shared.app.write(space) as tx:
        half = order.after(tx, Position(), 1)[-1][0]
        cursors.move_cursor(tx, "one", half)
    assert behind("one")
    with shared.app.write(space) as tx:
        cursors.move_cursor(tx, "one", order.after(tx, half, 1)[-1][0])
    assert not behind("one")
    assert behind("other")
    append(shared, space, statement())
    assert behind("one")
