"""ADL's scripts played against the service: what is asked with commits, kept and told comes to the same as in the sequencer alone."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pytest

from player.cmi.tables import table
from player.cmi.visit import Kept
from player.opening import Opening
from player.sequencing.contents import Contents, Entry
from player.sequencing.sequencer import Delivery, Visit
from player.sequencing.tracking import State
from tests.parts.lessons import Playing, play, publish
from tests.player.sequencing.suite import Course, Script, Suite, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from player.sequencing.navigation import Request
    from tests.parts.installations import Installation, Person

SHARE = 6
"""A short run plays each sixth script: all of them take a quarter of a minute."""


class Told:
    """What the shell is told, with the face of a reply of the sequencer."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self.said = said
        self.state = State()
        self.ended: bool = said["ended"]
        self.exception: str = said["exception"]
        opened = said["item"], said["resumed"], said["given"], said["access"]
        self.delivery = Delivery(*opened) if said["opens"] else None
        shown = said["contents"]
        entries = tuple(Entry(**{name: one[name] for name in Entry.__slots__}) for one in shown["entries"])
        self.contents = Contents(shown["requests"], entries, said["item"] or "", shown["hidden"], jumps=shown["jumps"])


@dataclass
class Served(Course):
    """A package as one learner goes through it, at the service."""

    person: Person | None = None
    version: str = ""
    playing: Playing | None = None
    n: int = 0
    visits: int = 0

    def launch(self, left: State) -> None:
        """Begin a session, if none is under way; what outlives attempts is for the service to remember."""
        del left
        if self.person and (self.reply is None or self.reply.ended):
            self.playing = play(self.person, self.version)
            self.n, self.visits = 0, 0
            self.hear(self.playing.found["next"])

    def hear(self, said: Mapping[str, Any]) -> None:
        """Take what the shell is told."""
        self.reply = cast("Any", Told(said))

    @property
    def told(self) -> Mapping[str, Any]:
        """Give what the shell was told last."""
        return cast("Told", self.reply).said

    def commit(self, values: dict[str, str], request: Request | None, *, visiting: bool) -> None:
        """Say the last words of a visit, and ask for what comes next with them."""
        assert self.playing is not None
        self.n += 1
        self.visits += visiting
        self.playing.item, self.playing.visit = self.told["item"] if visiting else "", max(1, self.visits)
        name, target = request or ("", "")
        navigate = {"after": self.told["revision"], "request": name, "target": target}
        answer = self.playing.commit(self.n, values, finished=visiting, navigate=navigate).json
        assert answer is not None
        assert "refused" not in answer, answer["refused"]
        self.hear(answer["next"])


class ServedScript(Script):
    """A run of one script at the service."""

    def __init__(self, packages: list[Path], person: Person, texts: dict[str, str]) -> None:
        super().__init__(packages, State(), texts)
        self.courses = [
            Served(*read(one), person=person, version=publish(person.installation, whole(one))) for one in packages
        ]

    def _follow(self, request: Request | None, visit: Visit | None) -> None:
        said = {name: value for name, value in visit.values.items() if value != visit.before.get(name)} if visit else {}
        cast("Served", self.course).commit(said, request, visiting=visit is not None)

    def _opened(self, activity_id: str, launched: dict[str, str]) -> dict[str, str]:
        said, kept = cast("Served", self.course).told, self.course.kept.get(activity_id)
        opening = Opening(activity_id, said["resumed"], said["given"] | self._reply.contents.values(), said["access"])
        return opening.found(table("4th"), Kept(kept, ended=True) if kept else None, launched)


def whole(package: Path) -> bytes:
    """Put the pages into a package that the suite serves by itself."""
    made = io.BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        _, lessons = read(package)
        pages = {one.item.launch.file for one in lessons.values() if one.item.launch}
        for page in pages - {*old.namelist()}:
            new.writestr(page, "<h1>SCO</h1>")
    return made.getvalue()


def faults_of(installation: Installation, suite: Suite, name: str) -> list[str]:
    """Play a script after those before it, as one learner; list what was otherwise than expected."""
    person = installation.person("learner")
    found: list[str] = []
    for one in [*suite.before(name), name]:
        script = ServedScript(suite.packages[one], person, suite.texts)
        found = script.play(suite.steps(one), suite.start(one))
    return found


@pytest.fixture(scope="module")
def suite(cases: Path) -> Suite:
    """Open the suite."""
    return Suite(cases / "adl-cts")


@pytest.mark.parametrize("share", [1, pytest.param(0, marks=pytest.mark.long)], ids=["some", "all"])
def test_scripts_pass_at_the_service(embedded: Installation, suite: Suite, share: int) -> None:
    names = sorted(suite.packages)[:: SHARE if share else 1]
    faults = {name: found for name in names if (found := faults_of(embedded, suite, name))}

    assert len(names) > 20
    assert faults == {}


def test_a_wrong_expectation_is_noticed_at_the_service(embedded: Installation, suite: Suite) -> None:
    steps = suite.steps("CM-01")
    script = ServedScript(suite.packages["CM-01"], embedded.person("learner"), suite.texts)

    assert script.play([steps[0], steps[0], *steps[1:]], suite.start("CM-01")) != []
