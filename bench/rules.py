"""Rules, the pure part: what statements come to when everybody of a space learns twelve lessons, and how long "why not yet" takes."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from bench.figures import Figure, Round
from bench.statements import take
from lrs.outcomes.rules import facts, language, reading
from lrs.outcomes.rules.evaluate import judge
from lrs.outcomes.rules.explain import explain
from lrs.outcomes.rules.facts import Fact, Kept
from lrs.outcomes.rules.language import ADL, COMPLETED, PASSED, TERMINATED
from lrs.outcomes.rules.plan import Plan, plan
from lrs.outcomes.rules.sentence import Names
from lrs.outcomes.rules.state import State
from lrs.outcomes.rules.way import way
from lrs.outcomes.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SERVER = "rules, without a database"
TAKEN = "rules, facts into states in memory"
KEPT = "rules, each fact with its state read and written"
READ = "rules, statements into facts"
WHY = "rules, why not yet"

FEW, MANY = 3000, 30_000
"""Learners."""

_LESSONS = tuple(f"https://example.org/lesson/{number}" for number in range(1, 13))
_FINAL = "https://example.org/final"
_NAMES = Names({each: f"Bài {number}" for number, each in enumerate(_LESSONS, 1)} | {_FINAL: "Bài kiểm tra cuối"})
_RULE: dict[str, Any] = {
    "all": [
        {"did": {"tag": "kỹ năng số"}},
        {"score": {"activity": _FINAL, "atLeast": 0.8}},
        {"duration": {"tag": "kỹ năng số", "minutes": 60}},
    ]
}
_BEGIN = 1_772_352_000_000_000
_BATCH = 1000
_ASKED = 1000
_ALONE = 20_000
"""Facts whose state is read and written for each."""
_READ = 5000
"""Statements that are read."""


def version() -> Plan:
    """Get the rule of three parts ready."""
    return plan(language.resolved(reading.read(_RULE), {"kỹ năng số": _LESSONS}), "Asia/Ho_Chi_Minh")


def told(learners: int, seed: int) -> Iterator[tuple[int, Fact]]:
    """Tell what everybody does, lesson after lesson: begin, complete and leave; at the end come two tries at the test."""
    chance, moment = Random(seed), _BEGIN
    for activity in (*_LESSONS, _FINAL, _FINAL):
        for learner in range(learners):
            for verb in (ADL + "initialized", PASSED if activity == _FINAL else COMPLETED, TERMINATED):
                moment += 1000
                done = verb == PASSED and chance.random() < 0.6  # noqa: PLR2004 - as many pass
                yield (
                    learner,
                    Fact(
                        learner=str(learner),
                        id=UUID(int=chance.getrandbits(128)),
                        stored=moment,
                        timestamp=moment,
                        verb=verb,
                        activity=activity,
                        score=(0.85 if done else 0.6) if activity == _FINAL else None,
                        duration=chance.randrange(240_000, 420_000) if verb == TERMINATED else None,
                        provenance="client-asserted",
                    ),
                )


def measure(learners: int, rounds: int, say: Callable[[Figure], None]) -> list[Figure]:
    """Follow everybody through everything, and ask at the end why somebody has not completed yet."""
    rule = version()
    taken, kept = Figure(TAKEN, "facts/s", server=SERVER), Figure(KEPT, "facts/s", server=SERVER)
    read, why = Figure(READ, "statements/s", server=SERVER), Figure(WHY, "answers/s", server=SERVER)
    for number in range(rounds):
        states = _taken(rule, learners, number, taken)
        say(taken)
        _kept(rule, states, kept)
        say(kept)
        _read(read)
        say(read)
        _why(rule, states, why)
        say(why)
    return [taken, kept, read, why]


def _taken(rule: Plan, learners: int, seed: int, figure: Figure) -> list[State]:
    """Take in everything, and judge whoever is concerned, as a follower does."""
    states = [State(rule) for _ in range(learners)]
    met: set[int] = set()
    latencies, count, everything = [], 0, told(learners, seed)
    while batch := list(islice(everything, _BATCH)):
        begin = time.perf_counter()
        for learner, fact in batch:
            if states[learner].take(fact) and judge(states[learner]).met:
                met.add(learner)
        latencies.append(time.perf_counter() - begin)
        count += len(batch)
    figure.note = f"{count:,} facts of {learners:,} learners, {len(met):,} of whom complete; latencies of {_BATCH:,}"
    figure.rounds.append(Round.of(latencies, count / sum(latencies)))
    return states


def _kept(rule: Plan, states: list[State], figure: Figure) -> None:
    """Do it again as if each fact came alone: its state is read, judged and written."""
    texts = [state.dumps() for state in states]
    latencies = []
    for learner, fact in islice(told(len(states), 99), len(states), len(states) + _ALONE):
        begin = time.perf_counter()
        state = State.loads(rule, texts[learner])
        if state.take(fact):
            judge(state)
            texts[learner] = state.dumps()
        latencies.append(time.perf_counter() - begin)
    figure.note = f"a state has at most {max(map(len, texts)):,} bytes"
    figure.rounds.append(Round.of(latencies, len(latencies) / sum(latencies)))


def _read(figure: Figure) -> None:
    """Read statements as schools send them, of 1.6 KB each."""
    bodies = [one.body for one in take(_READ)]
    kept = Kept(UUID(int=1), datetime.now(UTC), "partner-asserted")
    latencies = []
    for body in bodies:
        begin = time.perf_counter()
        facts.of(orjson.loads(body), kept)
        latencies.append(time.perf_counter() - begin)
    figure.rounds.append(Round.of(latencies, len(latencies) / sum(latencies)))


def _why(rule: Plan, states: list[State], figure: Figure) -> None:
    """Ask for those who have not completed: from the text of a state to the words of the answer."""
    asked = [state.dumps() for state in states if not judge(state).met][:_ASKED]
    latencies = []
    for text in asked:
        begin = time.perf_counter()
        finding = judge(State.loads(rule, text))
        explain(finding, words("vi"), _NAMES)
        steps = [step.says(words("vi"), _NAMES) for step in way(finding) or ()]
        latencies.append(time.perf_counter() - begin)
    figure.note = f"in Vietnamese, with the way: {'; '.join(steps)}"
    figure.rounds.append(Round.of(latencies, len(latencies) / sum(latencies)))
