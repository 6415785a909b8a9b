"""What is kept of one learner and one version of a rule: little, and enough to judge (docs/rules.md, State)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson

from lrs.outcomes.rules.facts import Fact
from lrs.outcomes.rules.plan import Entry, Plan, Watch

KEPT = 4
"""Entries of a slot. To judge one is enough; the others stand in for it when it is voided."""

Slots = dict[str, list[Entry]]


class State:
    """The entries that decide, of each condition, by what it tells apart; what order they came in leaves no trace that matters."""

    __slots__ = ("kept", "lost", "plan", "voided")

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.kept: list[Slots] = [{} for _ in plan.watches]
        self.lost: set[tuple[int, str]] = set()
        """Slots out of which something was pushed."""
        self.voided: set[str] = set()

    def __eq__(self, other: object) -> bool:
        """Tell whether two states keep the same."""
        return isinstance(other, State) and self.to_json() == other.to_json()

    __hash__ = None  # type: ignore[assignment]  # it changes

    @property
    def worn(self) -> bool:
        """Whether all that was kept somewhere has been voided and more was pushed out: it has to be made anew from the record."""
        return any(slot not in self.kept[number] for number, slot in self.lost)

    def take(self, fact: Fact) -> bool:
        """Take in what a statement tells of this learner; say whether anything is different now."""
        changed = False
        for watch in self.plan.watching(fact):
            if watch.wants(fact) and (slot := watch.slot(fact)) is not None:
                changed |= self._put(watch, slot, fact)
        return changed

    def void(self, statement: UUID) -> bool:
        """Leave a statement out, whether it has come already or is still to come; say whether anything is different now."""
        gone = statement.hex
        if gone in self.voided:
            return False
        self.voided.add(gone)
        for slots in self.kept:
            for slot in [slot for slot, entries in slots.items() if any(entry[2] == gone for entry in entries)]:
                slots[slot] = [entry for entry in slots[slot] if entry[2] != gone]
                if not slots[slot]:
                    del slots[slot]
        return True

    def _put(self, watch: Watch, slot: str, fact: Fact) -> bool:
        entry = (fact.stored, fact.timestamp, fact.id.hex, watch.value(fact))
        slots, lost = self.kept[watch.number], (watch.number, slot) in self.lost
        entries = slots.get(slot, [])
        if entry[2] in self.voided or any(each[2] == entry[2] for each in entries):
            return False
        ordered = sorted([*entries, entry], key=watch.order.key, reverse=watch.order.backwards)
        if lost and ordered[-1] is entry:
            return False  # what was pushed out stands behind those that are kept, and this may stand behind it
        if len(ordered) > KEPT:
            self.lost.add((watch.number, slot))
        slots[slot] = ordered[:KEPT]
        return not lost or slots[slot] != entries

    def to_json(self) -> dict[str, Any]:
        """Write it as a JSON value, equal for equal states."""
        kept = [{slot: slots[slot] for slot in sorted(slots)} for slots in self.kept]
        return {"kept": kept, "lost": sorted(self.lost), "voided": sorted(self.voided)}

    def dumps(self) -> bytes:
        """Write it as a JSON text."""
        return orjson.dumps(self.to_json())

    @classmethod
    def loads(cls, plan: Plan, text: str | bytes) -> "State":
        """Read what dumps has written for the same version."""
        said = orjson.loads(text)
        state = cls(plan)
        state.kept = [{slot: [_entry(each) for each in slots[slot]] for slot in slots} for slots in said["kept"]]
        state.lost = {(number, slot) for number, slot in said["lost"]}
        state.voided = {*said["voided"]}
        return state


def _entry(said: list[Any]) -> Entry:
    stored, timestamp, statement, value = said
    return stored, timestamp, statement, value


def state_of(plan: Plan, facts: Iterable[Fact], voided: Iterable[UUID] = ()) -> State:
    """Make the state of all that is known of a learner."""
    state = State(plan)
    for statement in voided:
        state.void(statement)
    for fact in facts:
        state.take(fact)
    return state
