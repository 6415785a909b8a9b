"""ADL's scripts walked in a real browser: a SCO of ours makes their calls, and the player is looked at and pressed as a learner would."""

from __future__ import annotations

import io
import time
import zipfile
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tests.player.cmi.adl import LEARNER, is_right
from tests.player.sequencing import instructions
from tests.player.sequencing.suite import ROOT, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Frame, Page

    from tests.journeys.sequenced import Player
    from tests.player.cmi.adl import Call, Step
    from tests.player.sequencing.instructions import Instruction
    from tests.player.sequencing.suite import Suite

PAGE = Path(__file__).with_name("scripted.html")
NEVER = "SequencingTestFail"
"""A page of the suite that nobody must ever see."""

_PATIENCE = 20.0
_BREATH = 3.0


def provided(package: Path) -> bytes:
    """Put our page where the suite would serve its own: in place of each that a package opens."""
    _, lessons = read(package)
    pages = {one.item.launch.file for one in lessons.values() if one.item.launch}
    made = io.BytesIO()
    with zipfile.ZipFile(package) as theirs, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as ours:
        for name in theirs.namelist():
            if name not in pages:
                ours.writestr(name, theirs.read(name))
        for name in sorted(pages):
            ours.write(PAGE, name)
    return made.getvalue()


class Lessons(Protocol):
    """Where each package is learned."""

    def __getitem__(self, package: Path) -> str:
        """Give the address of its lesson."""


class Arrival(NamedTuple):
    """A page of ours that has been opened: which activity it is, which visit, and under which name."""

    frame: Frame
    activity: str
    visit: int
    page: str


@dataclass
class Walk:
    """Somebody who goes through scripts, one after the other."""

    page: Page
    player: Player
    suite: Suite
    lessons: Lessons
    """The address of each package's lesson."""
    account: str
    """Who the learner is: the scripts call them something else."""
    faults: list[str] = field(default_factory=list)
    _arrivals: deque[Arrival] = field(default_factory=deque)
    _ends: deque[tuple[str, str]] = field(default_factory=deque)
    _open: Path | None = None

    def __post_init__(self) -> None:
        """Listen to the pages."""
        context = self.page.context
        context.expose_binding("arrived", lambda source, *said: self._arrivals.append(Arrival(source["frame"], *said)))
        context.expose_binding("ended", lambda _, *said: self._ends.append(said))

    def play(self, name: str, steps: Sequence[Step] | None = None) -> list[str]:
        """Play a script, up to the first activity that is not the expected one; list what was otherwise than expected."""
        self.faults, seen = [], Counter[str]()
        start = self.suite.start(name)
        for step in self.suite.steps(name) if steps is None else steps:
            arrival = self._arrive(name, step, start)
            seen[step.activity] += 1  # scripts number their visits carelessly
            if arrival is None or not self._is_expected(step, arrival, seen[step.activity]):
                break
            told = instructions.read(step.then, self.suite.texts)
            self._visit(step, arrival)
            self._leave(step, told)
            start = told.opened
            if (
                start and not told.over
            ):  # the course goes on: the learner chooses at once, and not when it has been launched again
                start = self._go_on_with(step, start)
        self._settle()
        return self.faults

    def _settle(self) -> None:
        """Let what the last page has asked for come to something: another script may build upon it."""
        deadline = time.monotonic() + _BREATH
        while not self._arrivals and not self.player.rests and time.monotonic() < deadline:
            self.page.wait_for_timeout(10)
        self._arrivals.clear()
        self._open = None

    def _package(self, name: str, step: Step) -> Path:
        return next(one for one in self.suite.packages[name] if step.activity in read(one)[1])

    def _arrive(self, name: str, step: Step, start: str) -> Arrival | None:
        """Come to the activity of a step: delivered already, or launched, or chosen where the script says so."""
        package = self._package(name, step)
        if self._open != package:
            self._launch(package)
        found = self._await()
        if found is None and self.player.over:
            self._launch(package)
            found = self._await()
        if start and (found is None or found.activity != step.activity):
            self._choose(step, start)
            found = self._await()
        if found is None:
            self._say(step, f"nothing is delivered; {self.player.describe()}")
        return found

    def _is_expected(self, step: Step, found: Arrival, visit: int) -> bool:
        expected = (found.activity, found.visit) == (step.activity, visit) and found.page != NEVER
        if not expected:
            self._say(step, f"{found[1:]} is delivered; {self.player.describe()}")
        return expected

    def _launch(self, package: Path) -> None:
        self.player.launch(self.lessons[package])
        self._open = package

    def _await(self) -> Arrival | None:
        """Wait until a lesson has arrived, or the player says that the learner is to choose, or that all is over."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            if self._arrivals:
                return self._arrivals.popleft()
            if self.player.rests:
                return None
            self.page.wait_for_timeout(10)
        return None

    def _visit(self, step: Step, arrival: Arrival) -> None:
        """Look at what the player offers, and let the page make its calls."""
        for question, expected in step.questions:
            if self._answer(question) != expected:
                self._say(step, f"{question} is {'not ' * expected}so")
        self._ends.clear()
        calls = [[call.name, *call.words] for call in step.calls]
        answers, ids = arrival.frame.evaluate("(calls) => play(calls)", calls)
        if step.objectives is not None and set(ids) != step.objectives:
            self._say(step, f"the objectives are {ids}")
        for call, (answer, error) in zip(map(self._meant, step.calls), answers, strict=True):
            if not is_right(call, answer, error):
                self._say(step, f"{call.line[:120]}: {answer[:80]!r}, {error}")

    def _meant(self, call: Call) -> Call:
        asks = (
            call.name == "GetValue" and call.words == ("cmi.learner_id",) and call.answer == LEARNER["cmi.learner_id"]
        )
        return replace(call, answer=self.account) if asks else call

    def _leave(self, step: Step, told: Instruction) -> None:
        """Do what the script tells the learner to do when the page has done all."""
        if told.request:
            self._press(step, told)
        if told.over and not self.player.comes_to_an_end():
            self._say(step, f"{told.text}: the session goes on")

    def _press(self, step: Step, told: Instruction) -> None:
        if told.request == "choice":
            self._choose(step, told.target)
        elif told.request in {"continue", "previous"} and not self.player.offers(told.request):
            self._say(step, f"the learner has no control for {told.request}")
        elif not self.player.press(told.request):
            self._say(step, f"the learner has no way to {told.request}")

    def _go_on_with(self, step: Step, title: str) -> str:
        if any(call.name == "SetValue" and call.words[0] == "adl.nav.request" for call in step.calls):
            self._await()  # what the page has asked for comes first
        return self._choose(step, title)

    def _choose(self, step: Step, title: str) -> str:
        if not self.player.choose(self._title(title)):
            self._say(step, f"the learner cannot choose {title}")
        return ""

    def _title(self, title: str) -> str:
        assert self._open is not None
        return read(self._open)[0].root.title if title.startswith(ROOT) else title

    def _answer(self, question: str) -> bool:
        """Answer as somebody would who looks at the player."""
        asked, _, title = question.partition("@")
        if asked == "toc.enabled":
            return self.player.can_choose
        if asked.startswith("toc."):
            title = self._title(title)
            return self.player.lists(title) if asked == "toc.visible" else self.player.selects(title)
        if asked == "ui.visible":
            return self.player.shows(instructions.control(title))
        control, _, how = asked.partition(".")
        return self.player.offers(control) == (how == "enabled")

    def _say(self, step: Step, words: str) -> None:
        self.faults.append(f"activity {step.activity}, visit {step.visit}: {words}")
