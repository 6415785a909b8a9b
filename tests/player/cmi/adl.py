"""ADL's test scripts (SCORM 2004 4th Edition): what a SCO does at each visit, and what it must be answered.

A script is a Java property file of lines such as `Act1V2.commands.0=GET->c~CS->incomp->0`: a function, its words with the vocabulary's
abbreviations, the answer, the error. The packages' manifests say what each launch is given.
"""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from packages import scorm2004, tree
from packages.files import Files
from packages.findings import Notes
from player.cmi.visit import Kept
from tests.player.cmi.playing import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from packages.model import Item
    from tests.player.cmi.playing import Player

FUNCTIONS = {
    "I": "Initialize",
    "T": "Terminate",
    "C": "Commit",
    "GET": "GetValue",
    "SET": "SetValue",
    "GES": "GetErrorString",
    "GeDi": "GetDiagnostic",
    "GLE": "GetLastError",
}
LEARNER = {"cmi.learner_id": "m", "cmi.learner_name": "Learner, M"}
_LINE = re.compile(
    r"Act(?P<activity>\d+[ab]?)V(?P<visit>\d+)\.(?P<kind>commands\.\d+|UIQ|UIA|CUI)=(?P<words>.*)", re.DOTALL
)
_ANY = "Returned a valid value or error code"
_NOTHING = "An empty characterstring value"
_DELIMITER = re.compile(r"\{(lang|case_matters|order_matters)=([^}]*)\}")
_UNSAID = {"lang": "en", "case_matters": "false", "order_matters": "true"}
_NAMED = re.compile("&([^&]+)&~(?:ID|id)$")
BY_ID = re.compile(r"(adl\.data|cmi\.objectives)\.&([^&]+)&\.")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|\n[ \t]*|.)", re.DOTALL)


@dataclass(frozen=True)
class Call:
    """A call, and what it must come to; no expected answer means that any will do."""

    name: str
    words: tuple[str, ...]
    answer: str
    error: str
    line: str


@dataclass(frozen=True)
class Step:
    """A visit to an activity, as the script has it."""

    activity: str
    visit: int
    calls: list[Call] = field(default_factory=list)
    questions: tuple[tuple[str, bool], ...] = ()
    """What is asked about the player's controls before the SCO does anything, and whether that must be so."""
    objectives: frozenset[str] | None = None
    """The identifiers that its objectives must have."""
    then: str = ""
    """What the learner is told to do when the SCO has done all."""


class Scripts:
    """The folder of scripts, with its vocabulary."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._words = _pairs(folder / "Commands.properties")
        self.instructions = _pairs(folder / "Instructions.properties")
        """What the person who tests is told, by the names that scripts use."""

    def steps(self, name: str) -> list[Step]:
        """Read a script's visits, in order."""
        found = (_LINE.fullmatch(line) for line in _lines(self._folder / f"{name}.properties"))
        return [
            self._step(activity, int(visit), list(lines_of))
            for (activity, visit), lines_of in groupby(
                filter(None, found), key=lambda line: (line["activity"], line["visit"])
            )
        ]

    def start(self, name: str) -> str:
        """Say which activity a script begins with, where the learner has to choose it."""
        lines = _lines(self._folder / f"{name}.properties")
        said = next(line.partition("=")[2] for line in lines if line.startswith("start="))
        return "" if said == "." else said

    def _step(self, activity: str, visit: int, lines: list[re.Match[str]]) -> Step:
        said = {line["kind"]: line["words"].strip() for line in lines if not line["kind"].startswith("commands")}
        commands = [line["words"] for line in lines if line["kind"].startswith("commands")]
        # One line has lost its function: the suite passes it over, and so do we.
        calls = [self._call(one) for one in commands if one.split("->")[0] in FUNCTIONS]
        compared = next((one.split("->")[1] for one in commands if one.startswith("COI->")), None)
        answers = [one == "Y" for one in said.get("UIA", "").split("~")]
        questions = tuple(zip(said["UIQ"].split("~"), answers, strict=True)) if "UIQ" in said else ()
        objectives = None if compared is None else frozenset(compared.split(","))
        return Step(activity, visit, calls, questions, objectives, said.get("CUI", ""))

    def _call(self, command: str) -> Call:
        short, words, *answer, error = command.split("->")
        name, said = FUNCTIONS[short], answer[-1] if answer else ""
        if name in {"GetErrorString", "GetDiagnostic", "Initialize", "Commit"}:
            return Call(name, (self._word(words),), self._word(said), error, command)
        if name == "GetLastError":
            return Call(name, (), said, error, command)
        element, marked, value = words.partition("!")
        if name == "GetValue":  # some lines have an interaction's type behind the element: the suite alone needs it
            named = _NAMED.search(element)
            return Call(
                name, (self._element(element),), named[1] if named and not said else self._word(said), error, command
            )
        return Call(
            name, (self._element(element), self._value(value) if marked else ""), self._word(said), error, command
        )

    def _element(self, short: str) -> str:
        path, target, activity = short.partition("~tar~")
        return ".".join(map(self._word, path.split("~"))) + (f".{{target={activity}}}" if target else "")

    def _value(self, short: str) -> str:
        if short.startswith("tar~"):
            _, activity, request = short.split("~")
            return f"{{target={activity}}}{self._word(request)}"
        return self._word(short)

    def _word(self, short: str) -> str:
        return self._words.get(short) or ("" if short in self._words else short)


@dataclass(frozen=True)
class Launch:
    """What a launch of an activity gives, by the package's manifest."""

    given: dict[str, str]
    access: dict[str, str]
    buckets: list[str]
    objectives: list[str]

    def element(self, name: str) -> str:
        """Resolve `&obj1&`: the suite finds an entry by its id, and so the id may stand for the index."""
        found = BY_ID.match(name)
        if not found:
            return name
        among = self.buckets if found[1] == "adl.data" else self.objectives
        return f"{found[1]}.{among.index(found[2])}.{name[found.end() :]}"


def launches(package: Path) -> dict[str, Launch]:
    """Read what each activity of a package is given, by the number that its address names."""
    # The pages are the suite's own and not in the package: what is said about that is of no matter here.
    with zipfile.ZipFile(package) as opened:
        notes = Notes("imsmanifest.xml")
        root = tree.parse(opened.read("imsmanifest.xml"), notes)
        found = scorm2004.read(root, Files.below("", opened.namelist()), notes)
    return {number[1]: _launch(item) for item in found.lessons if (number := re.search(r"act=(\w+)", item.address))}


def _launch(item: Item) -> Launch:
    given = dict(LEARNER)
    if item.completion.by_measure:
        given["cmi.completion_threshold"] = str(item.completion.least_progress)
    primary = next((one for one in item.sequencing.objectives if one.primary), None)
    if primary and primary.by_measure:
        given["cmi.scaled_passing_score"] = str(primary.least_measure)
    if item.launch and item.launch.parameters:
        given["cmi.launch_data"] = item.launch.parameters
    if item.limits.action:
        given["cmi.time_limit_action"] = item.limits.action
    if item.sequencing.limits.attempt_absolute_duration:
        given["cmi.max_time_allowed"] = item.sequencing.limits.attempt_absolute_duration
    objectives = [one.identifier for one in item.sequencing.objectives if one.identifier]
    given |= {f"cmi.objectives.{n}.id": identifier for n, identifier in enumerate(objectives)}
    access = {}
    for n, bucket in enumerate(item.shared_data):
        given[f"adl.data.{n}.id"] = bucket.target
        access[f"adl.data.{n}.store"] = "r" * bucket.read + "w" * bucket.write
    return Launch(given, access, [bucket.target for bucket in item.shared_data], objectives)


def differences(steps: list[Step], launched: dict[str, Launch], player: Player) -> list[str]:
    """Play a script's visits one after the other, and list what was answered otherwise than it must be."""
    kept: dict[str, Kept] = {}
    shared: dict[str, dict[str, str]] = {}
    found = []
    for step in steps:
        launch = launched[step.activity]
        course = step.activity.lstrip("0123456789")
        store = shared.setdefault(course, {})
        stored = {f"adl.data.{n}.store": store[bucket] for n, bucket in enumerate(launch.buckets) if bucket in store}
        calls = [[call.name, *map(launch.element, call.words)] for call in step.calls]
        given = launch.given | stored | _said_by_the_sequencer(step)
        visit = Visit("4th", calls, kept.get(step.activity), given, launch.access)
        answers, values = player.play(visit)
        found += [
            f"activity {step.activity}, visit {step.visit}: {call.line[:200]}: {answer}"
            for call, answer in zip(step.calls, answers, strict=True)
            if answer and not is_right(call, *answer)
        ]
        store |= {
            bucket: values[name] for n, bucket in enumerate(launch.buckets) if (name := f"adl.data.{n}.store") in values
        }
        if (
            course == "b" and values.get("adl.nav.request") == "exitAll"
        ):  # not shared beyond the attempt (DDMb's manifest)
            store.clear()
        kept[step.activity] = Kept(values, ended=True)
    return found


def _said_by_the_sequencer(step: Step) -> dict[str, str]:
    """Say of each navigation whether it is valid: that is for the sequencer to know, the data model only hands it on."""
    asked = ((call.words[0], call.answer) for call in step.calls if call.name == "GetValue")
    return {element: answer for element, answer in asked if element.startswith("adl.nav.request_valid.")}


def is_right(call: Call, answer: str, error: str) -> bool:
    """Tell whether a call was answered as it must be."""
    if call.name in {"GetErrorString", "GetDiagnostic"}:
        return error == call.error and len(answer) < 255 and (not answer) == (call.answer == _NOTHING)
    if not answered(call):
        return True
    return error == call.error and same(call.answer, answer)


def answered(call: Call) -> bool:
    """Tell whether it matters what a call is answered."""
    return call.answer != _ANY and call.words[:1] != ("cmi.learner_name",)


def _lines(file: Path) -> Iterator[str]:
    """Read a Java property file's lines: continued ones as one, with their escapes resolved."""
    text = file.read_text("latin-1").replace("\r\n", "\n")
    for line in re.split(r"(?<!\\)\n", text):
        if line and not line.startswith("#"):
            yield _ESCAPE.sub(_unescaped, line.lstrip())


def _pairs(file: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in _lines(file) if "=" in line)


def _unescaped(found: re.Match[str]) -> str:
    said = found[1]
    if said.startswith("u") and len(said) > 1:
        return chr(int(said[1:], 16))
    return "" if said.startswith("\n") else {"n": "\n", "t": "\t", "r": "\r"}.get(said, said)


def same(expected: str, answer: str) -> bool:
    """Compare answers as the suite does, by what they mean."""
    return expected == answer or _meaning(expected) == _meaning(answer)


def _meaning(answer: str) -> Any:
    """Read numbers by value, lists of children in any order, and delimiters in any order with those that go without saying."""
    with suppress(ValueError):
        return float(answer)
    said, rest = dict(_UNSAID), answer
    while found := _DELIMITER.match(rest):
        said[found[1]] = found[2]
        rest = rest[found.end() :]
    return said, sorted(rest.split(","))
