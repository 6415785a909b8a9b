"""AICC courses (CMI Guidelines, appendix A): a course, its units, their descriptions and their structure, each in a file of its own."""

import csv
import io
import re
from dataclasses import replace

from packages import addresses, prerequisites
from packages.files import Files
from packages.findings import Notes
from packages.model import AICC, AU, Aim, Completion, Item, Launch, Limits, Organisation, Package, Text
from packages.tree import Said

NEEDED = (".au", ".cst")
EXTENSIONS = (".crs", ".au", ".des", ".cst", ".ort", ".pre")

_COLUMNS = {
    ".au": (
        "system_id",
        "type",
        "command_line",
        "max_time_allowed",
        "time_limit_action",
        "file_name",
        "max_score",
        "mastery_score",
        "system_vendor",
        "core_vendor",
        "web_launch",
        "au_password",
    ),
    ".des": ("system_id", "developer_id", "title", "description"),
    ".cst": ("block", "member"),
    ".ort": ("course_element", "member"),
    ".pre": ("structure_element", "prerequisite"),
}
"""The columns that AICC knows, in the order that a table without names has."""

_OVER = {"e": "exit", "c": "continue"}
_SAYING = {"m": "message", "n": "no message"}
_TIMESPAN = re.compile(r"[0-9]{2,4}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,2})?")
_NO_TIME = re.compile(r"[0:.]*")
_DEEPEST = 50
_BEST = 10_000
_ROOT = "root"

Row = dict[str, list[str]]
"""The cells of a row by column; `member` may be there many times."""


def read(texts: dict[str, tuple[str, str]], files: Files, notes: Notes) -> Package:
    """Read a course from its files: each extension's name and text."""
    missing = [extension for extension in NEEDED if extension not in texts]
    if missing:
        notes.say("aicc-incomplete", about=" ".join(missing))
        notes.check()
    return _Course(texts, files, notes).read()


class _Course:
    def __init__(self, texts: dict[str, tuple[str, str]], files: Files, notes: Notes) -> None:
        self._texts = texts
        self._files = files
        self._notes = notes
        self._shown: set[str] = set()
        self._units = {_key(row, "system_id"): row for row in self._rows(".au")}
        self._described = {_key(row, "system_id"): row for row in self._rows(".des")}
        self._members = self._lists(".cst", "block")
        self._served = self._lists(".ort", "course_element")
        self._needed = {_key(row, "structure_element"): _cell(row, "prerequisite") for row in self._rows(".pre")}

    def read(self) -> Package:
        """Read the tree of blocks and units from its root."""
        sections = _sections(self._texts.get(".crs", ("", ""))[1])
        items = self._items(_ROOT, 0)
        for key, row in self._units.items():
            if key not in self._shown:
                self._at(".au").say("aicc-not-in-structure", about=_cell(row, "system_id"))
        if not any(one.launch for item in items for one in item.walk()):
            self._at(".cst").say("nothing-to-launch")
        said = sections.get("course", "")
        organisation = Organisation(
            _ROOT,
            Text.of(_value(said, "course_title")),
            items,
            description=Text.of(" ".join(sections.get("course_description", "").split())),
        )
        return Package(
            AICC, _value(said, "version")[:20], _value(said, "course_id"), (organisation,), aims=self._aims()
        )

    def _at(self, extension: str) -> Notes:
        return self._notes.of(self._files.within(self._texts[extension][0]))

    def _rows(self, extension: str) -> list[Row]:
        """Read a table; columns with names that AICC does not know are left out and said."""
        if extension not in self._texts:
            return []
        lines = [line for line in _lines(self._texts[extension][1]) if any(line)]
        names = [name.strip().lower() for name in lines[0]] if lines else []
        known = _COLUMNS[extension]
        unknown = [name for name in names if name not in known]
        if unknown:
            self._at(extension).say("aicc-unread", about=", ".join(unknown)[:200])
        rows = []
        for line in lines[1:]:
            row: Row = {}
            for at, cell in enumerate(line):
                # A row may go on beyond its names: more members of the same block.
                row.setdefault(names[min(at, len(names) - 1)], []).append(cell.strip())
            rows.append({name: cells for name, cells in row.items() if name in known})
        return rows

    def _lists(self, extension: str, column: str) -> dict[str, list[str]]:
        lists: dict[str, list[str]] = {}
        for row in self._rows(extension):
            lists.setdefault(_key(row, column), []).extend(cell for cell in row.get("member", ()) if cell)
        return lists

    def _items(self, block: str, depth: int) -> tuple[Item, ...]:
        """Read a block's members; each stands in the structure once, so that it has an end."""
        made = []
        for member in self._members.get(block, ()):
            if member.lower() in self._shown or depth > _DEEPEST:
                self._at(".cst").say("duplicate-id", about=member)
            elif not self._is_aim(member.lower()):
                self._shown.add(member.lower())
                made.append(self._item(member, depth))
        return tuple(made)

    def _is_aim(self, key: str) -> bool:
        """Tell whether something is neither unit nor block: an objective, by AICC's way of naming."""
        return key not in self._units and key not in self._members and key.startswith("j")

    def _item(self, identifier: str, depth: int) -> Item:
        key = identifier.lower()
        unit, described = self._units.get(key), self._described.get(key, {})
        if unit is not None and key in self._members:
            self._at(".cst").say("aicc-lesson-as-block", about=identifier)
        title, script = _cell(described, "title"), self._needed.get(key, "")
        if not title:
            self._at(".cst").say("no-title", about=identifier)
        item = Item(
            identifier,
            Text.of(title or identifier),
            items=self._items(key, depth + 1),
            description=Text.of(_cell(described, "description")),
            prerequisites=prerequisites.read(script, self._at(".pre")) if script else "",
            aims=tuple(self._served.get(key, ())),
        )
        return item if unit is None else self._lesson(item, unit)

    def _lesson(self, item: Item, unit: Row) -> Item:
        notes = self._at(".au")
        said = addresses.join("", _cell(unit, "file_name"), notes)
        address = addresses.settle(addresses.with_parameters(said, _cell(unit, "web_launch")), self._files, notes)
        return replace(
            item,
            launch=Launch(address, AU, parameters=_cell(unit, "core_vendor")),
            completion=Completion(Said(_cell(unit, "mastery_score"), "mastery_score", None, notes).number(0, _BEST)),
            limits=Limits(
                _time(_cell(unit, "max_time_allowed"), notes), _action(_cell(unit, "time_limit_action"), notes)
            ),
        )

    def _aims(self) -> tuple[Aim, ...]:
        described = {key: row for key, row in self._described.items() if self._is_aim(key)}
        return tuple(
            Aim(_cell(row, "system_id"), Text.of(_cell(row, "title")), Text.of(_cell(row, "description")))
            for row in described.values()
        )


def _lines(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text), skipinitialspace=True))
    except csv.Error:  # a cell of 128 KiB: no table of AICC
        return []


def _cell(row: Row, column: str) -> str:
    return next(iter(row.get(column, ())), "")


def _key(row: Row, column: str) -> str:
    return _cell(row, column).lower()


def _sections(text: str) -> dict[str, str]:
    """Read the parts of a .crs file, each a name in brackets and the lines below it."""
    parts = re.split(r"^[ \t]*\[([^\]\n]*)\][ \t]*\r?$", text, flags=re.MULTILINE)
    return {name.strip().lower(): body for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def _value(section: str, name: str) -> str:
    found = re.search(rf"^[ \t]*{name}[ \t]*=(.*)$", section, flags=re.MULTILINE | re.IGNORECASE)
    return found[1].strip() if found else ""


def _time(said: str, notes: Notes) -> str:
    if _NO_TIME.fullmatch(said):  # how tools write that there is no limit
        return ""
    if not _TIMESPAN.fullmatch(said):
        notes.say("unreadable-value", about=f"max_time_allowed={said}"[:100])
        return ""
    return said


def _action(said: str, notes: Notes) -> str:
    """Read what happens when the time is over; of each word the first letter counts."""
    if not said:
        return ""
    what, _, how = (part.strip()[:1].lower() for part in said.partition(","))
    if what in _OVER and how in _SAYING:
        return f"{_OVER[what]},{_SAYING[how]}"
    notes.say("unreadable-value", about=f"time_limit_action={said}"[:100])
    return ""
