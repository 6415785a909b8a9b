"""docs/spec-map.md says what the tests state and where the modules are; and a page that did not would be found."""

import ast
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance.requirements import NOWHERE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/spec-map.md").read_text("utf-8")
LINK = re.compile(r"\]\(\.\./([\w./]+)\)")
PARTS = ("Data", "Communication")

Sections = tuple[str, str]


def mapped(page: str) -> dict[Sections, set[str]]:
    """Read the rows of a page: two sections, and every file beside them."""
    rows: dict[Sections, set[str]] = {}
    part = ""
    for line in page.splitlines():
        if line.startswith("## "):
            part = line.removeprefix("## ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if part in PARTS and LINK.search(line):
            section = cells[0] if cells[0] == NOWHERE else f"{part} {cells[0]}"
            rows.setdefault((section, cells[1]), set()).update(LINK.findall(line))
    return rows


def functions() -> dict[str, list[ast.FunctionDef]]:
    """List the tests of each file here; this one is about them all."""
    files = sorted(path for path in Path(__file__).parent.glob("test_*.py") if path != Path(__file__))
    return {
        str(path.relative_to(ROOT)): [
            node
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        ]
        for path in files
    }


def marks(test: ast.FunctionDef) -> list[Sections]:
    """Read the sections that a test is marked with."""
    calls = [mark for mark in test.decorator_list if isinstance(mark, ast.Call)]
    named = [call.args for call in calls if isinstance(call.func, ast.Name) and call.func.id == "requirement"]
    return [(_word(section), _word(ieee)) for section, ieee in named]


def _word(argument: ast.expr) -> str:
    return str(argument.value) if isinstance(argument, ast.Constant) else NOWHERE


def stated() -> dict[Sections, set[str]]:
    """List the sections that tests are marked with, and in which files."""
    found: dict[Sections, set[str]] = defaultdict(set)
    for file, tests in functions().items():
        for test in tests:
            for sections in marks(test):
                found[sections].add(file)
    return found


def owed() -> set[str]:
    """List the modules that must have a row."""
    folders = (ROOT / "lrs/xapi", ROOT / "lrs/resources")
    paths = (path for folder in folders for path in folder.glob("*.py") if path.name != "__init__.py")
    return {str(path.relative_to(ROOT)) for path in paths}


def untrue(page: str) -> set[str]:
    """List what is not so in a page."""
    rows, here = mapped(page), stated()
    files = {file for row in rows.values() for file in row}
    proofs = {sections: {file for file in row if file.startswith("tests/")} for sections, row in rows.items()}
    return {
        *(f"{file} is not there" for file in files if not (ROOT / file).is_file()),
        *(f"{sections} is stated by no test" for sections in rows.keys() - here.keys()),
        *(f"{sections} is not in the map" for sections in here.keys() - rows.keys()),
        *(
            f"{sections} names other tests"
            for sections in rows.keys() & here.keys()
            if proofs[sections] != here[sections]
        ),
        *(f"{sections} names no module" for sections, row in rows.items() if row == proofs[sections]),
        *(f"{module} has no row" for module in owed() - files),
    }


def test_the_map_is_true() -> None:
    assert len(mapped(PAGE)) > 50
    assert untrue(PAGE) == set()


def test_every_test_here_says_which_section_it_is_from() -> None:
    unmarked = [(file, test.name) for file, tests in functions().items() for test in tests if not marks(test)]

    assert unmarked == []


ROW = "| {} | 4.2.2.1 | an invention | [actors](../lrs/xapi/actors.py) | [actor](../tests/conformance/test_data_actor.py) |"
AGENT = next(line for line in PAGE.splitlines() if line.startswith("| 2.4.2.1 |"))


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda page: f"{page}\n## Data\n{ROW.format('9.9')}\n", "('Data 9.9', '4.2.2.1') is stated by no test"),
        (lambda page: page.replace(AGENT, ""), "('Data 2.4.2.1', '4.2.2.1') is not in the map"),
        (
            lambda page: page.replace("test_data_id.py", "test_data_idea.py"),
            "tests/conformance/test_data_idea.py is not there",
        ),
        (lambda page: page.replace("xapi/multipart.py", "xapi/parts.py"), "lrs/xapi/parts.py is not there"),
        (lambda page: page.replace("xapi/multipart.py", "xapi/values.py"), "lrs/xapi/multipart.py has no row"),
        (
            lambda page: page.replace(AGENT, AGENT.replace("test_data_actor", "test_data_verb")),
            "('Data 2.4.2.1', '4.2.2.1') names other tests",
        ),
        (
            lambda page: page.replace(AGENT, AGENT.replace("../lrs", "lrs").replace("../schemas", "schemas")),
            "('Data 2.4.2.1', '4.2.2.1') names no module",
        ),
    ],
    ids=[
        "an invented row",
        "a lost row",
        "a lost test",
        "a lost module",
        "a module without a row",
        "another test",
        "no module",
    ],
)
def test_a_map_that_is_not_true_would_be_found(spoil: Callable[[str], str], complaint: str) -> None:
    assert complaint in untrue(spoil(PAGE))
