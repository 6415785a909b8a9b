"""Letters on paper: what of a text is drawn, and where a word that is too long may be parted."""

import re
import unicodedata
from collections.abc import Iterable

UNKNOWN = "□"
"""Stands for a letter that no font has."""

_BREAK = "\u200b"
_JOINERS = frozenset("\u200c\u200d")
"""They join letters in the scripts of South Asia and in emoji; nothing else that nobody can see is drawn."""
_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
"""They give an emoji the colour of a skin, and hang on it as marks do."""

_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters by their kind that nobody sees."""

_UNREAD = frozenset({"Cn", "Co", "Cs"})
"""What no alphabet has: places that are not given out, private ones, and halves of letters."""

_LONG = 40
_PIECE = 12
_LONG_WORD = re.compile(rf"\S{{{_LONG},}}")


def drawn(text: str) -> str:
    """Leave of a text what can be seen: composed, in single spaces, without controls and what turns the direction of writing."""
    seen = "".join(map(_seen, unicodedata.normalize("NFC", text)))
    return " ".join(seen.split())


def _seen(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter in _FILLERS:
        return ""
    if letter in _JOINERS or not kind.startswith("C"):
        return letter
    if kind in _UNREAD:
        return UNKNOWN
    return " " if letter.isspace() else ""


def breakable(text: str) -> str:
    """Let a word of forty letters and more be parted."""
    return _LONG_WORD.sub(lambda word: _parted(word[0]), text)


def _parted(word: str) -> str:
    pieces = [""]
    for letter in word:
        # A mark stays with the letter it stands on, and what is joined stays together.
        joined = unicodedata.combining(letter) or letter in _JOINERS or pieces[-1].endswith(tuple(_JOINERS))
        if len(pieces[-1]) >= _PIECE and not joined:
            pieces.append("")
        pieces[-1] += letter
    return _BREAK.join(pieces)


def without(text: str, unknown: Iterable[str]) -> str:
    """Put a sign in place of what no font has, and of what stands on it or is joined to it."""
    for each in sorted(unknown, key=len, reverse=True):
        text = text.replace(each, UNKNOWN)
    if UNKNOWN not in text:
        return text
    return "".join(letter for at, letter in enumerate(text) if not (_hangs(letter) and _on_a_sign(text[:at])))


def _hangs(letter: str) -> bool:
    return letter in _JOINERS or letter in _TONES or unicodedata.category(letter).startswith("M")


def _on_a_sign(before: str) -> bool:
    return before.rstrip("".join(letter for letter in set(before) if _hangs(letter))).endswith(UNKNOWN)
