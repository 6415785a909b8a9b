"""ADL's test suite for SCORM 2004 4th Edition in Chromium: every script passes in the player itself, and a wrong expectation does not.

A short run walks one number of each group, another one each week; `make test-long` walks all.
"""

from __future__ import annotations

import json
import os
import platform
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.scripted import Walk, provided
from tests.journeys.sequenced import Player
from tests.journeys.walking import Service, enter
from tests.player.sequencing.mutations import ABOUT_THE_MODEL, KINDS, mutations
from tests.player.sequencing.suite import Suite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.parts.screens import Screens
    from tests.player.cmi.adl import Step

pytestmark = pytest.mark.browser

IN_ONE = pytest.mark.parametrize("service", ["sibling"], indirect=True)

SHORT = 8
"""Visits that a number may have to be walked in a short run, if its group has such a one."""


SHORTEST = 3
"""Visits of the scripts that a short run turns wrong."""

MUTATIONS, BATCHES, SEED = 100, 10, 20042
"""Expectations that a long run turns wrong, one at a time, and the tests among which they are shared."""

RESULTS = Path(__file__).with_name("adl_suite.json")


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


def turned_wrong(seed: int, longest: int) -> list[tuple[str, str, list[Step]]]:
    """Turn expectations wrong, as many of each kind, in scripts that build upon no other: what is noticed there is that alone."""
    if SUITE is None:
        return []
    names = [name for name in SUITE.packages if name not in ABOUT_THE_MODEL and not SUITE.before(name)]
    made = [(name, *one) for name in names if len(SUITE.steps(name)) <= longest for one in mutations(SUITE, name)]
    chance = random.Random(seed)
    by_kind = ([one for one in made if one[1].startswith(kind)] for kind in KINDS)
    return [one for some in by_kind for one in chance.sample(some, min(len(some), MUTATIONS // len(KINDS) + 1))]


def _few() -> list[tuple[str, str, list[Step]]]:
    """Choose one of each kind."""
    return list(
        {what.partition(" ")[0]: (name, what, steps) for name, what, steps in turned_wrong(week(), SHORTEST)}.values()
    )


def _batch(n: int) -> list[tuple[str, str, list[Step]]]:
    return turned_wrong(SEED, SHORT)[n::BATCHES]


@dataclass
class Tally:
    """What a run has shown."""

    scripts: dict[str, bool] = field(default_factory=dict)
    visits: int = 0
    mutations: int = 0
    noticed: int = 0
    seconds: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Whether everything has been walked."""
        return SUITE is not None and set(self.scripts) == set(SUITE.packages) and self.mutations >= MUTATIONS

    def figures(self) -> dict[str, object]:
        """Write them down."""
        passed = sum(self.scripts.values())
        return {
            "scripts": len(self.scripts),
            "passed": passed,
            "failed": sorted(name for name, well in self.scripts.items() if not well),
            "visits": self.visits,
            "expectations turned wrong": self.mutations,
            "of these noticed": self.noticed,
            "minutes": round(self.seconds / 60, 1),
            "machine": f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        }


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
def come(service: Service, screen: Screens, shelf: Shelf) -> Callable[[], Walk]:
    """Give the means to come as somebody new."""

    def walk() -> Walk:
        assert SUITE is not None
        page = screen.open()
        page.on("dialog", lambda dialog: dialog.accept())
        account = enter(page, service, "learner")
        return Walk(page, Player(page), SUITE, shelf, account)

    return walk


@pytest.fixture(scope="module")
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """Count; a run that has walked all keeps the figures."""
    found = Tally()
    yield found
    if found.is_whole:
        RESULTS.write_text(json.dumps({"ADL's suite in Chromium": found.figures()}, indent=2, sort_keys=True) + "\n")


@IN_ONE
@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("number", _walked())
def test_every_script_passes_in_the_player(come: Callable[[], Walk], tally: Tally, number: str) -> None:
    names, walk, begun = numbers()[number], come(), time.monotonic()
    faults = {name: walk.play(name) for name in names}
    tally.scripts |= {name: not found for name, found in faults.items()}
    tally.visits += visits(number)
    tally.seconds += time.monotonic() - begun

    assert {name: found for name, found in faults.items() if found} == {}


@IN_ONE
@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("batch", ["few", *(pytest.param(n, marks=pytest.mark.long) for n in range(BATCHES))])
def test_a_wrong_expectation_is_noticed_in_the_player(come: Callable[[], Walk], tally: Tally, batch: int | str) -> None:
    chosen = _few() if batch == "few" else _batch(int(batch))
    begun = time.monotonic()
    noticed = {(name, what): come().play(name, steps) for name, what, steps in chosen}
    if batch != "few":
        tally.noticed += sum(map(bool, noticed.values()))
        tally.mutations += len(noticed)
        tally.seconds += time.monotonic() - begun

    assert {name for name, found in noticed.items() if not found} == set()
    assert {what.partition(" ")[0] for _, what, _ in chosen} == set(KINDS)


def test_a_short_run_has_each_group_and_comes_round_to_all() -> None:
    sizes = {"CM-01": 3, "CM-02": 4, "CM-03": 40, "API": 3, "RU-01": 20, "RU-04": 36}

    weeks = [of_this_week(sizes, n, sizes.__getitem__) for n in range(4)]

    assert weeks == [{"CM-01", "API", "RU-01"}, {"CM-02", "API", "RU-04"}] * 2
