"""What the buttons of the form do to a draft: add a condition, take one away, join one with another, and take a join apart.

Each button says what it does and where, such as `add r-0 score`, so that a form without scripts can do all of it.
"""

import re
from collections.abc import Callable, Mapping

from lrs.outcomes.form.draft import CHOSEN, KINDS, MORE, Condition, Draft, Joined
from lrs.outcomes.rules.language import ALL, ANY
from lrs.outcomes.rules.reading import SCHEMA

_IRI = re.compile(SCHEMA["$defs"]["iri"]["pattern"])

Done = tuple[Draft | None, str]
"""A draft, and the path of the node that is looked at next."""

Titles = Mapping[str, str]
"""Which activity each lesson is, by its title."""


def blank(kind: str) -> Condition:
    """Make a condition in which only that is said which nearly everybody wants."""
    said: dict[str, tuple[str, ...]] = {"about": (CHOSEN,)}
    return Condition(kind, said | ({"by": ("mentor",)} if kind == "confirmed" else {}))


def changed(draft: Draft | None, deed: str) -> Done | None:
    """Do what a button says; None if it says nothing about the shape of the draft."""
    what, _, where = deed.partition(" ")
    path, _, kind = where.partition(" ")
    if what == "add":
        return _added(draft, path, kind) if kind in KINDS else None
    if what not in _DEEDS or draft is None or _at(draft, path) is None:
        return None
    return _DEEDS[what](draft, path)


def _at(draft: Draft, path: str) -> Draft | None:
    steps = path.split("-")
    if steps[0] != "r":
        return None
    for step in steps[1:]:
        if not isinstance(draft, Joined) or not step.isdecimal() or int(step) >= len(draft.parts):
            return None
        draft = draft.parts[int(step)]
    return draft


def _with(draft: Draft, path: str, new: tuple[Draft, ...]) -> Draft | None:
    """Put nodes in place of one; none: it is gone, and so is a join that has nothing left."""
    steps = path.split("-")[1:]
    if not steps:
        return new[0] if new else None
    if not isinstance(draft, Joined):
        return draft
    number = int(steps[0])
    if len(steps) == 1:
        inside = new
    else:
        part = _with(draft.parts[number], "-".join(["r", *steps[1:]]), new)
        inside = () if part is None else (part,)
    parts = draft.parts[:number] + inside + draft.parts[number + 1 :]
    return Joined(draft.word, parts, draft.n) if parts else None


def _added(draft: Draft | None, path: str, kind: str) -> Done | None:
    if draft is None:
        return blank(kind), "r"
    node = _at(draft, path)
    if isinstance(node, Joined):
        grown = Joined(node.word, (*node.parts, blank(kind)), node.n)
        return _with(draft, path, (grown,)), f"{path}-{len(node.parts)}"
    return None if node is None else (_with(draft, path, (Joined(ALL, (node, blank(kind))),)), f"{path}-1")


def _removed(draft: Draft, path: str) -> Done:
    left = _with(draft, path, ())
    above = path.rpartition("-")[0] or "r"
    while above != "r" and (left is None or _at(left, above) is None):
        above = above.rpartition("-")[0]
    # One condition alone is joined with nothing: the join goes, and what it joined stands in its place.
    node = None if left is None else _at(left, above)
    if left is not None and isinstance(node, Joined) and len(node.parts) == 1:
        left = _with(left, above, node.parts)
    return left, above


def _split(draft: Draft, path: str) -> Done:
    """Let another condition stand for one: this or that, where all are asked for; both of them, where any will do."""
    node, above = _at(draft, path), _at(draft, path.rpartition("-")[0])
    word = ALL if isinstance(above, Joined) and above.word == ANY else ANY
    parts = () if node is None else (node, blank(node.word if isinstance(node, Condition) else KINDS[0]))
    return _with(draft, path, (Joined(word, parts),)), f"{path}-1"


def _apart(draft: Draft, path: str) -> Done:
    """Take a join apart: its parts stand where it stood."""
    node = _at(draft, path)
    return (_with(draft, path, node.parts), path) if isinstance(node, Joined) and path != "r" else (draft, path)


_DEEDS: Mapping[str, Callable[[Draft, str], Done]] = {"remove": _removed, "split": _split, "apart": _apart}


def settled(draft: Draft | None, titles: Titles) -> Draft | None:
    """Take in what was written as one more lesson or verb, if it is one; what is none stays where it was written."""
    if isinstance(draft, Joined):
        parts = (settled(part, titles) for part in draft.parts)
        return Joined(draft.word, tuple(part for part in parts if part is not None), draft.n)
    if draft is None:
        return None
    for field, belongs in MORE.items():
        more = draft.one(field)
        found = titles.get(more, more) if belongs == "activities" else more
        if found and _IRI.search(found):
            draft = draft.saying(**{field: (), belongs: tuple(dict.fromkeys((*draft.all(belongs), found)))})
    return draft


def with_all(draft: Draft, path: str, activities: tuple[str, ...]) -> Draft:
    """Choose every lesson in a condition, beside what was chosen."""
    node = _at(draft, path)
    if not isinstance(node, Condition):
        return draft
    every = tuple(dict.fromkeys((*node.all("activities"), *activities)))
    return _with(draft, path, (node.saying(about=(CHOSEN,), activities=every),)) or draft
