"""Trying a rule before it holds, a slice at a time: each request goes on for a moment, and none of them takes minutes.

What was found so far travels with the form and lies nowhere: a trial that nobody goes on with is over.
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from lrs.outcomes import trying
from lrs.outcomes.trying import Ground
from storage import remakings
from storage.database import Tx

SLICE = 1.5
"""Seconds that one request goes on."""

SHOWN = 50
"""So many people of each kind are called by their names; the others are counted."""

_WHOLE = 9
"""Digits of a figure that a form may bring back."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is known so far of what a rule would change."""

    rule: str
    """Which rule is tried: what was found for another one says nothing."""
    looked: int = 0
    met: int = 0
    gain: int = 0
    lose: int = 0
    gained: tuple[UUID, ...] = ()
    lost: tuple[UUID, ...] = ()
    after: UUID | None = None
    done: bool = False
    everybody: int = 0
    """How many there are, as far as anybody knows now."""

    def fields(self) -> list[tuple[str, str]]:
        """Write it down for the form that brings it back."""
        figures = [(name, str(getattr(self, name))) for name in ("looked", "met", "gain", "lose")]
        people = [(name, each.hex) for name in ("gained", "lost") for each in getattr(self, name)]
        after = [] if self.after is None else [("after", self.after.hex)]
        return [("rule", self.rule), *figures, *people, *after]


def mark(text: str) -> str:
    """Tell one rule from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def begun(text: str, form: Mapping[str, list[str]]) -> Trial:
    """Go on with the trial that a form brings back, if it is of this rule; else begin one."""
    new = Trial(mark(text))
    if form.get("trial.rule") != [new.rule]:
        return new
    try:
        looked, met, gain, lose = (_figure(form, name) for name in ("looked", "met", "gain", "lose"))
        return replace(
            new,
            looked=looked,
            met=met,
            gain=gain,
            lose=lose,
            gained=_people(form, "gained"),
            lost=_people(form, "lost"),
            after=next(iter(_people(form, "after")), None),
        )
    except ValueError:
        return new


def _figure(form: Mapping[str, list[str]], name: str) -> int:
    (text,) = form.get(f"trial.{name}", [""])
    return int(text[:_WHOLE])


def _people(form: Mapping[str, list[str]], name: str) -> tuple[UUID, ...]:
    return tuple(UUID(hex=each) for each in form.get(f"trial.{name}", [])[:SHOWN])


def gone_on(tx: Tx, ground: Ground, rule_id: UUID | None, body: dict[str, Any], trial: Trial) -> Trial:
    """Go through some more people, for a moment."""
    until = time.monotonic() + SLICE
    trial = replace(trial, everybody=remakings.count_learners(tx))
    for part in trying.parts(tx, ground, rule_id, body, trial.after):
        trial = replace(
            trial,
            looked=trial.looked + part.learners,
            met=trial.met + part.met,
            gain=trial.gain + len(part.gain),
            lose=trial.lose + len(part.lose),
            gained=(*trial.gained, *part.gain)[:SHOWN],
            lost=(*trial.lost, *part.lose)[:SHOWN],
            after=part.last,
        )
        if time.monotonic() > until:
            return trial
    return replace(trial, done=True)
