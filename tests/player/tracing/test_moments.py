"""The moments of an attempt stand in order, and one of them is looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from player.tracing.calls import Call
from player.tracing.moments import AROUND, Walk, walk
from storage.sequences import RequestRow

BEGUN = datetime(2026, 11, 2, 8, tzinfo=UTC)


def call(minute: int) -> Call:
    return Call(BEGUN + timedelta(minutes=minute), 1, "bai-1", 1, (), 0, finished=False, superseded=False)


def request(minute: int, revision: int) -> RequestRow:
    at = BEGUN + timedelta(minutes=minute)
    return RequestRow(revision, at, 1, "continue", "", "delivered", "", "bai-2", b"")


def walked(asked: str, calls: int = 3) -> Walk:
    found = walk([call(2 * n) for n in range(calls)], [request(3, 1), request(4, 2)], asked)
    assert found is not None
    return found


def test_what_was_said_and_what_was_asked_stand_in_one_order_and_words_before_what_follows_them() -> None:
    assert [("call", "request")[one.request is not None] for one in walked("").moments] == [
        *("call", "call", "request", "call", "request"),
    ]


@pytest.mark.parametrize(("asked", "at"), [("", 5), ("1", 1), ("3", 3), ("0", 1), ("7", 5), ("-2", 5), ("x", 5)])
def test_a_moment_is_chosen_by_its_number_or_the_last_is_taken(asked: str, at: int) -> None:
    found = walked(asked)

    assert (found.at, found.now.n) == (at, at)
    assert (found.previous, found.next) == (at - 1 or None, at + 1 if at < 5 else None)


def test_where_the_course_stands_is_said_by_the_request_before() -> None:
    assert [one and one.revision for one in (walked(str(n)).request for n in range(1, 6))] == [None, None, 1, 1, 2]
    after = walked("3").after(request(3, 1))
    assert after is not None
    assert after.revision == 2
    assert walked("3").after(request(4, 2)) is None


def test_only_those_around_are_listed() -> None:
    shown = walked("50", calls=200).shown

    assert [shown[0].n, shown[-1].n] == [50 - AROUND, 50 + AROUND]


def test_where_nothing_has_happened_there_is_nothing_to_look_at() -> None:
    assert walk([], [], "1") is None
