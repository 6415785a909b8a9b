"""ADL's test suite played against the sequencer alone: its packages, its scripts, and what they expect at each visit."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from packages import scorm2004
from packages import tree as xml
from packages.files import Files
from packages.findings import Notes
from player import given
from player.cmi.model import DataModel
from player.cmi.tables import table
from player.cmi.visit import Kept, opened
from player.sequencing import coupling, sequencer
from player.sequencing.navigation import Request
from player.sequencing.sequencer import Reply, Visit
from player.sequencing.tracking import State
from player.sequencing.tree import Tree
from tests.player.cmi.adl import BY_ID, LEARNER, Scripts, is_right
from tests.player.cmi.cases import ENDING, OPENING, READING, WRITING
from tests.player.sequencing import instructions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from player.sequencing.tree import Activity
    from tests.player.cmi.adl import Step
    from tests.player.sequencing.instructions import Instruction

ROOT = "the activity that corresponds to the root"


@cache
def read(package: Path) -> tuple[Tree, dict[str, Activity]]:
    """Read a package of the suite: its tree, and its lessons by the number that their addresses name."""
    # The pages are the suite's own and not in the package: what is said about that is of no matter here.
    with zipfile.ZipFile(package) as archive:
        notes = Notes("imsmanifest.xml")
        root = xml.parse(archive.read("imsmanifest.xml"), notes)
        found = scorm2004.read(root, Files.below("", archive.namelist()), notes)
    made = Tree(found.organisations[0], found.edition)
    return made, {one.item.address.partition("act=")[2]: one for one in made.activities if "act=" in one.item.address}


class Suite:
    """The folder of the suite: its scripts by name, and the packages of each."""

    def __init__(self, folder: Path) -> None:
        self._scripts = Scripts(folder / "scripts")
        self.packages: dict[str, list[Path]] = {}
        for package in sorted((folder / "packages").glob("*.zip")):
            alone = (folder / "scripts" / f"{package.stem}.properties").exists()
            self.packages.setdefault(package.stem if alone else package.stem[:-1], []).append(package)

    def steps(self, name: str) -> list[Step]:
        """Read a script."""
        return self._scripts.steps(name)

    @property
    def texts(self) -> dict[str, str]:
        """Give what the suite tells the person who tests."""
        return self._scripts.instructions

    def start(self, name: str) -> str:
        """Say what is opened first in a script."""
        return self._scripts.start(name)

    def before(self, name: str) -> list[str]:
        """List the scripts that one may build upon, by what they have left in global objectives: those with its number."""
        return [one for one in self.packages if one < name and one[:5] == name[:5]]

    def play(self, name: str, steps: Sequence[Step] | None = None) -> list[str]:
        """Play a script after those before it, and list what was otherwise than expected."""
        left = State()
        for one in self.before(name):
            script = self._script(one, left)
            script.play(self.steps(one), self.start(one))
            left = script.left
        return self._script(name, left).play(self.steps(name) if steps is None else steps, self.start(name))

    def _script(self, name: str, left: State) -> Script:
        return Script(self.packages[name], left, self.texts)


@dataclass
class Course:
    """A package as one learner goes through it, with what the visits to its lessons have left."""

    tree: Tree
    lessons: dict[str, Activity]
    reply: Reply | None = None
    kept: dict[str, dict[str, str]] = field(default_factory=dict)

    def launch(self, left: State) -> None:
        """Begin, or go on; every state goes through JSON on its way."""
        if self.reply and not self.reply.ended:
            return
        state = State.from_json(self.reply.state.to_json()) if self.reply else None
        if state and sequencer.goes_on(self.tree, state):
            self.reply = sequencer.resume(self.tree, state, left)
        else:
            self.reply = sequencer.begin(self.tree, carried=left)


class Script:
    """A run of one script."""

    def __init__(self, packages: list[Path], left: State, texts: dict[str, str]) -> None:
        self._texts = texts
        self.courses = [Course(*read(one)) for one in packages]
        self.course = self.courses[0]
        self.left = left
        self.faults: list[str] = []

    def play(self, steps: Sequence[Step], start: str) -> list[str]:
        """Play all visits, up to the first activity that is not the expected one."""
        opened_ = start
        for step in steps:
            if not self._arrive(step, opened_):
                break
            told = instructions.read(step.then, self._texts)
            self._visit(step, told)
            opened_ = told.opened
        return self.faults

    def _lesson(self, step: Step) -> Activity:
        return next(one.lessons[step.activity] for one in self.courses if step.activity in one.lessons)

    def _arrive(self, step: Step, start: str) -> bool:
        """Come to the activity of a step: delivered already, or launched, or chosen where the script says so."""
        self.course = next(one for one in self.courses if step.activity in one.lessons)
        self.course.launch(self.left)
        wanted = self._lesson(step)
        if start and self._delivered is not wanted:
            self._ask(step, Request("choice", self._target(start).id))
        if self._delivered is not wanted:
            self._say(step, f"{self._delivered} is delivered ({self._reply.exception})")
        return self._delivered is wanted

    @property
    def _reply(self) -> Reply:
        assert self.course.reply is not None
        return self.course.reply

    @property
    def _delivered(self) -> Activity | None:
        delivery = self._reply.delivery
        return self.course.tree.find(delivery.id) if delivery else None

    def _target(self, title: str) -> Activity:
        """Find an activity by what the script calls it."""
        activities = self.course.tree.activities
        return activities[0] if title.startswith(ROOT) else next(one for one in activities if one.title == title)

    def _ask(self, step: Step, request: Request | None, visit: Visit | None = None) -> None:
        """Make a request as a learner can: by a control that works, or an entry that can be chosen."""
        contents = self._reply.contents
        if request and request.name in {"continue", "previous"} and not contents.offers(request.name):
            self._say(step, f"the learner has no control for {request.name}")
        if request and request.name == "choice" and not contents.entry(request.target).selectable:
            self._say(step, f"the learner cannot choose {request.target}")
        self._follow(request, visit)

    def _follow(self, request: Request | None, visit: Visit | None) -> None:
        self.course.reply = sequencer.navigate(self.course.tree, self._reply.state, request, visit)

    def _visit(self, step: Step, told: Instruction) -> None:
        activity, delivery = self._delivered, self._reply.delivery
        assert activity is not None
        assert delivery is not None
        for question, expected in step.questions:
            if self._answer(question) != expected:
                self._say(step, f"{question} is {'not ' * expected}so")
        begun = self._opened(activity.id, LEARNER | given.by(activity.item, "4th"))
        model = DataModel(table("4th"), begun, delivery.access)
        self._call(step, model)
        self.course.kept[activity.id] = model.values
        self._leave(step, told, Visit(model.values, begun))

    def _opened(self, activity_id: str, launched: dict[str, str]) -> dict[str, str]:
        """Say what a lesson finds."""
        delivery = self._reply.delivery
        assert delivery is not None
        kept = coupling.kept(self.course.kept.get(activity_id, {}), delivery.given) | {"cmi.exit": "suspend"}
        launched |= delivery.given
        return opened(table("4th"), Kept(kept, ended=True) if delivery.resumed else None, launched)

    def _call(self, step: Step, model: DataModel) -> None:
        ids = {one for name, one in model.values.items() if name.startswith("cmi.objectives.") and name.endswith(".id")}
        if step.objectives is not None and ids != step.objectives:
            self._say(step, f"the objectives are {sorted(ids)}")
        running = False
        for call in step.calls:
            if call.name in OPENING | ENDING and call.words in {(), ("",)}:
                running = call.name in OPENING
            if running and call.name in READING | WRITING:
                words = [_named(word, model.values) for word in call.words]
                answer = (model.get if call.name in READING else model.set)(*words)
                if not is_right(call, answer, model.error):
                    self._say(step, f"{call.line[:120]}: {answer[:80]!r}, {model.error}")

    def _leave(self, step: Step, told: Instruction, visit: Visit) -> None:
        target = self._target(told.target).id if told.target else ""
        self._ask(step, Request(told.request, target) if told.request else None, visit)
        if told.over and not self._reply.ended:
            self._say(step, f"{told.text}: the session goes on")
        self.left = sequencer.merged(self.left, sequencer.left_over(self.course.tree, self._reply.state))

    def _answer(self, question: str) -> bool:
        """Answer as somebody would who looks at the player."""
        contents = self._reply.contents
        asked, _, title = question.partition("@")
        if asked == "toc.enabled":
            return contents.enabled
        if asked.startswith("toc."):
            entry = contents.entry(self._target(title).id)
            return entry.shown if asked == "toc.visible" else entry.selectable
        if asked == "ui.visible":
            return instructions.control(title) not in contents.hidden
        control, _, how = asked.partition(".")
        return contents.offers(control) == (how == "enabled")

    def _say(self, step: Step, words: str) -> None:
        self.faults.append(f"activity {step.activity}, visit {step.visit}: {words}")


def _named(element: str, values: dict[str, str]) -> str:
    """Resolve `&obj1&`: the suite finds an entry by its id, and so the id may stand for the index."""
    found = BY_ID.match(element)
    if not found:
        return element
    ids = {one: name for name, one in values.items() if name.startswith(f"{found[1]}.") and name.endswith(".id")}
    return f"{ids[found[2]].removesuffix('.id')}.{element[found.end() :]}" if found[2] in ids else element
