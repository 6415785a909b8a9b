"""Sequences of calls as a lesson may make them: mostly sensible, some not, the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.cmi.tables import table
from tests.player.cmi.cases import vectors

if TYPE_CHECKING:
    from collections.abc import Iterator

VECTORS = {"1.2": "1.2", "4th": "2004"}
_INDEXES = ("0", "0", "0", "1", "1", "2", "9")
_STATES = {
    "1.2": ("LMSInitialize", "LMSCommit", "LMSGetLastError", "LMSGetErrorString", "LMSFinish"),
    "4th": ("Initialize", "Commit", "GetLastError", "GetErrorString", "Terminate"),
}
_QUESTIONS = 0.7
"""Of the sessions, those that begin with a question that is asked in order."""
_READ_AND_WRITE = {"1.2": ("LMSGetValue", "LMSSetValue"), "4th": ("GetValue", "SetValue")}
_ODD = (
    "",
    "cmi",
    "cmi.nothing",
    "cmi.objectives.0.nothing",
    "cmi.objectives.-1.id",
    "cmi.objectives.n.id",
    "adl.nothing",
)


@dataclass(frozen=True)
class Calls:
    """Draws sequences of calls for an edition."""

    edition: str

    def runs(self, seed: int, runs: int, length: int) -> Iterator[list[list[str]]]:
        """Draw so many sequences: each begins a session, makes calls, and ends it."""
        chance = random.Random(f"{self.edition} {seed}")
        first, *_, last = _STATES[self.edition]
        pools = self._pools()
        for _ in range(runs):
            asked = self._question(chance) if chance.random() < _QUESTIONS else []
            calls = [self._call(chance, pools) for _ in range(length - len(asked))]
            yield [[first, ""], *asked, *calls, [last, ""]]

    def _pools(self) -> dict[str, list[str]]:
        """Gather by element the values that the vectors have for it, good and bad."""
        pools: dict[str, list[str]] = {}
        for group in vectors(VECTORS[self.edition])["values"]:
            values = [*group["fit"], *group["refused"], *group.get("beyond", [])]
            for element in group["elements"]:
                pools.setdefault(element, []).extend(value for value in values if value.isprintable())
        return pools

    def _question(self, chance: random.Random) -> list[list[str]]:
        """Ask one as a lesson does: who it is, of which type, what is right, and what was answered."""
        write = _READ_AND_WRITE[self.edition][1]
        answered = [group for group in vectors(VECTORS[self.edition])["values"] if "sort" in group]
        if not answered:
            return [[write, "cmi.interactions.0.id", "q1"], [write, "cmi.interactions.0.type", "choice"]]
        group = chance.choice(answered)
        said = [(chance.choice(group["elements"]), chance.choice(group["fit"] + group["refused"])) for _ in range(3)]
        calls = [("cmi.interactions.0.id", "q1"), ("cmi.interactions.0.type", group["sort"]), *said]
        return [[write, element, value] for element, value in calls if value.isprintable()]

    def _call(self, chance: random.Random, pools: dict[str, list[str]]) -> list[str]:
        read, write = _READ_AND_WRITE[self.edition]
        match chance.random():
            case part if part < 0.03:
                return self._state(chance)
            case part if part < 0.35:
                return [read, self._element(chance)]
            case part if part < 0.4:
                return [read, chance.choice([*self._categories(chance), *_ODD])]
        element = self._element(chance)
        return [write, element, self._value(chance, pools, element)]

    def _state(self, chance: random.Random) -> list[str]:
        name = chance.choice(_STATES[self.edition][:-1])
        words = {"LastError": [], "ErrorString": [chance.choice(["0", "301", "405", "406", "999", ""])]}
        return [
            name,
            *next((said for end, said in words.items() if name.endswith(end)), [chance.choice(["", "", "x"])]),
        ]

    def _categories(self, chance: random.Random) -> list[str]:
        names = [self._numbered(chance, name) for name in table(self.edition)["categories"]]
        return [f"{name}.{keyword}" for name in names for keyword in ("_children", "_count")]

    def _element(self, chance: random.Random) -> str:
        name = chance.choice(list(table(self.edition)["elements"]))
        return self._numbered(
            chance, name.removesuffix("target") + "{target=item_1}" if name.endswith(".target") else name
        )

    def _numbered(self, chance: random.Random, name: str) -> str:
        return ".".join(chance.choice(_INDEXES) if part == "n" else part for part in name.split("."))

    def _value(self, chance: random.Random, pools: dict[str, list[str]], element: str) -> str:
        own = pools.get(".".join("0" if part.isdigit() else part for part in element.split(".")))
        other = chance.choice(list(pools.values()))
        return chance.choice(own if own and chance.random() < 0.9 else other)
