"""Until when the log is whole: never later than what a writer may still bring."""

import threading
from datetime import UTC, datetime, timedelta

from storage.consistency import whole_until
from tests.parts.databases import Ground

SECOND = timedelta(seconds=1)


def until(ground: Ground, space: int) -> datetime:
    with ground.app.connect() as connection:
        return whole_until(ground.app, space, connection)


def test_while_nobody_writes_it_is_now(ground: Ground) -> None:
    space = ground.space()
    before = datetime.now(UTC)

    assert before - SECOND / 100 <= until(ground, space) <= datetime.now(UTC) + SECOND / 100


def test_while_somebody_writes_it_is_before_they_began(ground: Ground) -> None:
    space = ground.space()
    writing, done = threading.Event(), threading.Event()
    began: list[datetime] = []

    def write() -> None:
        with ground.app.write(space):
            began.append(datetime.now(UTC))
            writing.set()
            done.wait(10)

    writer = threading.Thread(target=write)
    writer.start()
    writing.wait(10)
    try:
        assert until(ground, space) <= began[0]
    finally:
        done.set()
        writer.join()

    assert until(ground, space) > began[0]
