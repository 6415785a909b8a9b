"""What the specification asks, as rows of tables: our own short words, a statement that breaks them, and its harmless twin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.lrs.xapi.test_examples import changed
from tests.parts.programs import V1, V2, Partner, statement

if TYPE_CHECKING:
    from collections.abc import Iterable

Lrs = Callable[[str], Partner]
"""The record, spoken to in a version: `lrs(V2).post(...)`."""

VERSIONS = (V1, V2)
BOTH = pytest.mark.parametrize("version", VERSIONS)

NOWHERE = "–"
"""Stands for the section of a version that asks nothing of the kind."""


def requirement(section: str, ieee: str) -> pytest.MarkDecorator:
    """Mark a test with the sections it is from, in 1.0.3 and in 2.0 (IEEE 9274.1.1); docs/spec-map.md lists them all."""
    return pytest.mark.requirement(section, ieee)


@dataclass(frozen=True)
class Rule:
    """A requirement on statements: changes of a plain statement that break it, and others, as like as can be, that keep it."""

    words: str
    breaks: dict[str, Any]
    keeps: dict[str, Any]
    versions: tuple[str, ...] = VERSIONS

    def under(self, place: str) -> Rule:
        """Ask the same of a deeper place: what holds for an actor holds for an instructor."""
        return Rule(f"{self.words}, in {place}", _under(place, self.breaks), _under(place, self.keeps), self.versions)

    def check(self, program: Partner) -> None:
        """Send both: the one is refused and the other accepted."""
        broken = program.post(said(self.breaks))
        kept = program.post(said(self.keeps))

        assert (broken.status_code, kept.status_code) == (400, 200), (broken.text, kept.text)


def said(changes: dict[str, Any]) -> dict[str, Any]:
    """Change a plain statement in some places, such as `result.score.raw`."""
    made = statement()
    for path, value in changes.items():
        made = changed(made, path, value)
    return made


def each(rules: Iterable[Rule]) -> pytest.MarkDecorator:
    """Ask every rule of a table, in the versions that it belongs to."""
    rows = [(rule, version) for rule in rules for version in rule.versions]
    return pytest.mark.parametrize(("rule", "version"), rows, ids=[f"{version} {rule.words}" for rule, version in rows])


def _under(place: str, changes: dict[str, Any]) -> dict[str, Any]:
    return {f"{place}.{path}" if path else place: value for path, value in changes.items()}
