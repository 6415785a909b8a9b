"""ADL's test suite for SCORM 2004 4th Edition: every script that comes with its packages passes, and a wrong expectation does not."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.player.sequencing.mutations import ABOUT_THE_MODEL, KINDS, mutations
from tests.player.sequencing.suite import Suite

if TYPE_CHECKING:
    from pathlib import Path

MUTATIONS = 100
"""Expectations that are turned wrong, one at a time."""


@pytest.fixture(scope="module")
def suite(cases: Path) -> Suite:
    """Open the suite."""
    return Suite(cases / "adl-cts")


def test_every_script_passes(suite: Suite) -> None:
    faults = {name: found for name in suite.packages if (found := suite.play(name))}

    assert len(suite.packages) > 120
    assert faults == {}


def test_every_script_says_something(suite: Suite) -> None:
    silent = [name for name in suite.packages if not suite.steps(name)]

    assert silent == []


def test_a_wrong_expectation_is_noticed_wherever_it_stands(suite: Suite) -> None:
    chance = random.Random(20041)
    made = [(name, *one) for name in suite.packages if name not in ABOUT_THE_MODEL for one in mutations(suite, name)]
    by_kind = [[one for one in made if one[1].startswith(kind)] for kind in KINDS]
    chosen = [one for some in by_kind for one in chance.sample(some, -(-MUTATIONS // len(by_kind)))]

    unnoticed = [(name, what) for name, what, steps in chosen if not suite.play(name, steps)]

    assert len(chosen) >= MUTATIONS
    assert unnoticed == []
