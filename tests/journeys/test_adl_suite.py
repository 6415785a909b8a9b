"""ADL's test suite for SCORM 2004 4th Edition in Chromium: every script passes in the player itself, and a wrong expectation does not.

A short run walks one number of each group, another one each week; `make test-long` walks all.
"""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.scripted import Walk, provided
from tests.journeys.sequenced import Player
from tests.journeys.walking import Service, enter
from tests.player.sequencing.suite import Suite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("service", ["sibling"], indirect=True)]

SHORT = 8
"""Visits that a number may have to be walked in a short run, if its group has such a one."""


def _suite() -> Suite | None:
    folder = Path(os.environ.get("HAIDANG_CASES") or os.devnull) / "adl-cts"
    return Suite(folder) if folder.is_dir() else None


SUITE = _suite()


def numbers() -> dict[str, list[str]]:
    """List the scripts by the number that they share: they are walked one after the other, by one learner."""
    found = defaultdict(list)
    for name in sorted(SUITE.packages) if SUITE else ():
        found[name[:5]].append(name)
    return found


def of_this_week(found: Iterable[str], week: int, visits: Callable[[str], int]) -> set[str]:
    """Choose a number of each group, another one each week; the longer ones only where there is no other."""
    groups = defaultdict(list)
    for number in sorted(found):
        groups[number.partition("-")[0]].append(number)
    short = ([one for one in group if visits(one) <= SHORT] or group for group in groups.values())
    return {group[week % len(group)] for group in short}


def visits(number: str) -> int:
    """Count the visits of a number's scripts."""
    return sum(len(SUITE.steps(name)) for name in numbers()[number]) if SUITE else 0


def week() -> int:
    """Tell the number of this week."""
    return datetime.now(UTC).toordinal() // 7


def _walked() -> list[object]:
    chosen = of_this_week(numbers(), week(), visits)
    marks = {number: () if number in chosen else (pytest.mark.long,) for number in numbers()}
    return [pytest.param(number, marks=mark) for number, mark in marks.items()] or ["none"]


class Shelf:
    """The packages that are published, each when it is first asked for."""

    def __init__(self, service: Service, folder: Path) -> None:
        self._service, self._folder = service, folder
        self._versions: dict[Path, str] = {}

    def __getitem__(self, package: Path) -> str:
        """Give the address of a package's lesson."""
        if package not in self._versions:
            made = self._folder / package.name
            made.write_bytes(provided(package))
            (told,) = self._service.haidang("package", "add", str(made), "--space", "haiphong")["files"]
            self._versions[package] = told["version"]
        return f"{self._service.installation.public_url}/s/haiphong/lessons/{self._versions[package]}"


@pytest.fixture(scope="module")
def shelf(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Begin with nothing published."""
    return Shelf(service, tmp_path_factory.mktemp("adl"))


@pytest.fixture
def walk(service: Service, screen: Screens, shelf: Shelf, cases: Path) -> Walk:
    """Come as somebody new."""
    page = screen.open()
    page.on("dialog", lambda dialog: dialog.accept())
    enter(page, service, "learner")
    return Walk(page, Player(page), Suite(cases / "adl-cts"), shelf)


@pytest.mark.parametrize("number", _walked())
def test_every_script_passes_in_the_player(walk: Walk, number: str) -> None:
    faults = {name: found for name in numbers()[number] if (found := walk.play(name))}

    assert faults == {}
