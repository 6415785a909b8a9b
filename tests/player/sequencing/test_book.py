"""docs/sequencing.md says which function and which tests each number of the book has; and a page that did not would be found."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/sequencing.md").read_text("utf-8")
NUMBER = re.compile(r"((?:OP|NB|TB|RB|SR|SB|DB|UP)\.[0-9.]+(?: [ab])?): ")
ROW = re.compile(r"\| (\S+(?: [ab])?) \| `(\w+)` \| \[\w+\]\(\.\./([\w/.]+)\) \| \[\w+\]\(\.\./([\w/.]+)\) \|")

Row = tuple[str, str, str, str]


def rows(page: str) -> set[Row]:
    """Read the page: number, function, file, tests."""
    return {(found[1], found[2], found[3], found[4]) for found in ROW.finditer(page)}


def functions() -> dict[str, tuple[str, str]]:
    """List the functions that open with a number, each with its file."""
    found = {}
    for path in sorted((ROOT / "player/sequencing").glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            number = NUMBER.match(ast.get_docstring(node) or "") if isinstance(node, ast.FunctionDef) else None
            if number and isinstance(node, ast.FunctionDef):
                found[number[1]] = (node.name, str(path.relative_to(ROOT)))
    return found


def marked(file: Path) -> set[str]:
    """List the numbers that tests are marked with, one by one or all together."""
    return set(re.findall(r'mark\.book\("([^"]+)"\)', file.read_text("utf-8")))


def stated() -> set[tuple[str, str]]:
    files = (path for path in Path(__file__).parent.glob("test_*.py") if path.name != Path(__file__).name)
    return {(number, str(path.relative_to(ROOT))) for path in files for number in marked(path)}


def faults(page: str) -> list[str]:
    """Compare a page with the functions and the tests."""
    held = functions()
    found = [f"{row[0]}: no such function" for row in rows(page) if held.get(row[0]) != row[1:3]]
    found += [
        f"{row[0]}: no test of {row[3]} is marked with it" for row in rows(page) if (row[0], row[3]) not in stated()
    ]
    return found + [f"{number}: not on the page" for number in held.keys() - {row[0] for row in rows(page)}]


def test_the_page_is_true() -> None:
    assert faults(PAGE) == []


def test_each_mark_is_the_number_of_a_function() -> None:
    assert {number for number, _ in stated()} <= functions().keys()


def test_all_processes_of_the_book_are_there() -> None:
    parts = {
        "OP": "1",
        "NB": "2.1",
        "TB": "2.1 2.2 2.3",
        "RB": "1.1_a 1.1_b 1.2_a 1.2_b 1.3_a 1.3_b 1.4 1.4.1 1.4.2 1.5",
        "SR": "1 2",
        "SB": "2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.9.1 2.9.2 2.10 2.11 2.12 2.13",
        "DB": "1.1 2 2.1",
        "UP": "1 2 2.1 3 4 5",
    }
    numbers = {f"{part}.{one.replace('_', ' ')}" for part, all_ in parts.items() for one in all_.split()}

    assert numbers <= functions().keys()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("| SB.2.9 | `another_process`", "| SB.2.9 | `choice_sequencing_request_process`"),
        ("test_flow.py) |\n| SB.2.4", "test_choosing.py) |\n| SB.2.4"),
        ("| SB.2.99 |", "| SB.2.9 |"),
    ],
)
def test_a_page_that_is_not_true_would_be_found(wrong: str, right: str) -> None:
    changed = PAGE.replace(right, wrong) if right in PAGE else PAGE.replace(wrong, right)

    assert changed != PAGE
    assert faults(changed)
