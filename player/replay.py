"""What was asked of the sequencer, kept so that it can be done again step by step, pure: the author's view reads it."""

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from player.sequencing import sequencer
from player.sequencing.navigation import Request
from player.sequencing.sequencer import Reply, Visit
from player.sequencing.trace import Step
from player.sequencing.tracking import State
from player.sequencing.tree import Tree

BEGIN, RESUME, LOOK = "begin", "resume", "look"
"""What the player asks itself: a new attempt, one that goes on, and only what may be done."""

TAKES_OVER = {BEGIN, RESUME}
"""Those that find what other attempts and courses have left."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with all that it takes to answer it, and the steps that it took."""

    request: str
    """As `adl.nav.request` has it, or one of the above; nothing if it is the lesson's own that counts."""
    target: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)
    """The state before, as JSON."""
    visit: Mapping[str, Mapping[str, str]] | None = None
    """What the lesson had said (`values`), and with what it began (`before`)."""
    carried: Mapping[str, Any] = field(default_factory=dict)
    """What other attempts and courses had left, where it takes that over."""
    seed: int = 0
    trace: tuple[Step, ...] = ()

    def answer(self, tree: Tree) -> Reply:
        """Ask it (again)."""
        way = _WAYS.get(self.request)
        if way:
            return way(tree, self)
        request = Request(self.request, self.target) if self.request else None
        visit = Visit(self.visit["values"], self.visit["before"]) if self.visit else None
        return sequencer.navigate(tree, State.from_json(self.state), request, visit)

    def packed(self, reply: Reply) -> bytes:
        """Write it small, with the steps of its answer."""
        said = {name: getattr(self, name) for name in ("state", "visit", "carried", "seed")}
        return zlib.compress(json.dumps(said | {"trace": reply.trace}, ensure_ascii=False).encode("utf-8", "replace"))

    @classmethod
    def unpacked(cls, request: str, target: str, detail: bytes) -> "Asked":
        """Read what `packed` has written."""
        said = json.loads(zlib.decompress(detail))
        said["trace"] = tuple(Step(*one) for one in said["trace"])
        return cls(request, target, **said)


def _begin(tree: Tree, asked: Asked) -> Reply:
    return sequencer.begin(tree, asked.seed, State.from_json(asked.carried))


def _resume(tree: Tree, asked: Asked) -> Reply:
    return sequencer.resume(tree, State.from_json(asked.state), State.from_json(asked.carried))


def _look(tree: Tree, asked: Asked) -> Reply:
    return sequencer.opened_again(tree, State.from_json(asked.state))


_WAYS: dict[str, Callable[[Tree, Asked], Reply]] = {BEGIN: _begin, RESUME: _resume, LOOK: _look}
