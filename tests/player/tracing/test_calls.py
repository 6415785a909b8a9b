"""What lessons said, read from commits: each word once, however often it came."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from player.tracing.calls import LONGEST, MOST, Call, calls
from storage.commits import CommitRow

BEGUN = datetime(2026, 11, 2, 8, tzinfo=UTC)


def commit(n: int, values: dict[str, Any], *, item: str = "bai-1", visit: int = 1, finished: bool = False) -> CommitRow:
    payload = {"item": item, "visit": visit, "values": values, "finished": finished}
    return CommitRow(1, n, BEGUN + timedelta(seconds=n), json.dumps(payload))


def said(call: Call) -> dict[str, str]:
    return {one.element: one.value for one in call.said}


def test_of_each_commit_only_what_is_new_is_told() -> None:
    found = calls([commit(1, {"a": "1"}), commit(2, {"a": "1", "b": "2"}), commit(3, {"a": "3", "b": "2"})])

    assert [said(one) for one in found] == [{"a": "1"}, {"b": "2"}, {"a": "3"}]


def test_one_that_says_nothing_new_is_left_out_unless_it_begins_or_ends_a_visit() -> None:
    found = calls([commit(1, {}), commit(2, {}), commit(3, {}, finished=True)])

    assert [(one.at.second, one.finished) for one in found] == [(1, False), (3, True)]


def test_each_visit_begins_anew() -> None:
    found = calls([commit(1, {"a": "1"}), commit(2, {"a": "1"}, visit=2), commit(3, {"a": "1"}, item="bai-2", visit=3)])

    assert [(one.item, one.visit, said(one)) for one in found] == [
        ("bai-1", 1, {"a": "1"}),
        ("bai-1", 2, {"a": "1"}),
        ("bai-2", 3, {"a": "1"}),
    ]


def test_a_request_without_a_lesson_is_no_call() -> None:
    assert calls([commit(1, {}, item="", finished=True)]) == []


def test_what_is_long_is_cut_and_says_how_long_it_is() -> None:
    (found,) = calls([commit(1, {"a": "x" * (LONGEST + 1), "b": "x" * LONGEST})])

    assert [(len(one.value), one.length, one.cut) for one in found.said] == [
        (LONGEST, LONGEST + 1, True),
        (LONGEST, LONGEST, False),
    ]


def test_what_is_many_is_cut_and_says_how_much_is_left() -> None:
    (found,) = calls([commit(1, {f"a.{n}": "1" for n in range(MOST + 3)})])

    assert (len(found.said), found.more) == (MOST, 3)


def test_what_was_refused_is_marked_and_what_is_no_text_can_be_sent() -> None:
    row = commit(1, {"a": "\ud800", "b": 5})

    (found,) = calls([CommitRow(row.session, row.n, row.received, row.payload, '["b"]')])

    assert [(one.element, one.value, one.refused) for one in found.said] == [("a", "?", False), ("b", "5", True)]
