"""The table of codes: each says what it is, what follows from it and what to change; the page of documentation has them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from packages.codes import CODES, HURTS, REFUSED, REPAIRED, SEVERITIES, Code

PAGE = Path(__file__).parents[3] / "docs/packages.md"


def test_the_page_of_packages_has_every_code_with_its_severity() -> None:
    shown = dict(
        re.findall(r"^\| `([a-z0-9-]+)` \| (repaired|warning|hurts|refused) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    )

    assert shown == {code: told.severity for code, told in CODES.items()}


@pytest.mark.parametrize("code", CODES)
def test_a_code_says_what_it_is_and_what_follows_from_it(code: str) -> None:
    told = CODES[code]

    assert told.severity in SEVERITIES
    assert str(told.text).endswith(".")
    assert str(told.why).endswith(".")
    assert str(told.text) != str(told.why)


def test_what_refuses_a_package_or_hurts_its_learners_says_what_to_change() -> None:
    def silent(table: dict[str, Code]) -> set[str]:
        return {code for code, told in table.items() if told.severity in {REFUSED, HURTS} and not told.advice}

    assert silent(CODES) == set()
    assert silent(CODES | {"new": CODES["heavy"]._replace(advice="")}) == {"new"}


def test_what_was_repaired_is_no_work_for_the_author() -> None:
    asked = {code for code, told in CODES.items() if told.severity == REPAIRED and told.advice}

    assert asked == {"several-manifests", "no-title"}
