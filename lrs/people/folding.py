"""Folding: what is left of words when accents and case do not count, as when a name is looked for on a keyboard without Vietnamese."""

import re
import unicodedata

_OWN_LETTERS = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
"""Letters that NFD does not take apart, since the stroke belongs to them."""

_WORD = re.compile(r"[^\W_]+")
_LEAST = 2
"""A beginning of a word has as many letters; one letter would be half of all people."""


def fold(text: str) -> str:
    """Take marks and case away."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_OWN_LETTERS)


def words(text: str) -> list[str]:
    """Take a text apart into folded words, each once, in their order."""
    return list(dict.fromkeys(_WORD.findall(fold(text))))


def beginnings(name: str) -> set[str]:
    """List what somebody with this name is found by: its words, and how they begin."""
    return {word[:length] for word in words(name) for length in {len(word), *range(_LEAST, len(word))}}


def asked(query: str) -> list[str]:
    """List what a query asks for: single letters only where there is nothing else."""
    found = words(query)
    return [word for word in found if len(word) >= _LEAST] or found
