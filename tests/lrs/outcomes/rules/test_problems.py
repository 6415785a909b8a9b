"""Whatever can be wrong is said in both languages, and everything that is said can go wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lrs.outcomes.rules import problems
from lrs.outcomes.rules.problems import SAYS, Problem, WrongRule
from lrs.outcomes.rules.words import words

ROOT = Path(problems.__file__).parent


@pytest.mark.parametrize("code", SAYS)
def test_a_problem_is_said_in_both_languages(code: str) -> None:
    values = dict.fromkeys(re.findall(r"%\((\w+)\)s", SAYS[code]), 7)

    vi, en = (Problem("", code, values).says(words(language)) for language in ("vi", "en"))

    assert vi != en
    assert "%(" not in vi + en


def test_every_problem_that_can_be_said_is_found_somewhere() -> None:
    code = "".join((ROOT / name).read_text("utf-8") for name in ("reading.py", "check.py"))

    assert [each for each in SAYS if f'"{each}"' not in code] == []


def test_a_wrong_rule_lists_its_places() -> None:
    wrong = WrongRule([Problem("/all", "empty"), Problem("/did/tag", "beside")])

    assert str(wrong) == "/all: empty; /did/tag: beside"
