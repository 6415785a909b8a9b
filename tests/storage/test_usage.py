"""When a key was used last, and how often in this minute."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

from storage import credentials, usage
from tests.storage.samples import now
from tests.storage.test_credentials import credential

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from tests.parts.databases import Ground

MINUTE = now().replace(second=0, microsecond=0)
NEXT = MINUTE + timedelta(minutes=1)


def key(ground: Ground, space: int) -> uuid.UUID:
    made = credential(space)
    with ground.app.write(space) as tx:
        credentials.add(tx, made)
    return made.id


def take(ground: Ground, space: int, of: uuid.UUID, count: int = 3, minute: datetime = MINUTE) -> int:
    with ground.app.write(space) as tx:
        return usage.take(tx, of, minute, count)


def test_the_latest_use_is_kept_whoever_notes_it_last(shared: Ground, space: int) -> None:
    used, unused = key(shared, space), key(shared, space)

    for moment in (MINUTE, NEXT, MINUTE):
        with shared.app.write(space) as tx:
            usage.note(tx, [(used, moment)])
    with shared.app.write(space) as tx:
        usage.note(tx, [])
    with shared.app.read(space) as tx:
        assert usage.last_uses(tx) == {used: NEXT}
    assert unused != used


def test_tickets_are_counted_a_key_and_a_minute(shared: Ground, space: int) -> None:
    one, other = key(shared, space), key(shared, space)

    assert [take(shared, space, one), take(shared, space, one), take(shared, space, other, 5)] == [3, 6, 5]
    assert take(shared, space, one, minute=NEXT) == 3


def test_a_clock_that_is_behind_takes_from_the_newer_minute(shared: Ground, space: int) -> None:
    one = key(shared, space)
    take(shared, space, one, minute=NEXT)

    assert take(shared, space, one, minute=MINUTE) == 6
    assert take(shared, space, one, minute=NEXT) == 9


def test_tickets_taken_at_once_are_all_counted(shared: Ground, space: int) -> None:
    one = key(shared, space)

    with ThreadPoolExecutor(4) as threads:
        counts = [*threads.map(lambda _: take(shared, space, one, 1), range(20))]

    assert sorted(counts) == [*range(1, 21)]
