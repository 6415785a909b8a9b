"""What is expected of packages from elsewhere: written from reading each of them, before there was an importer for it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "expected"

Findings = frozenset[tuple[str, str]]
"""Codes, each with the file it is about."""


@dataclass(frozen=True)
class Item:
    """A heading or a lesson, and what hangs below it."""

    title: str
    launch: str | None
    items: tuple[Item, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Organisation:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Outcome:
    """What an import comes to."""

    status: str
    kind: str = ""
    edition: str = ""
    organisations: tuple[Organisation, ...] = ()
    findings: Findings = frozenset()
    refused: Findings = frozenset()
    hurts: Findings = frozenset()


@dataclass(frozen=True)
class Expectation:
    """A package as it is, and what it comes to when files that it lacks are added."""

    outcome: Outcome
    added: tuple[str, ...] = ()
    completed: Outcome | None = None


def load() -> dict[str, Expectation]:
    """Read them all, by the names of their packages under the folder of cases."""
    read = {path.stem: json.loads(path.read_text("utf-8")) for path in files()}
    suite = read.pop("adl-cts")
    plain = {name: _expectation(case) for cases in read.values() for name, case in cases.items()}
    return plain | _suite(suite)


def files() -> list[Path]:
    """Name the files that expectations stand in."""
    return sorted(path for path in FOLDER.glob("*.json") if path.name != "schema.json")


def _expectation(case: dict[str, Any]) -> Expectation:
    completed = case.get("completed")
    if completed is None:
        return Expectation(_outcome(case))
    return Expectation(_outcome(case), tuple(completed["files"]), _outcome(completed))


def _outcome(case: dict[str, Any]) -> Outcome:
    return Outcome(
        case["status"],
        case.get("kind", ""),
        case.get("edition", ""),
        tuple(Organisation(one["title"], _items(one["items"])) for one in case.get("organisations", ())),
        _findings(case.get("findings", ())),
        _findings(case.get("refused", ())),
        _findings(case.get("hurts", ())),
    )


def _findings(found: Any) -> Findings:
    return frozenset((code, file) for code, file in found)


def _items(items: list[Any], number: str = "") -> tuple[Item, ...]:
    made: list[Item] = []
    for item in items:
        if isinstance(item, dict):
            made += [_item(item["item"], str(n)) for n in range(item["from"], item["to"] + 1)]
        else:
            made.append(_item(item, number))
    return tuple(made)


def _item(item: list[Any], number: str) -> Item:
    title, launch, *below = item
    return Item(
        title.replace("{n}", number), launch and launch.replace("{n}", number), _items(below[0]) if below else ()
    )


def _suite(suite: dict[str, Any]) -> dict[str, Expectation]:
    """Write out the outlines of ADL's suite."""
    missing = frozenset(("file-missing", file) for file in suite["missing"])
    made = {}
    for name, case in suite["packages"].items():
        found = _outcome(case)
        made[name] = Expectation(replace(found, findings=missing))
    for name, case in suite["outlines"].items():
        told = case if isinstance(case, dict) else {"outline": case}
        said = missing | _findings(told.get("findings", ()))
        items = _outline(told, {"page": suite["page"], "tc": name, "act": ""} | told)
        pages = sorted({address.partition("?")[0] for address in _addresses(items)})
        organisation = Organisation(f"LMS Test Content Package {name}", items)
        made[f"adl-cts/packages/{name}.zip"] = Expectation(
            Outcome("refused", findings=said, refused=frozenset(("launch-file-missing", page) for page in pages)),
            tuple(pages),
            Outcome("published", "scorm2004", "4th", (organisation,), said),
        )
    return made


def _outline(told: dict[str, Any], words: dict[str, Any]) -> tuple[Item, ...]:
    """Read a tree of numbers such as `1 2(3 4) 5`."""
    levels: list[list[Item]] = [[]]
    for token in reversed(re.findall(r"\d+|[()]", told["outline"])):
        if token == ")":
            levels.append([])
            continue
        if token == "(":
            below = tuple(reversed(levels.pop()))
            levels[-1].append(Item("", None, below))
            continue
        held = levels[-1].pop() if levels[-1] and not levels[-1][-1].title else None
        page = told.get("pages", {}).get(token, words["page"])
        launch = None if held else f"resources/{page}?tc={words['tc']}&act={token}{words['act']}"
        hidden = token in told.get("hidden", ())
        levels[-1].append(Item(f"Activity {token}", launch, held.items if held else (), hidden))
    return tuple(reversed(levels[0]))


def _addresses(items: tuple[Item, ...]) -> list[str]:
    """Name the addresses of all lessons in a tree, in order."""
    return [address for item in items for address in ([item.launch] if item.launch else []) + _addresses(item.items)]
