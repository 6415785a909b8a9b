"""Serialization (Data 2.2): strict JSON within bounds."""

import json
import time
import tracemalloc
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lrs.xapi import serialization
from lrs.xapi.errors import Invalid, TooLarge
from tests.lrs.xapi.test_examples import ANYTHING, BRIEF, THOROUGH


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{} {}",
        b"{'a':1}",
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":1e999}',
        b'{"a":01}',
        b'{"a":1,}',
        b'"\xff"',
        b'"\xc0\x80"',
        b'"\xed\xa0\x80"',
        b'"\\ud800"',
        b'"\x00"',
        b'\xef\xbb\xbf{"a":1}',
        '{"a":1}'.encode("utf-16"),
    ],
)
def test_what_is_not_json_in_utf_8_is_refused(raw: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        serialization.read(raw)

    assert caught.value.path == "$"


def test_an_escaped_nul_is_a_character_like_others() -> None:
    assert serialization.read(b'{"a":"\\u0000"}') == {"a": "\0"}


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"b":{"c":1,"d":2,"c":3}}',
        b'{"a" : 1, "a"\n:2}',
        b'{"a":1,"\\u0061":2}',
        b'{"a":1,"a":":"}',
        b'{"a":"\\u003a","a":1}',
        b'{"a":1,"a":"\\u003a"}',
        b'{"a":1,"a":"\\u003A"}',
        b'{"a":"\\u003A","b":":","a":1}',
        b'{"a":"x\\":","a":1}',
        b'{"a":"\\u0022:\\u003a","a":1}',
        b'[{"a":1},{"a":1,"a":1e400000}]'.replace(b"1e400000", b"9" * 300),
    ],
)
def test_a_repeated_key_is_refused(raw: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        serialization.read(raw)

    assert "twice" in caught.value.found


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":"a","b":{"a":1}}',
        b'[{"a":1},{"a":1}]',
        b'{"a":":a","b":"\\":"}',
        b'{"a" : ":" , "b":"\\u003a\\u003a"}',
        b'{"\\u003a":1,":a":2}',
        b'{"a":{"a":{"a":{}}}}',
    ],
)
def test_a_key_that_each_object_has_once_is_not(raw: bytes) -> None:
    assert serialization.read(raw) == orjson.loads(raw)


PAIRS: st.SearchStrategy[Any] = st.recursive(
    st.text(alphabet=':"\\ax', max_size=4) | st.integers(0, 9),
    lambda inner: st.lists(st.tuples(st.text(alphabet=':"\\ab', max_size=2), inner), max_size=4).map(tuple),
    max_leaves=12,
)


def written(value: Any, escape: str, space: str) -> str:
    """Write pairs as an object, repeated keys and all."""
    if not isinstance(value, tuple):
        return string(value, escape) if isinstance(value, str) else str(value)
    members = (f"{string(name, escape)}{space}:{written(each, escape, space)}" for name, each in value)
    return "{" + ",".join(members) + "}"


def string(text: str, escape: str) -> str:
    escaped = "".join(f"\\u{ord(letter):04x}" if letter in escape else json.dumps(letter)[1:-1] for letter in text)
    return f'"{escaped}"'


def repeats(value: Any) -> bool:
    if not isinstance(value, tuple):
        return False
    names = [name for name, _ in value]
    return len(set(names)) < len(names) or any(repeats(each) for _, each in value)


@THOROUGH
@given(PAIRS, st.sampled_from(["", ":", '"', ':"', "a", "\\"]), st.sampled_from(["", " ", "\n\t"]))
@example((("a", ":"), ("a", "x")), ":", " ")
def test_a_repeated_key_is_found_whatever_stands_around_it(value: Any, escape: str, space: str) -> None:
    raw = f"[{written(value, escape, space)}]".encode()

    if repeats(value):
        with pytest.raises(Invalid):
            serialization.read(raw)
    else:
        assert serialization.read(raw) == orjson.loads(raw)


@BRIEF
@given(ANYTHING)
def test_what_was_written_is_read(value: Any) -> None:
    if isinstance(value, int) and value >= 2**64:
        return
    raw = json.dumps(value).encode()

    assert serialization.read(raw) == orjson.loads(raw)


def nested(depth: int) -> bytes:
    return b'{"a":' * (depth - 1) + b"[]" + b"}" * (depth - 1)


def test_nesting_is_bounded() -> None:
    assert serialization.read(nested(serialization.DEPTH))
    with pytest.raises(TooLarge):
        serialization.read(nested(serialization.DEPTH + 1))


@pytest.mark.parametrize("depth", [serialization.DEPTH, 1_000, 10_000])
def test_nesting_is_bounded_beside_other_values(depth: int) -> None:
    assert serialization.read(b"[[]," + nested(serialization.DEPTH - 1) + b"]")
    with pytest.raises(TooLarge):
        serialization.read(b"[[]," + nested(depth) + b"]")


def test_the_bounds_themselves_are_within_bounds() -> None:
    assert serialization.read(b'"' + b"a" * (serialization.BYTES - 2) + b'"')
    assert serialization.read(b"[" + b"1," * serialization.VALUES + b"1]")
    with pytest.raises(TooLarge):
        serialization.read(b'"' + b"a" * (serialization.BYTES - 1) + b'"')
    with pytest.raises(TooLarge):
        serialization.read(b"[" + b"1," * (serialization.VALUES + 1) + b"1]")


def test_width_is_not_taken_for_depth() -> None:
    assert len(serialization.read(b"[" + b",".join([b"[]"] * 1000) + b"]")) == 1000


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"[" * 10_000 + b"]" * 10_000, id="nested"),
        pytest.param(b'{"a":' * 10_000 + b"1" + b"}" * 10_000, id="nested objects"),
        pytest.param(
            b'{"member":[' + b",".join([b'{"mbox":"mailto:a@b.vn"}'] * 1_000_000) + b"]}", id="a million members"
        ),
        pytest.param(b"[" + b"[]," * 1_000_000 + b"1]", id="a million lists"),
        pytest.param(b"[" + b"1," * 2_000_000 + b"1]", id="two million numbers"),
        pytest.param(b'"' + b"a" * 100_000_000 + b'"', id="100 MB"),
        pytest.param(b"[" * 10_000_000, id="never closed"),
    ],
)
def test_a_hostile_text_is_refused_quickly_and_with_little_memory(raw: bytes) -> None:
    tracemalloc.start()
    before = time.process_time()

    with pytest.raises((Invalid, TooLarge)):
        serialization.read(raw)

    spent = time.process_time() - before
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < 1
    assert peak < 1_000_000


def test_the_largest_text_that_is_read_holds_memory_within_bounds() -> None:
    raw = b"[" + b",".join([b'{"k":"v"}'] * (serialization.CONTAINERS - 1)) + b"]"
    tracemalloc.start()

    assert len(serialization.read(raw)) == serialization.CONTAINERS - 1

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000_000
