"""Words in a seal: whole letters, whatever the script, and nothing that shows them as others."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.seals.words import NotWords, Words

MOST = 24


@given(st.text(max_size=60))
def test_any_words_fit_and_are_read_as_they_were_written(text: str) -> None:
    words = Words.of(text, MOST)
    written = words.write()

    assert len(written) <= MOST + 1
    assert Words.read(written, MOST) == words
    assert words.is_whole(text)
    assert not words.is_whole(f"{text}x")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Nguyễn\u00a0Thị \t\n Hoà  ", "Nguyễn\u00a0Thị Hoà"),
        (unicodedata.normalize("NFD", "Đỗ Thị Ỵ"), "Đỗ Thị Ỵ"),
        ("evil\u202eeman\u2066", "evileman"),
        ("محمد", "محمد"),
        ("\x00\ud800a", "a"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_left_out(text: str, kept: str) -> None:
    assert Words.of(text, MOST) == Words(kept)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Nguyễn " * 9, "Nguyễn Nguyễ"),
        ("👩‍👩‍👧‍👦" * 9, ""),  # a family has more bytes than there is room for, and is not parted
        ("x" * 15 + "q\u0323" * 9, "x" * 15),  # a letter with a mark that no single sign writes
    ],
)
def test_words_are_cut_between_letters(text: str, kept: str) -> None:
    words = Words.of(text, MOST)

    assert words.text == kept
    assert len(words.rest) == 8


@pytest.mark.parametrize(
    "written",
    [
        b"\x01\xff",
        b"\x02 a",
        b"\x03a  ",
        b"\x04\xe2\x80\xaea",
        b"\x03a\xcc\x81",
        b"\x81a",
        bytes([MOST + 1]) + b"a" * (MOST + 1),
        b"\x02a\x00",
    ],
)
def test_another_writing_is_refused(written: bytes) -> None:
    with pytest.raises(NotWords):
        Words.read(written, MOST)
