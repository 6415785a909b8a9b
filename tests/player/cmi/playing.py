"""A lesson's visits, played on the browser's runtime and on the server's twin: the same calls, and what each of them answers."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from player.cmi.model import DataModel
from player.cmi.tables import table
from player.cmi.visit import Kept, opened
from tests.player.cmi.cases import ENDING, OPENING, READING, WRITING
from tests.player.node import ROOT, node

if TYPE_CHECKING:
    from types import TracebackType

Answers = list[tuple[str, str] | None]
"""What each call answers, and the error after it; nothing where it was not asked."""


@dataclass(frozen=True)
class Visit:
    """One visit to a SCO: what stands, what is given, and what the lesson calls."""

    edition: str
    calls: list[list[str]]
    kept: Kept | None = None
    given: dict[str, str] = field(default_factory=dict)
    access: dict[str, str] = field(default_factory=dict)


class Player(Protocol):
    """Whoever can play a visit: gives the answers, and the values at the end."""

    def play(self, visit: Visit, /) -> tuple[Answers, dict[str, str]]: ...


class Twin:
    """The server's twin: it has no session, so it is asked only what reaches the data model, between a visit's beginning and its end."""

    def play(self, visit: Visit, /) -> tuple[Answers, dict[str, str]]:
        """Play a visit."""
        whole = table(visit.edition)
        model = DataModel(whole, opened(whole, visit.kept, visit.given), visit.access)
        running, answers = False, Answers()
        for name, *words in visit.calls:
            if name in OPENING | ENDING and words in ([], [""]):
                running = name in OPENING
            call = model.get if name in READING else model.set
            answers.append((call(*words), model.error) if running and name in READING | WRITING else None)
        return answers, model.values


class Browser:
    """The browser's runtime, in a process of its own."""

    def __init__(self, *editions: str) -> None:
        self._editions = editions

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [node(), str(Path(__file__).with_name("visits.js"))],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._say({edition: table(edition) for edition in self._editions})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def play(self, visit: Visit, /) -> tuple[Answers, dict[str, str]]:
        """Play a visit."""
        kept = visit.kept and {"values": dict(visit.kept.values), "ended": visit.kept.ended}
        self._say(
            {"edition": visit.edition, "kept": kept, "given": visit.given, "access": visit.access, "calls": visit.calls}
        )
        answering = self._process.stdout
        assert answering is not None
        found = json.loads(answering.readline())
        return [(answer, error) for answer, error in found["answers"]], found["values"]

    def _say(self, words: Any) -> None:
        asking = self._process.stdin
        assert asking is not None
        asking.write(json.dumps(words) + "\n")
        asking.flush()
