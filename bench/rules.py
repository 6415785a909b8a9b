"""Rules, the pure part: what statements come to when everybody of a space learns twelve lessons, and how long "why not yet" takes.

All of it is computing and nothing waits: the clock is that of the processor, which others on the machine do not set forward.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
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
REPLAYED = "rules, a replay of everybody"
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
_FOLLOWED = 500
"""Learners whose states are read and written for each fact."""
_READ = 5000
"""Statements that are read."""


def version() -> Plan:
    """Get the rule of three parts ready."""
    return plan(language.resolved(reading.read(_RULE), {"kỹ năng số": _LESSONS}), "Asia/Ho_Chi_Minh")


def told(learner: int, seed: int) -> Iterator[Fact]:
    """Tell what somebody does, lesson after lesson: begin, complete and leave; at the end come two tries at the test."""
    chance, moment = Random(f"{learner} {seed}"), _BEGIN + learner
    for activity in (*_LESSONS, _FINAL, _FINAL):
        for verb in (ADL + "initialized", PASSED if activity == _FINAL else COMPLETED, TERMINATED):
            moment += 60_000_000
            yield Fact(
                learner=str(learner),
                id=UUID(int=chance.getrandbits(128)),
                stored=moment,
                timestamp=moment,
                verb=verb,
                activity=activity,
                score=chance.choice((0.6, 0.7, 0.85)) if verb == PASSED else None,
                duration=chance.randrange(240_000, 420_000) if verb == TERMINATED else None,
                provenance="client-asserted",
            )


def measure(learners: int, rounds: int, say: Callable[[Figure], None]) -> list[Figure]:
    """Replay everybody, follow some, and ask at the end why somebody has not completed yet."""
    rule = version()
    replayed, kept = Figure(REPLAYED, "facts/s", server=SERVER), Figure(KEPT, "facts/s", server=SERVER)
    read, why = Figure(READ, "statements/s", server=SERVER), Figure(WHY, "answers/s", server=SERVER)
    for number in range(rounds):
        _replayed(rule, learners, number, replayed)
        say(replayed)
        texts = _kept(rule, number, kept)
        say(kept)
        _read(read)
        say(read)
        _why(rule, texts, why)
        say(why)
    return [replayed, kept, read, why]


def _replayed(rule: Plan, learners: int, seed: int, figure: Figure) -> None:
    """Take in everything again, learner by learner, judging whenever something changed, as a follower does."""
    latencies, count, complete = [], 0, 0
    for learner in range(learners):
        facts_ = list(told(learner, seed))
        begin = time.process_time()
        state, met = State(rule), False
        for fact in facts_:
            if state.take(fact) and not met:
                met = judge(state).met
        latencies.append(time.process_time() - begin)
        count += len(facts_)
        complete += met
    figure.note = f"{count:,} facts of {learners:,} learners, {complete:,} of whom complete; latencies of a learner"
    figure.rounds.append(Round.of(latencies, count / sum(latencies)))


def _kept(rule: Plan, seed: int, figure: Figure) -> list[bytes]:
    """Take in one fact after the other, each of another learner: a state is read, judged and written for each."""
    texts = [State(rule).dumps()] * _FOLLOWED
    latencies = []
    for facts_ in zip(*(told(learner, seed) for learner in range(_FOLLOWED)), strict=True):
        for learner, fact in enumerate(facts_):
            begin = time.process_time()
            state = State.loads(rule, texts[learner])
            if state.take(fact):
                judge(state)
                texts[learner] = state.dumps()
            latencies.append(time.process_time() - begin)
    figure.note = f"a state has at most {max(map(len, texts)):,} bytes"
    figure.rounds.append(Round.of(latencies, len(latencies) / sum(latencies)))
    return texts


def _read(figure: Figure) -> None:
    """Read statements as schools send them, of 1.6 KB each."""
    bodies = [one.body for one in take(_READ)]
    kept = Kept(UUID(int=1), datetime.now(UTC), "partner-asserted")
    latencies = []
    for body in bodies:
        begin = time.process_time()
        facts.of(orjson.loads(body), kept)
        latencies.append(time.process_time() - begin)
    figure.rounds.append(Round.of(latencies, len(latencies) / sum(latencies)))


def _why(rule: Plan, texts: list[bytes], figure: Figure) -> None:
    """Ask for everybody: from the text of a state to the words of the answer, with the way where there is one to go."""
    latencies = []
    for text in texts:
        begin = time.process_time()
        finding = judge(State.loads(rule, text))
        explain(finding, words("vi"), _NAMES)
        for step in way(finding) or ():
            step.says(words("vi"), _NAMES)
        latencies.append(time.process_time() - begin)
    figure.note = "every node in Vietnamese, and the way"
    figure.rounds.append(Round.of(latencies, len(latencies) / sum(latencies)))
