"""What is read, in a log that grows: every kind of question at every size, one after the other on one connection."""

from __future__ import annotations

import random
import re
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from bench import statements
from bench.figures import Figure, Round
from bench.lines import Line, LoadFailed, Outcome, ask
from bench.requests import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.load import Load
    from bench.statements import Statement

WARM = 40
PAGES = 100
BATCH = 500
CONNECTIONS = 4
REFERENCES = 1000
VOIDINGS = 100
CONFIRMED = 20
_SAMPLE = 5000
_POPULAR = 2
_MORE = re.compile(rb'"more":"([^"]*)"')


@dataclass
class Known:
    """What the questions are made of: a sample of what was written, and when."""

    chance: random.Random = field(default_factory=lambda: random.Random(11))
    sample: list[Statement] = field(default_factory=list)
    spans: list[tuple[datetime, datetime]] = field(default_factory=list)
    seen: int = 0

    def keep(self, statement: Statement) -> None:
        """Keep each statement with the same chance, however many there will be."""
        self.seen += 1
        if len(self.sample) < _SAMPLE:
            self.sample.append(statement)
        elif (place := self.chance.randrange(self.seen)) < _SAMPLE:
            self.sample[place] = statement

    def one(self) -> Statement:
        """Choose one."""
        return self.chance.choice(self.sample)

    def course(self) -> str:
        """Choose one of the courses that many take."""
        return f"{statements.HOME}/khoa-hoc/{self.chance.randrange(_POPULAR):03}"

    def moment(self, half: int) -> datetime:
        """Choose a time at which statements were written: in the first half of a filling, or in the second."""
        begin, end = self.chance.choice(self.spans)
        return begin + (end - begin) * (half + self.chance.random()) / 2


def _single(known: Known) -> dict[str, Any]:
    return {"statementId": known.one().id.decode()}


def _agent(known: Known) -> dict[str, Any]:
    return {"agent": statements.agent(known.one().actor), "limit": 10}


def _registration(known: Known) -> dict[str, Any]:
    return {"registration": known.one().registration}


def _verb_and_activity(known: Known) -> dict[str, Any]:
    return {"verb": statements.verb("progressed"), "activity": known.course(), "limit": 100}


def _nothing(known: Known) -> dict[str, Any]:
    return {"verb": statements.verb("terminated"), "activity": known.course(), "limit": 100}


def _related_activities(known: Known) -> dict[str, Any]:
    return {"activity": known.course(), "related_activities": True, "limit": 100}


def _related_agents(known: Known) -> dict[str, Any]:
    return {"agent": statements.agent(known.one().teacher), "related_agents": True, "limit": 100}


def _latest(_known: Known) -> dict[str, Any]:
    return {"limit": 100}


def _between(known: Known) -> dict[str, Any]:
    until = known.moment(half=1)
    return {"since": (until - timedelta(seconds=1)).isoformat(), "until": until.isoformat(), "limit": 100}


def _since(known: Known) -> dict[str, Any]:
    return {"since": known.moment(half=0).isoformat(), "ascending": True, "limit": 100}


KINDS: dict[str, Callable[[Known], dict[str, Any]]] = {
    "statementId": _single,
    "agent": _agent,
    "registration": _registration,
    "verb + activity": _verb_and_activity,
    "verb + activity, no hit": _nothing,
    "related_activities": _related_activities,
    "related_agents": _related_agents,
    "latest 100": _latest,
    "since and until": _between,
    "since, ascending": _since,
}


def curve(load: Load, sizes: tuple[int, ...], asked: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Fill the space from size to size through the API itself, and ask at each; at last again with references and voidings in it."""
    known = Known()
    before = load.service.count()
    for wanted in sizes:
        figure = Figure("fill by batches of 500", "statements/s", size=wanted)
        figure.rounds.append(fill(load, known, wanted - known.seen))
        say(figure)
        yield figure
        confirm(load, known, before)
        yield from _asked(load, known, asked, "", say)
    refer(load, known)
    yield from _asked(load, known, asked, f", among {REFERENCES} references", say)


def fill(load: Load, known: Known, count: int) -> Round:
    """Write so many statements as any program would: what lies there is what the service writes."""

    def kept() -> Iterator[Statement]:
        for statement in load.stream(count):
            known.keep(statement)
            yield statement

    begin = datetime.now(UTC)
    found = load.run(load.writer.batches(kept(), BATCH), CONNECTIONS, BATCH, whole=True)
    known.spans.append((begin, datetime.now(UTC)))
    return found


def refer(load: Load, known: Known) -> None:
    """Write statements about other statements, and void some."""
    voided, known.sample = known.sample[:VOIDINGS], known.sample[VOIDINGS:]
    bodies = [statements.reference(statements.VOIDED, one.id.decode()) for one in voided]
    bodies += [statements.reference(statements.COMMENTED, known.one().id.decode()) for _ in range(REFERENCES)]
    ask(load.service.port, load.writer.write("POST", STATEMENTS, b"[" + b",".join(bodies) + b"]"))


def _asked(load: Load, known: Known, asked: int, more: str, say: Callable[[Figure], None]) -> Iterator[Figure]:
    load.service.ground.settle()
    for name, kind in KINDS.items():
        requests = [load.writer.get(**kind(known)) for _ in range(asked)]
        figure = Figure(f"{name}{more}", "requests/s", size=known.seen, note=f"{_hits(load, name, requests[0])} hits")
        load.run(requests[:WARM], 1)
        figure.rounds.append(load.run(requests, 1))
        say(figure)
        yield figure
    figure = Figure(f"walk by more{more}", "statements/s", size=known.seen)
    figure.rounds.append(walk(load))
    say(figure)
    yield figure


def walk(load: Load) -> Round:
    """Follow `more` from page to page."""
    outcome = Outcome()
    found = 0
    path = f"{STATEMENTS}?limit=100"
    begin = time.perf_counter()
    with closing(Line(load.service.port, outcome)) as line:
        while path and outcome.requests < PAGES:
            page = line.ask(load.writer.get(path))
            found += page.count(b'"stored":')
            more = _MORE.search(page)
            path = more[1].decode() if more else ""
    return Round.of(outcome.latencies, found / (time.perf_counter() - begin))


def confirm(load: Load, known: Known, before: int) -> None:
    """See that all of it is there, and says what was sent."""
    if (kept := load.service.count() - before) != known.seen:
        raise LoadFailed(f"of {known.seen} statements {kept} are there")
    for one in known.sample[:CONFIRMED]:
        sent = orjson.loads(one.body)
        found = orjson.loads(ask(load.service.port, load.writer.get(statementId=one.id.decode())))
        if {name: found.get(name) for name in sent} != sent:
            raise LoadFailed(f"statement {one.id.decode()} came back as another")


def _hits(load: Load, name: str, request: bytes) -> int:
    """Count what an answer holds: a fast answer that found nothing proves nothing, unless nothing was to be found."""
    found = orjson.loads(ask(load.service.port, request))
    hits = len(found["statements"]) if "statements" in found else 1
    if (hits == 0) != (KINDS[name] is _nothing):
        raise LoadFailed(f"{name}: {hits} hits")
    return hits
