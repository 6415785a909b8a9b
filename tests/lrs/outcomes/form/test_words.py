"""The form has words for everything that the language lets a rule choose from: what it had none for would be lost on the way."""

from __future__ import annotations

from typing import Any

import pytest

from lrs.outcomes.form import words
from lrs.outcomes.form.draft import KINDS
from lrs.outcomes.rules.reading import SCHEMA
from lrs.outcomes.rules.sentence import ROLES

NODE: dict[str, Any] = SCHEMA["$defs"]["node"]["properties"]
SELECTION: dict[str, Any] = SCHEMA["$defs"]["selection"]["properties"]


@pytest.mark.parametrize(
    ("offered", "known"),
    [
        ({*words.KINDS, *words.JOINS}, set(NODE)),
        (set(KINDS), set(words.KINDS)),
        (set(words.USUAL), set(words.KINDS)),
        (set(words.WHICH), set(NODE["score"]["properties"]["which"]["enum"])),
        (set(words.DISTINCT), set(NODE["count"]["properties"]["distinct"]["enum"])),
        (set(words.PROVENANCE), set(SELECTION["provenance"]["items"]["enum"])),
        (set(ROLES), set(NODE["confirmed"]["properties"]["by"]["items"]["enum"])),
    ],
)
def test_there_is_a_word_for_each(offered: set[str], known: set[str]) -> None:
    assert offered == known
