"""What is counted in an hour is counted exactly, and forgotten after it."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from storage import hourly
from tests.storage.samples import now

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_each_hour_and_each_thing_has_a_count_of_its_own(ground: Ground) -> None:
    hour = now()
    space = ground.space()

    with ground.app.write(space) as tx:
        assert [hourly.take(tx, b"a", hour) for _ in range(3)] == [1, 2, 3]
        assert hourly.take(tx, b"b", hour) == 1
        assert hourly.take(tx, b"a", hour + timedelta(hours=1)) == 1
        hourly.forget(tx, hour + timedelta(hours=1))
        assert hourly.take(tx, b"a", hour) == 1
        assert hourly.take(tx, b"a", hour + timedelta(hours=1)) == 2


def test_none_of_those_who_count_at_once_is_missed(ground: Ground) -> None:
    space, hour = ground.space(), now()
    ready, counts = threading.Barrier(8), list[int]()

    def count() -> None:
        ready.wait()
        with ground.app.write(space) as tx:
            counts.append(hourly.take(tx, b"a", hour))

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counts) == [*range(1, 9)]
