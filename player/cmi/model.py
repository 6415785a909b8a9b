"""The data model of SCORM, driven by the table of its edition; browser/datamodel.js is the twin that lessons speak to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from player.cmi.element import NO_INDEX, Entry, entries, general
from player.cmi.value import Rule, fault, rules

NO_ERROR = "0"
_KEYWORDS = ("._children", "._count", "._version")
_DIAGNOSTIC = 250


@dataclass(frozen=True, slots=True)
class _Place:
    rule: Rule
    lists: list[Entry]

    @property
    def record(self) -> str:
        first = self.lists[0]
        return f"{first.collection}.{first.number}"


class DataModel:
    """What a lesson reads and writes, and the error of its last call."""

    def __init__(self, table: Any, values: Mapping[str, str], access: Mapping[str, str] | None = None) -> None:
        self._table = table
        self._rules = rules(table)
        self._access = access or {}
        self._above = {name[:at] for name in self._rules for at, letter in enumerate(name) if letter == "."}
        self._counts: dict[str, int] = {}
        self._size = 0
        self.values = dict(values)
        for element, value in self.values.items():
            self._grow(element, len(element) + _units(value))
        self.error = NO_ERROR
        self.diagnostic = ""

    def get(self, element: str) -> str:
        """Give the value, or nothing and an error."""
        for keyword, read in (("._children", self._children), ("._count", self._count)):
            if element.endswith(keyword):
                return read(element.removesuffix(keyword))
        if found := self._unreadable(element):
            return self._fail(found, element)
        value = self._value(element)
        if value is None and "unset" in self._table["faults"]:
            return self._fail("unset", element)
        return self._answer(value or "")

    def set(self, element: str, value: str) -> str:
        """Take a value: `true`, or `false` and an error; a value that is refused changes nothing."""
        if found := self._unwritable(element) or self._misfit(element, value):
            self._fail(found, element)
            return "false"
        growth = self._growth(element, value)
        self.values[element] = value
        self._grow(element, growth)
        return self._answer("true")

    def _unreadable(self, element: str) -> str:
        place = self._place(element)
        if place is None:
            return "unknown" if element else "nothing to get"
        if "r" not in place.rule.access:
            return "write only"
        if not self._reaches(place.lists, 0):
            return "not there"
        return "" if "r" in self._access.get(element, "r") else "write only"

    def _unwritable(self, element: str) -> str:
        if element.endswith(_KEYWORDS):
            return "keyword"
        place = self._place(element)
        if place is None:
            return "unknown" if element else "nothing to set"
        if "w" not in place.rule.access:
            return "read only"
        if not self._reaches(place.lists, 0 if place.rule.said.get("given") else 1):
            return "beyond"
        return "" if "w" in self._access.get(element, "w") else "read only"

    def _misfit(self, element: str, value: str) -> str:
        place = self._place(element)
        if place is None or any(
            f"{place.record}.{name}" not in self.values for name in place.rule.said.get("needs", ())
        ):
            return "needs"
        sort = self.values.get(f"{place.record}.type", "") if place.rule.kind in {"answer", "pattern"} else ""
        answer = place.rule.shared.answers.get(sort, {})
        if place.rule.kind == "pattern" and place.lists[-1].number >= answer.get("patterns", NO_INDEX):
            return "one pattern"
        return (
            fault(place.rule, value, sort)
            or self._conflict(place, element, value, sort)
            or self._overflow(element, value)
        )

    def _conflict(self, place: _Place, element: str, value: str, sort: str) -> str:
        """Say what the entries of a list forbid each other."""
        said, answer = place.rule.said, place.rule.shared.answers.get(sort, {})
        if self.values.get(element) == value:
            return ""
        if said.get("once") and element in self.values:
            return "once"
        if not said.get("unique") and not (place.rule.kind == "pattern" and answer.get("distinct")):
            return ""
        collection, index = place.lists[-1]
        last = element.rpartition(".")[2]
        others = (f"{collection}.{n}.{last}" for n in range(self._counts.get(collection, 0)) if n != index)
        return "twice" if any(self.values.get(other) == value for other in others) else ""

    def _overflow(self, element: str, value: str) -> str:
        bounds = self._table["bounds"]
        if element not in self.values and len(self.values) >= bounds["elements"]:
            return "full"
        growth = self._growth(element, value)
        return "full" if growth > 0 and self._size + growth > bounds["characters"] else ""

    def _growth(self, element: str, value: str) -> int:
        before = self.values.get(element)
        return _units(value) + (len(element) if before is None else -_units(before))

    def _value(self, element: str) -> str | None:
        """Read what was said, what follows from it, or what the table has."""
        said = self._rules[general(element)].said
        value: str | None = verdict(said["judged"], self.values.get) if "judged" in said else None
        if value is None:
            value = self.values.get(element, said.get("default"))
        return None if not value and said.get("blank") else value

    def _reaches(self, lists: list[Entry], beyond: int) -> bool:
        """Tell whether each entry is there; one that is set may be the next."""
        return all(index < self._counts.get(collection, 0) + beyond for collection, index in lists)

    def _grow(self, element: str, size: int) -> None:
        self._size += size
        for collection, index in entries(element):
            self._counts[collection] = max(self._counts.get(collection, 0), index + 1)

    def _count(self, collection: str) -> str:
        name = general(collection)
        if f"{name}.n" not in self._above:
            return self._fail("no count" if self._knows(name) else "unknown", collection)
        if not self._reaches(entries(collection), 0):
            return self._fail("not there", collection)
        return self._answer(str(self._counts.get(collection, 0)))

    def _children(self, category: str) -> str:
        name = general(category)
        if name not in self._table["categories"]:
            return self._fail("no children" if self._knows(name) else "unknown", category)
        starts = (f"{name}.n.", f"{name}.")
        below = [rule.removeprefix(start) for rule in self._rules for start in starts if rule.startswith(start)]
        return self._answer(",".join(dict.fromkeys(first for one in below if (first := one.split(".", 1)[0]) != "n")))

    def _knows(self, name: str) -> bool:
        return name in self._rules or name in self._above

    def _place(self, element: str) -> _Place | None:
        rule = self._rules.get(general(element))
        return None if rule is None else _Place(rule, entries(element))

    def _answer(self, said: str) -> str:
        self.error, self.diagnostic = NO_ERROR, ""
        return said

    def _fail(self, name: str, element: str) -> str:
        found = self._table["faults"][name]
        self.error, self.diagnostic = found["code"], f"{element}: {found['words']}"[-_DIAGNOSTIC:]
        return ""


def verdict(judged: Mapping[str, str], read: Callable[[str], str | None]) -> str | None:
    """Say what a threshold and a measure make of a status; nothing where there is no threshold (RTE 2004, 4.2.4 and 4.2.22)."""
    least, measure = read(judged["least"]), read(judged["by"])
    if not least:
        return None
    if not measure:
        return judged["open"]
    return judged["reached"] if float(measure) >= float(least) else judged["missed"]


def _units(value: str) -> int:
    """Count as browsers do: a character beyond the first 65,536 takes two."""
    return len(value) + sum(letter > "\uffff" for letter in value) if not value.isascii() else len(value)
