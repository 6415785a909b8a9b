"""A commit as it is read: nothing of it is trusted, and what is kept of it is the same text for the same words."""

import json
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.commit import Commit, Navigation, NoCommit, read

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda one: st.lists(one) | st.dictionaries(st.text(), one),
)
"""Whatever JSON can say."""

ATTEMPT = uuid4()
BODY: dict[str, Any] = {
    "attempt": str(ATTEMPT),
    "session": 3,
    "n": 7,
    "item": "bài 1",
    "visit": 2,
    "values": {"a": "b"},
}


def test_what_a_lesson_sends_is_read() -> None:
    assert read(BODY | {"finished": True, "age": 5, "token": "secret"}) == Commit(
        attempt=ATTEMPT, session=3, n=7, item="bài 1", visit=2, values={"a": "b"}, finished=True, age=5
    )


def test_what_is_kept_of_it_is_read_again_as_the_same() -> None:
    said = read(BODY | {"values": {"cmi.suspend_data": "a\ud800", "x": [1, None]}})

    assert read(json.loads(said.payload())) == said
    assert said.payload().isascii()


def test_its_way_is_no_part_of_what_it_says() -> None:
    assert read(BODY | {"age": 5}).payload() == read(BODY | {"age": 9, "token": "x"}).payload()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("session", 0), ("session", True), ("n", 0), ("n", "1"), ("n", 2**31), ("visit", 1.0), ("item", None)),
        *(("item", "x" * 4001), ("values", [1]), ("finished", 1), ("age", -1), ("age", 0.5)),
        *(("attempt", "x"), ("attempt", 5)),
    ],
)
def test_a_field_that_makes_no_sense_is_named(field: str, value: object) -> None:
    with pytest.raises(NoCommit, match=field):
        read(BODY | {field: value})


def test_a_clock_that_was_set_since_makes_nothing_older_than_a_year_or_so() -> None:
    assert read(BODY | {"age": 10**15}).age < 401 * 24 * 3600 * 1000


ASKED: dict[str, Any] = {"after": 4, "request": "choice", "target": "bài 2"}


def test_what_comes_next_is_asked_with_it_and_read_again_as_the_same() -> None:
    said = read(BODY | {"navigate": ASKED})

    assert said.navigate == Navigation(4, "choice", "bài 2")
    assert read(json.loads(said.payload())) == said
    assert "navigate" not in json.loads(read(BODY).payload())


def test_only_a_request_comes_without_a_lesson() -> None:
    assert read(BODY | {"item": "", "values": {}, "navigate": ASKED}).item == ""
    for more in ({}, {"navigate": ASKED, "values": {"a": "b"}}):
        with pytest.raises(NoCommit, match="item"):
            read(BODY | {"item": "", "values": {}} | more)


@pytest.mark.parametrize(
    "wrong", [[], "continue", {}, *(ASKED | one for one in ({"after": -1}, {"request": "fly"}, {"target": "a\0"}))]
)
def test_a_request_that_makes_no_sense_is_named(wrong: Any) -> None:
    with pytest.raises(NoCommit):
        read(BODY | {"navigate": wrong})


@given(field=st.sampled_from([*BODY, "finished", "age", "navigate", *ASKED]), value=ANYTHING)
def test_whatever_is_sent_is_read_or_named(field: str, value: Any) -> None:
    body = BODY | ({"navigate": ASKED | {field: value}} if field in ASKED else {field: value})
    with suppress(NoCommit):
        said = read(body)
        # What cannot be compared with itself (NaN) is kept as well.
        assert read(json.loads(said.payload())).payload() == said.payload()
