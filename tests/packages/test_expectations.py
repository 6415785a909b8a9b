"""What is expected of packages from elsewhere is whole: every package has its entry, and every entry its package."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from tests.packages.expectations import FOLDER, Item, files, load

if TYPE_CHECKING:
    from pathlib import Path

NO_PACKAGES = ("README.md", "cmi5/requirements.json", "adl-cts/scripts/")
"""What lies among the cases and is nobody's upload."""

SCHEMA = json.loads((FOLDER / "schema.json").read_text("utf-8"))


@pytest.mark.parametrize("file", files(), ids=lambda path: path.stem)
def test_expectations_keep_their_schema(file: Path) -> None:
    jsonschema.validate(json.loads(file.read_text("utf-8")), SCHEMA)


@pytest.mark.parametrize(
    "case",
    [
        {"status": "refused"},
        {"status": "published", "kind": "scorm12", "edition": "1.2"},
        {"status": "refused", "refused": [["no-zip", ""]], "kind": "scorm12"},
        {"status": "refused", "refused": [["no-zip", ""]], "because": "a member that nobody reads"},
        {"status": "refused", "refused": ["no-zip"]},
    ],
)
def test_an_expectation_that_says_too_little_or_too_much_is_found(case: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"other/x.zip": case}, SCHEMA)


def test_every_package_has_an_expectation_and_every_expectation_a_package(cases: Path) -> None:
    there = {path.relative_to(cases).as_posix() for path in cases.rglob("*") if path.is_file()}

    assert set(load()) == {name for name in there if not name.startswith(NO_PACKAGES)}


def test_an_outline_is_a_tree() -> None:
    completed = load()["adl-cts/packages/CM-09ab.zip"].completed
    nested = load()["adl-cts/packages/MS-07.zip"].completed
    assert completed is not None
    assert nested is not None

    assert [item.launch for item in completed.organisations[0].items] == [
        "resources/SequencingTest.htm?tc=CM-09ab&act=1",
        "resources/tarAct4OnUnload.htm?tc=CM-09ab&act=2",
        "resources/SequencingTest.htm?tc=CM-09ab&act=3",
        "resources/SequencingTest.htm?tc=CM-09ab&act=4",
    ]
    assert shape(nested.organisations[0].items) == "1 2(3(4) 5(6 7)) 8"


def shape(items: tuple[Item, ...]) -> str:
    return " ".join(item.title[9:] + (f"({shape(item.items)})" if item.items else "") for item in items)
