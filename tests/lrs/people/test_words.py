"""Words that let somebody in cannot be guessed, and are kept as hashes."""

import hashlib
import re

from lrs.people import words


def test_a_word_is_256_random_bits_that_an_address_can_hold() -> None:
    made = [words.new() for _ in range(1000)]

    assert len(set(made)) == 1000
    assert all(re.fullmatch(r"[\w-]{43}", word, re.ASCII) for word in made)


def test_a_word_is_kept_as_its_hash() -> None:
    word = words.new()

    assert words.digest(word) == hashlib.sha256(word.encode()).digest()
    assert words.digest(word) != words.digest(words.new())
    assert word.encode() not in words.digest(word)


def test_any_text_has_a_hash() -> None:
    assert len({words.digest(text) for text in ("", "một", "\0", "x" * 10_000)}) == 4
