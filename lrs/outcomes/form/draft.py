"""A rule while it is written in a form: a tree of conditions whose fields hold whatever was typed, right or wrong.

What the form cannot say is no rule, and what a rule says the form can show: `shown` turns a rule's JSON into a draft, `written` turns it
back, and what is wrong with a draft is found in what was written, with its place, like what is wrong with any other text (docs/rules.md).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from lrs.outcomes.rules.language import ACTIVITY, ALL, ANY, AT_LEAST, BEST

Said = Mapping[str, tuple[str, ...]]
"""What stands in the fields of a condition; one that is empty may be missing."""

ANYTHING, CHOSEN, TAGGED = "any", "chosen", "tag"
"""What a condition is about: `about`, a field that the JSON says by which word it uses."""

MORE = {"moreActivities": "activities", "moreVerbs": "verbs"}
"""Fields in which one more is written, and where it belongs."""

WINDOW = ("from", "through", "grace")

_WHOLE = re.compile(r"[0-9]{1,15}")
_DECIMAL = re.compile(r"([0-9]{1,15})(?:[.,]([0-9]{1,400}))?")
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: `did`, `score`, `duration`, `count` or `confirmed`, and what stands in its fields."""

    word: str
    said: Said = field(default_factory=dict)

    def all(self, name: str) -> tuple[str, ...]:
        """Give what is chosen in a field of several."""
        return self.said.get(name, ())

    def one(self, name: str) -> str:
        """Give what stands in a field."""
        return next(iter(self.all(name)), "").strip()

    def saying(self, **said: tuple[str, ...]) -> "Condition":
        """Give the same condition with other words in some fields."""
        return replace(self, said={**self.said, **said})


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions that are joined; `n` is how many of them, as it was typed."""

    word: str
    parts: "tuple[Draft, ...]" = ()
    n: str = ""


Draft = Condition | Joined


def nodes(draft: Draft, path: str = "r") -> Iterator[tuple[str, Draft]]:
    """Walk over a draft from the top, with the path of each node: `r`, and `r-0-1` for the second part of its first part."""
    yield path, draft
    if isinstance(draft, Joined):
        for number, part in enumerate(draft.parts):
            yield from nodes(part, f"{path}-{number}")


# From a rule to a draft


def shown(value: Any) -> Draft:
    """Show a rule, as JSON that keeps the schema."""
    ((word, said),) = value.items()
    if word in {ALL, ANY}:
        return Joined(word, tuple(map(shown, said)))
    if word == AT_LEAST:
        return Joined(word, tuple(map(shown, said["of"])), _figure(said["n"]))
    return Condition(word, {name: each for name, each in (_shared(said) | _OWN_SHOWN[word](said)).items() if each})


def _shared(said: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    chosen = (said["activity"],) if "activity" in said else tuple(said.get("activities", ()))
    about = CHOSEN if chosen else TAGGED if "tag" in said else ANYTHING
    lists = {name: tuple(said.get(name, ())) for name in ("verbs", "provenance", "credential")}
    window = {name: _text(said.get("window", {}).get(name)) for name in WINDOW}
    return {"about": (about,), "activities": chosen, "tag": _text(said.get("tag"))} | lists | window


def _text(value: Any) -> tuple[str, ...]:
    return () if value is None else (value if isinstance(value, str) else _figure(value),)


def _figure(value: float) -> str:
    """Write a whole number of JSON, in which 30.0 is one too."""
    return str(int(value))


def _percent(share: float) -> str:
    """Write a share in hundredths, exactly: what is typed nowhere else is the same again when it is read."""
    return format(Decimal(repr(share)).scaleb(2).normalize(), "f")


_OWN_SHOWN: Mapping[str, Callable[[dict[str, Any]], dict[str, tuple[str, ...]]]] = {
    "did": lambda _: {},
    "score": lambda said: {"atLeast": (_percent(said["atLeast"]),), "which": _text(said.get("which"))},
    "duration": lambda said: {"minutes": _text(said["minutes"])},
    "count": lambda said: {"atLeast": _text(said["atLeast"]), "distinct": (said["distinct"],)},
    "confirmed": lambda said: {"by": tuple(said["by"]), "atLeast": _text(said.get("atLeast"))},
}


# From a draft to a rule


def written(draft: Draft) -> dict[str, Any]:
    """Write a draft as the JSON of a rule; what is missing is left out and what is wrong stands there, so that reading it says so."""
    if isinstance(draft, Condition):
        return {draft.word: _about(draft) | _lists(draft) | _window(draft) | _OWN_WRITTEN[draft.word](draft)}
    parts = [written(part) for part in draft.parts]
    return {draft.word: _given("n", _whole(draft.n)) | {"of": parts} if draft.word == AT_LEAST else parts}


def chosen(condition: Condition) -> list[str]:
    """List the activities of a condition, and last what was written as one more."""
    return list(dict.fromkeys([*condition.all("activities"), *filter(None, [condition.one("moreActivities")])]))


def _about(condition: Condition) -> dict[str, Any]:
    about = condition.one("about")
    if about == TAGGED:
        return {"tag": next(iter(condition.all("tag")), "")}
    if about != CHOSEN:
        return {}
    those = chosen(condition)
    # Nothing chosen is said as a list: an empty one has a place, and anything at all is another rule.
    return {"activity": those[0]} if len(those) == 1 else {"activities": those}


def _lists(condition: Condition) -> dict[str, Any]:
    verbs = list(dict.fromkeys([*condition.all("verbs"), *filter(None, [condition.one("moreVerbs")])]))
    lists = {"verbs": verbs, "provenance": [*condition.all("provenance")], "credential": [*condition.all("credential")]}
    return {name: each for name, each in lists.items() if each}


def _window(condition: Condition) -> dict[str, Any]:
    days = _given("from", _day(condition.one("from"))) | _given("through", _day(condition.one("through")))
    return _given("window", days | _given("grace", _whole(condition.one("grace"))))


def _given(name: str, value: Any) -> dict[str, Any]:
    """Say something, unless there is nothing to say."""
    return {} if value in ("", {}) else {name: value}


def _whole(text: str) -> int | str:
    text = text.strip()
    return int(text) if _WHOLE.fullmatch(text) else text


def _share(text: str) -> float | str:
    text = text.removesuffix("%").strip()
    found = _DECIMAL.fullmatch(text)
    return float(Decimal(f"{found[1]}.{found[2] or 0}").scaleb(-2)) if found else text


def _day(text: str) -> str:
    """Read a day as people write it, where the browser has no calendar to choose it from."""
    found = _DAY.fullmatch(text)
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text


def _unless(name: str, usual: str, text: str) -> dict[str, Any]:
    return {} if text == usual else _given(name, text)


_OWN_WRITTEN: Mapping[str, Callable[[Condition], dict[str, Any]]] = {
    "did": lambda _: {},
    "score": lambda one: _given("atLeast", _share(one.one("atLeast"))) | _unless("which", BEST, one.one("which")),
    "duration": lambda one: _given("minutes", _whole(one.one("minutes"))),
    "count": lambda one: _given("atLeast", _whole(one.one("atLeast"))) | {"distinct": one.one("distinct") or ACTIVITY},
    "confirmed": lambda one: {"by": [*one.all("by")]} | _given("atLeast", _whole(one.one("atLeast"))),
}

KINDS = tuple(_OWN_WRITTEN)
"""The conditions, in the order in which a form offers them."""
