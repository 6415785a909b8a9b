"""What a learner waits for between two lessons: a navigation request with its table of contents, in courses of 200 and of 1,000 items."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from bench.figures import Figure, Round
from packages.model import (
    SCO,
    Condition,
    ControlMode,
    Item,
    Launch,
    Objective,
    ObjectiveMap,
    Organisation,
    Rule,
    Sequencing,
    Text,
)
from player.sequencing import sequencer
from player.sequencing.navigation import Request
from player.sequencing.sequencer import Visit
from player.sequencing.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SERVER = "sequencing"
COURSES = {"202 items": (3, 66, 107), "1,000 items": (9, 110, 500), "1,000 items in one row": (1, 998, 500)}
"""Modules, lessons in each, and rules in all."""

_FLOW = ControlMode(flow=True)
_RULES = (
    Rule("skip", (Condition("completed"), Condition("satisfied"))),
    Rule("disabled", (Condition("satisfied", negated=True, objective="before"),)),
    Rule("hiddenFromChoice", (Condition("attemptLimitExceeded"),)),
)
_SAID = Visit({"cmi.completion_status": "completed", "cmi.success_status": "passed", "cmi.score.scaled": "0.8"}, {})


def course(modules: int, lessons: int, rules: int) -> Tree:
    """Make a course in which lessons read what the lesson before them has written."""

    def lesson(n: int) -> Item:
        said = Sequencing(before=_RULES[n % 3 :][:1] if n <= rules else (), objectives=_objectives(n))
        return Item(f"lesson-{n}", Text.of(f"Lesson {n}"), Launch(f"{n}.html", SCO), sequencing=said)

    def module(m: int) -> Item:
        below = tuple(lesson(m * lessons + n) for n in range(1, lessons + 1))
        return Item(f"module-{m}", Text.of(f"Module {m}"), items=below, sequencing=Sequencing(_FLOW))

    items = tuple(module(m) for m in range(modules))
    return Tree(Organisation("course", Text.of("Course"), items, sequencing=Sequencing(_FLOW)))


def _objectives(n: int) -> tuple[Objective, ...]:
    own = ObjectiveMap(f"done-{n}", write_satisfied_status=True)
    before = ObjectiveMap(f"done-{n - 1}", read_satisfied_status=True)
    return Objective("own", primary=True, maps=(own,)), Objective("before", maps=(before,))


def measure(rounds: int, seconds: float, say: Callable[[Figure], None]) -> list[Figure]:
    """Go through each course again and again for so long a round; what counts is how long a request takes."""
    figures = []
    for name, (modules, lessons, rules) in COURSES.items():
        figure = Figure(
            f"navigation, {name}", "requests/s", note="state, delivery, contents with all validities", server=SERVER
        )
        made = course(modules, lessons, rules)
        for _ in range(rounds):
            taken = list(_taken(made, seconds / len(COURSES)))
            figure.rounds.append(Round.of(taken, len(taken) / sum(taken)))
            say(figure)
        figures.append(figure)
    return figures


def _taken(made: Tree, seconds: float) -> Iterator[float]:
    """Continue from lesson to lesson, beginning anew at the end, and tell how long each request took."""
    end = perf_counter() + seconds
    reply = sequencer.begin(made)
    while True:
        begun = perf_counter()
        reply = sequencer.navigate(made, reply.state, Request("continue"), _SAID)
        done = perf_counter()
        yield done - begun
        if done > end:
            return
        if reply.ended:
            reply = sequencer.begin(made)
