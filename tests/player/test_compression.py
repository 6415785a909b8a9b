"""Files are compressed where it helps, once, in a bounded room."""

from __future__ import annotations

import gzip
import random

import pytest

from player.compression import Compressed, is_worth_it, shrinks, with_suffix, without_suffix


@pytest.mark.parametrize(
    "kind", ["text/html", "text/plain; charset=utf-8", "text/javascript", "image/svg+xml", "application/wasm"]
)
def test_text_shrinks(kind: str) -> None:
    assert shrinks(kind)


@pytest.mark.parametrize(
    "kind", ["video/mp4", "image/png", "font/woff2", "application/zip", "application/octet-stream"]
)
def test_what_is_compressed_already_does_not(kind: str) -> None:
    assert not shrinks(kind)


@pytest.mark.parametrize(
    ("size", "worth"), [(0, False), (1023, False), (1024, True), (2**21, True), (2**21 + 1, False)]
)
def test_a_small_and_a_huge_file_are_left_alone(size: int, *, worth: bool) -> None:
    assert is_worth_it(size) is worth


def test_a_compressed_file_has_an_entity_tag_of_its_own() -> None:
    assert with_suffix('"a-1"') == '"a-1-gz"'
    assert without_suffix('"b", W/"a-1-gz"') == '"b", W/"a-1"'
    assert without_suffix(None) is None


def test_a_file_is_read_once_while_it_is_kept() -> None:
    read: list[str] = []
    kept = Compressed()

    def reader(word: str) -> bytes:
        read.append(word)
        return word.encode() * 500

    first = kept.take("k", "e", lambda: reader("a"))
    again = kept.take("k", "e", lambda: reader("a"))
    kept.take("k", "f", lambda: reader("b"))

    assert gzip.decompress(first) == b"a" * 500
    assert first is again
    assert read == ["a", "b"]


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    chance = random.Random(1)
    files = [chance.randbytes(4000) for _ in range(3)]
    kept = Compressed(room=9000)
    read: list[int] = []

    def take(at: int) -> None:
        def reader() -> bytes:
            read.append(at)
            return files[at]

        kept.take(str(at), "e", reader)

    for at in (0, 1, 0, 2, 0, 1):
        take(at)
    assert read == [0, 1, 2, 1]
