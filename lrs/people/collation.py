"""The order of Vietnamese words, and of names: by the given name, which stands last; letters first, tones where letters are equal."""

import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Grave, hook, tilde, acute, dot below: the order of Vietnamese dictionaries; a letter without a tone comes before all."""

_PLACE = {letter: place for place, letter in enumerate(_LETTERS, start=1)}

Key = tuple[tuple[int, ...], tuple[int, ...], str]


def name_key(name: str) -> tuple[Key, ...]:
    """Give what a name is sorted by."""
    words = name.split()
    return tuple(_word_key(word) for word in [*words[-1:], *words[:-1]])


def text_key(text: str) -> tuple[Key, ...]:
    """Give what any other text is sorted by: its words as they stand."""
    return tuple(_word_key(word) for word in text.split())


def _word_key(word: str) -> Key:
    letters = [_letter(letter) for letter in unicodedata.normalize("NFC", word.casefold())]
    return tuple(place for place, _ in letters), tuple(tone for _, tone in letters), word


@lru_cache(maxsize=1024)
def _letter(letter: str) -> tuple[int, int]:
    """Give the place of a letter, and that of its tone: of letters there are few, of names many."""
    tone, bare = _apart(letter)
    return _PLACE.get(bare, 1000 + ord(bare[0])), tone


def _apart(letter: str) -> tuple[int, str]:
    """Take the tone off a letter, and leave it the marks that make another letter of it."""
    apart = unicodedata.normalize("NFD", letter)
    base, marks = apart[0], apart[1:]
    tones = [mark for mark in marks if mark in _TONES]
    rest = "".join(mark for mark in marks if mark not in _TONES)
    bare = unicodedata.normalize("NFC", base + rest)
    return (_TONES.index(tones[0]) + 1 if tones else 0), bare if bare in _PLACE else base
