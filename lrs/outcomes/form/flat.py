"""A draft as the fields of an HTML form, which is flat: `r-0-1.atLeast` is a field of the second part of the first part."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lrs.outcomes.form.draft import KINDS, MORE, WINDOW, Condition, Draft, Joined, nodes
from lrs.outcomes.rules.language import ALL, ANY, AT_LEAST

Pairs = Iterable[tuple[str, str]]

WORDS = (ALL, ANY, AT_LEAST)

SINGLE = ("about", "tag", *MORE, *WINDOW, "atLeast", "which", "minutes", "distinct")
SEVERAL = ("activities", "verbs", "provenance", "credential", "by")

MOST = 400
"""Nodes of a draft: more than a rule may have, so that one that is too large can be seen and mended."""

_NAME = re.compile(r"(r(?:-[0-9]{1,3}){0,39})\.([A-Za-z]{1,20})")


def pairs(draft: Draft) -> Iterator[tuple[str, str]]:
    """List the fields of a draft, as a browser sends them."""
    for path, node in nodes(draft):
        yield f"{path}.word", node.word
        if isinstance(node, Joined):
            yield f"{path}.n", node.n
            continue
        for name, values in node.said.items():
            yield from ((f"{path}.{name}", value) for value in values)


def read(sent: Pairs) -> Draft | None:
    """Read a draft from what a browser sent; None if it holds no condition. What the form does not know is passed over."""
    fields: dict[str, dict[str, list[str]]] = {}
    for name, value in sent:
        found = _NAME.fullmatch(name)
        if found:
            fields.setdefault(found[1], {}).setdefault(found[2], []).append(value)
    known = {path: said for path, said in fields.items() if _word(said) in {*WORDS, *KINDS}}
    return _node("r", dict(list(known.items())[:MOST]))


def _word(said: Mapping[str, list[str]]) -> str:
    return said.get("word", [""])[0]


def _node(path: str, fields: Mapping[str, Mapping[str, list[str]]]) -> Draft | None:
    if path not in fields:
        return None
    said, word = fields[path], _word(fields[path])
    if word in WORDS:
        numbers = sorted(int(each.removeprefix(f"{path}-")) for each in fields if _is_part(each, path))
        parts = (_node(f"{path}-{number}", fields) for number in numbers)
        return Joined(word, tuple(part for part in parts if part is not None), said.get("n", [""])[0])
    single = {name: (said[name][0],) for name in SINGLE if said.get(name, [""])[0]}
    several = {name: tuple(dict.fromkeys(said[name])) for name in SEVERAL if name in said}
    return Condition(word, single | several)


def _is_part(path: str, of: str) -> bool:
    return path.startswith(f"{of}-") and "-" not in path[len(of) + 1 :]
