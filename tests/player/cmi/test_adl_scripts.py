"""ADL's test suite for SCORM 2004 4th Edition: what its SCOs do is answered as its scripts say, in the browser and by the server's twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.player.cmi.adl import Scripts, differences, launches, same
from tests.player.cmi.playing import Browser, Twin, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.player.cmi.adl import Launch
    from tests.player.cmi.playing import Answers, Player

WHOLE = {"API": ("API",), "DDM": ("DDMa", "DDMb"), "DMB": ("DMB",), "DMI": ("DMI",)}
"""The groups about the API and the data models, and the packages that each needs."""

OF_OTHER_SCOS = {
    "CM-11": "visit 2 reads what the first said of a global objective (SN, 4.2.1.3)",
    "CO-10": "all reads are of global objectives that other SCOs have written (SN, 4.2.1.3)",
    "OB-01b": "activity 3 reads global objectives that others have written (SN, 4.2.1.3)",
    "OB-06": "activity 3 reads a global objective that others have written (SN, 4.2.1.3)",
}
"""Scripts in which a SCO reads what another has said: for that there has to be a sequencer."""


@pytest.fixture(scope="module")
def suite(cases: Path) -> Path:
    """Name the folder of the suite."""
    return cases / "adl-cts"


@pytest.fixture(scope="module")
def players() -> Iterator[tuple[Player, ...]]:
    """Start the browser's runtime, beside the server's twin."""
    with Browser("4th") as browser:
        yield browser, Twin()


def launched(suite: Path, packages: tuple[str, ...]) -> dict[str, Launch]:
    return {n: launch for one in packages for n, launch in launches(suite / "packages" / f"{one}.zip").items()}


@pytest.mark.parametrize("group", WHOLE)
def test_a_group_about_the_api_and_the_data_models_is_answered(
    suite: Path, players: tuple[Player, ...], group: str
) -> None:
    steps = Scripts(suite / "scripts").steps(group)

    assert sum(len(step.calls) for step in steps) > 25
    for player in players:
        assert differences(steps, launched(suite, WHOLE[group]), player) == []


def test_all_other_scripts_are_answered_but_where_a_sco_reads_what_another_said(
    suite: Path, players: tuple[Player, ...]
) -> None:
    scripts = Scripts(suite / "scripts")
    names = {file.stem for file in (suite / "packages").glob("*.zip")} - {one for own in WHOLE.values() for one in own}

    assert len(names) > 100
    for player in players:
        found = {name for name in names if differences(scripts.steps(name), launched(suite, (name,)), player)}
        assert found == set(OF_OTHER_SCOS)


class Forgetful:
    """A runtime that is right in all but one thing: it never completes."""

    def play(self, visit: Visit, /) -> tuple[Answers, dict[str, str]]:
        """Play a visit."""
        answers, values = Twin().play(visit)
        return [("incomplete", found[1]) if found and found[0] == "completed" else found for found in answers], values


def test_a_runtime_that_is_wrong_in_one_thing_would_be_noticed(suite: Path) -> None:
    found = differences(Scripts(suite / "scripts").steps("DMB"), launched(suite, ("DMB",)), Forgetful())

    assert len(found) > 5
    assert all("->comp->0: ('incomplete', '0')" in one for one in found)


@pytest.mark.parametrize(
    ("expected", "answer", "alike"),
    [
        ("1.0", "1", True),
        ("a,b,c", "c,a,b", True),
        ("{lang=en-US}z", "{case_matters=false}{lang=en-US}z", True),
        ("z", "{lang=en}z", True),
        ("{lang=en}z", "{lang=fr}z", False),
        ("a,b,c", "a,b", False),
        ("1.0", "1.1", False),
        ("", "unknown", False),
    ],
)
def test_answers_are_compared_by_what_they_mean(expected: str, answer: str, *, alike: bool) -> None:
    assert same(expected, answer) == alike
