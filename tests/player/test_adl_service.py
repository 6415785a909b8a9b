"""ADL's scripts played against the service: what is asked with commits, kept and told comes to the same as in the sequencer alone."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from player import given
from player.cmi.model import DataModel
from player.cmi.tables import table
from player.cmi.visit import Kept
from player.opening import Opening
from player.sequencing.contents import Contents, Entry
from player.sequencing.sequencer import Delivery
from player.sequencing.tracking import State
from tests.parts.lessons import Playing, play, publish
from tests.player.cmi.adl import LEARNER
from tests.player.sequencing.suite import Course, Script, Suite, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from player.sequencing.navigation import Request
    from player.sequencing.sequencer import Visit
    from tests.parts.installations import Installation, Person
    from tests.player.cmi.adl import Step
    from tests.player.sequencing.instructions import Instruction


@dataclass
class Told:
    """What the shell is told, with the face of a reply of the sequencer."""

    said: Mapping[str, Any]
    state: None = None

    @property
    def ended(self) -> bool:
        return bool(self.said["ended"])

    @property
    def exception(self) -> str:
        return str(self.said["exception"])

    @property
    def delivery(self) -> Delivery | None:
        said = self.said
        return Delivery(said["item"], said["resumed"], said["given"], said["access"]) if said["opens"] else None

    @property
    def contents(self) -> Contents:
        said = self.said["contents"]
        known = {name: one for name, one in said.items() if name in {"requests", "jumps"}}
        entries = [{name: one[name] for name in Entry.__slots__} for one in said["entries"]]
        return Contents(**known, hidden=tuple(said["hidden"]), entries=tuple(Entry(**one) for one in entries), current=self.said["item"] or "")


@dataclass
class ServedCourse(Course):
    """A package as one learner goes through it, at the service."""

    person: Person | None = None
    version: str = ""
    playing: Playing | None = None
    n: int = 0
    visits: int = 0

    def launch(self, left: State) -> None:
        if self.reply and not self.reply.ended:
            return
        assert self.person is not None
        self.playing = play(self.person, self.version)
        self.n, self.visits = 0, 0
        self.reply = Told(self.playing.found["next"])

    def commit(self, item: str, values: dict[str, str], navigate: dict[str, Any]) -> None:
        assert self.playing is not None
        self.n += 1
        self.playing.item, self.playing.visit = item, max(1, self.visits)
        answer = self.playing.commit(self.n, values, finished=bool(item), navigate=navigate)
        assert answer.status_code == 200, answer.text
        told = answer.json or {}
        assert "refused" not in told, told["refused"]
        self.reply = Told(told["next"])


class ServedScript(Script):
    """A run of one script at the service."""

    def __init__(self, packages: list[Path], person: Person, texts: dict[str, str]) -> None:
        super().__init__(packages, State(), texts)
        self.courses = [
            ServedCourse(*read(one), person=person, version=publish(person.installation, whole(one))) for one in packages
        ]
        self.course = self.courses[0]

    def _ask(self, step: Step, request: Request | None, visit: Visit | None = None) -> None:
        contents = self._reply.contents
        if request and request.name in {"continue", "previous"} and not contents.offers(request.name):
            self._say(step, f"the learner has no control for {request.name}")
        if request and request.name == "choice" and not contents.entry(request.target).selectable:
            self._say(step, f"the learner cannot choose {request.target}")
        name, target = request or ("", "")
        navigate = {"after": self._reply.said["revision"], "request": name, "target": target}
        said = {one: value for one, value in visit.values.items() if value != visit.before.get(one)} if visit else {}
        self.course.commit(self._reply.said["item"] if visit else "", said, navigate)

    def _visit(self, step: Step, told: Instruction) -> None:
        activity, delivery = self._delivered, self._reply.delivery
        assert activity is not None and delivery is not None
        for question, expected in step.questions:
            if self._answer(question) != expected:
                self._say(step, f"{question} is {'not ' * expected}so")
        kept = self.course.kept.get(activity.id)
        opening = Opening(activity.id, delivery.resumed, dict(delivery.given) | self._reply.contents.values(), delivery.access)
        begun = opening.found(table("4th"), Kept(kept, ended=True) if kept else None, LEARNER | given.by(activity.item, "4th"))
        model = DataModel(table("4th"), begun, delivery.access)
        self._call(step, model)
        self.course.kept[activity.id] = model.values
        self.course.visits += 1
        from player.sequencing.sequencer import Visit
        self._leave(step, told, Visit(model.values, begun))

    def _leave(self, step: Step, told: Instruction, visit: Visit) -> None:
        from player.sequencing.navigation import Request
        target = self._target(told.target).id if told.target else ""
        self._ask(step, Request(told.request, target) if told.request else None, visit)
        if told.over and not self._reply.ended:
            self._say(step, f"{told.text}: the session goes on")


def whole(package: Path) -> bytes:
    """Put the pages into a package that the suite serves by itself."""
    made = io.BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(made, "w") as new:
        there = old.namelist()
        for name in there:
            new.writestr(name, old.read(name))
        _, lessons = read(package)
        for one in {one.item.launch.file for one in lessons.values()} - {*there}:
            new.writestr(one, "<h1>SCO</h1>")
    return made.getvalue()


NAMES = sorted({p.stem for p in __import__("pathlib").Path("/work/shared/cases/adl-cts/packages").glob("*.zip")})


@pytest.fixture(scope="module")
def suite(cases: Path) -> Suite:
    return Suite(cases / "adl-cts")


def test_all(embedded: Installation, suite: Suite) -> None:
    faults = {}
    for name in suite.packages:
        person = embedded.person("learner")
        found = []
        for one in [*suite.before(name), name]:
            script = ServedScript(suite.packages[one], person, suite._scripts.instructions)
            found = script.play(suite.steps(one), suite._scripts.start(one))
        if found:
            faults[name] = found
            print(name, found[:3])
    assert faults == {}
