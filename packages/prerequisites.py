"""Prerequisites in `aicc_script`: brought into its own signs, and checked to be a sentence of it (CMI Guidelines, 5.2)."""

import re
from itertools import accumulate, dropwhile

from packages.findings import Notes
from packages.tree import Element

_WORDS = {"and": "&", "or": "|", "not": "~"}
_TOKEN = re.compile(r"""\s*(<>|[&|~(){},=*]|"[^"]*"|[^\s&|~(){},=*<>"]+)""")
_MOST = 500
_DEEPEST = 50
_OPENS = {"(": 1, "{": 1, ")": -1, "}": -1}
_MOST_ABOUT = 100


class Unreadable(ValueError):
    """This is no aicc_script."""


def read(script: str, notes: Notes, at: Element | None = None) -> str:
    """Read a script and note what was repaired; without one that can be read the lesson opens at once."""
    try:
        if in_words(script):
            notes.say("prerequisites", at, about=script[:_MOST_ABOUT])
        return normalise(script)
    except Unreadable:
        notes.say("unreadable-prerequisites", at, about=script[:_MOST_ABOUT])
        return ""


def normalise(script: str) -> str:
    """Write a script with the signs of the language; words that people write for them are replaced."""
    tokens = [_WORDS.get(token.lower(), token) for token in _tokens(script)]
    if max(accumulate(_OPENS.get(token, 0) for token in tokens), default=0) > _DEEPEST or _expression(tokens):
        raise Unreadable
    return "".join(tokens)


def in_words(script: str) -> bool:
    """Tell whether a script says its signs in words."""
    return any(token.lower() in _WORDS for token in _tokens(script))


def _tokens(script: str) -> list[str]:
    tokens: list[str] = []
    at, script = 0, script.strip()
    while at < len(script):
        match = _TOKEN.match(script, at)
        if match is None or len(tokens) >= _MOST:
            raise Unreadable
        tokens.append(match[1])
        at = match.end()
    return tokens


def _expression(tokens: list[str]) -> list[str]:
    """Read one expression from the front; give back what is left."""
    left = _term(tokens)
    while left and left[0] in {"&", "|"}:
        left = _term(left[1:])
    return left


def _term(tokens: list[str]) -> list[str]:
    match list(dropwhile("~".__eq__, tokens)):
        case ["(", *left]:
            return _closed(")", _expression(left))
        case [count, "*", "{", *left] if count.isdigit():
            left = _expression(left)
            while left and left[0] == ",":
                left = _expression(left[1:])
            return _closed("}", left)
        case [name, "=" | "<>", _status, *left] if _is_name(name):
            return left
        case [name, *left] if _is_name(name):
            return left
        case _:
            raise Unreadable


def _closed(sign: str, tokens: list[str]) -> list[str]:
    if not tokens or tokens[0] != sign:
        raise Unreadable
    return tokens[1:]


def _is_name(token: str) -> bool:
    return token[0].isalnum() or token[0] in '_"-.'
