"""How far a follower has read, and whose turn it is."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING

import pytest

from storage import cursors
from storage.order import Position

if TYPE_CHECKING:
    from tests.parts.databases import Ground


@pytest.mark.parametrize("positions", [[Position(1, 2, 3)], [Position(1, 2**62, 3), Position(2, 1, 1)]])
def test_a_cursor_is_where_it_was_moved_last(shared: Ground, space: int, positions: list[Position]) -> None:
    with shared.app.read(space) as tx:
        assert cursors.read_cursor(tx, "a follower") == Position(0, 0, 0)

    for position in positions:
        with shared.app.write(space) as tx:
            cursors.move_cursor(tx, "a follower", position)

    with shared.app.read(space) as tx:
        assert cursors.read_cursor(tx, "a follower") == positions[-1]
        assert cursors.read_cursor(tx, "another") == Position(0, 0, 0)


def test_followers_of_one_name_take_turns(shared: Ground, space: int) -> None:
    """Without it two leaders for a moment would trip over each other's cursors."""
    first_is_in, seen = threading.Event(), []

    def second() -> None:
        first_is_in.wait()
        with shared.app.write(space) as tx:
            cursors.take_turn(tx, "a follower")
            seen.append(cursors.read_cursor(tx, "a follower").seq)
            cursors.move_cursor(tx, "a follower", Position(1, 1, 2))

    thread = threading.Thread(target=second)
    thread.start()
    with shared.app.write(space) as tx:
        cursors.take_turn(tx, "a follower")
        first_is_in.set()
        thread.join(0.2)
        assert thread.is_alive()
        cursors.move_cursor(tx, "a follower", Position(1, 1, 1))
    thread.join()

    assert seen == [1]


def test_followers_of_other_names_and_in_other_spaces_do_not_wait(shared_postgresql: Ground) -> None:
    one, other = shared_postgresql.space(f"{uuid.uuid4()}"), shared_postgresql.space(f"{uuid.uuid4()}")

    with shared_postgresql.app.write(one) as tx:
        cursors.take_turn(tx, "a follower")
        with shared_postgresql.app.write(one) as same_space:
            cursors.take_turn(same_space, "another")
        with shared_postgresql.app.write(other) as other_space:
            cursors.take_turn(other_space, "a follower")
