"""How often keys may ask: over all processes together, never more than their rate."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from lrs.people import rates
from lrs.people.rates import Rates

NOON = datetime(2026, 3, 2, 12, 0, 15, tzinfo=UTC)
KEY = uuid4()


class Counter:
    """What the database counts, for all processes."""

    def __init__(self) -> None:
        self.asked: dict[datetime, int] = {}
        self.times = 0

    def take(self, minute: datetime, count: int) -> int:
        self.times += 1
        self.asked[minute] = self.asked.get(minute, 0) + count
        return self.asked[minute]


def passed(process: Rates, counter: Counter, rate: int, requests: int, now: datetime = NOON, key: UUID = KEY) -> int:
    return sum(process.spend(key, rate, now, counter.take) is None for _ in range(requests))


@pytest.mark.parametrize("rate", [1, 2, 49, 50, 99, 600])
def test_one_process_lets_a_key_ask_exactly_as_often_as_it_may(rate: int) -> None:
    assert passed(Rates(), Counter(), rate, rate + 20) == rate


@pytest.mark.parametrize("rate", [1, 7, 600])
def test_two_processes_together_never_let_it_ask_more(rate: int) -> None:
    one, other, counter = Rates(), Rates(), Counter()

    got = sum(passed(process, counter, rate, 1) for _ in range(rate + 20) for process in (one, other))

    assert rate - rate // 50 <= got <= rate


def test_control_two_processes_that_do_not_share_let_it_ask_twice_as_often() -> None:
    assert sum(passed(Rates(), Counter(), 7, 20) for _ in range(2)) == 14


def test_the_next_minute_brings_new_tickets() -> None:
    process, counter = Rates(), Counter()

    assert passed(process, counter, 3, 5) == 3
    assert passed(process, counter, 3, 5, NOON + timedelta(seconds=44)) == 0
    assert passed(process, counter, 3, 5, NOON + timedelta(seconds=45)) == 3


@pytest.mark.parametrize(("second", "wait"), [(0, 60), (15, 45), (59, 1)])
def test_who_is_refused_hears_how_long_until_the_next_minute(second: int, wait: int) -> None:
    process, counter, now = Rates(), Counter(), NOON.replace(second=second)

    assert [process.spend(KEY, 1, now, counter.take) for _ in range(2)] == [None, wait]


def test_keys_have_tickets_of_their_own() -> None:
    process = Rates()

    assert [passed(process, Counter(), 2, 5, key=uuid4()) for _ in range(3)] == [2, 2, 2]


def test_the_database_is_asked_by_the_handful_and_not_at_all_by_who_is_over() -> None:
    process, counter = Rates(), Counter()

    passed(process, counter, 600, 600)
    assert counter.times == 50
    passed(process, counter, 600, 300)
    assert counter.times == 51


def test_threads_share_a_handful() -> None:
    process, counter = Rates(), Counter()

    with ThreadPoolExecutor(8) as threads:
        got = sum(threads.map(lambda _: passed(process, counter, 600, 1), range(700)))

    assert (got, counter.times) == (600, 51)


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "MOST", 3)
    process, counter = Rates(), Counter()

    for _ in range(9):
        process.spend(uuid4(), 5, NOON, counter.take)

    assert len(process._held) == 3
