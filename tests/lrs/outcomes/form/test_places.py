"""What is wrong stands at the field it concerns, in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from lrs.outcomes.form.draft import Condition, Draft, Joined, shown, written
from lrs.outcomes.form.places import Mistake, mistakes, walked
from lrs.outcomes.rules import check
from lrs.outcomes.rules.problems import Problem, WrongRule
from lrs.outcomes.rules.reading import read
from lrs.outcomes.rules.words import words
from tests.lrs.outcomes.rules.made import FINAL, LESSONS, TAGS

KNOWN = check.Known(frozenset([*LESSONS, FINAL]), TAGS, frozenset())
ENGLISH = words("en")


def found(draft: Draft) -> list[Mistake]:
    """Find what is wrong with a draft, as a page does."""
    try:
        problems = check.problems(read(written(draft)), KNOWN)
    except WrongRule as wrong:
        problems = wrong.problems
    return mistakes(draft, problems, ENGLISH)


def condition(word: str, **said: Any) -> Condition:
    """Fill in a condition."""
    return Condition(word, {name: (each,) if isinstance(each, str) else tuple(each) for name, each in said.items()})


WRONG: list[tuple[Draft, str, str]] = [
    (condition("score", about="chosen", activities=[FINAL], atLeast="180"), "r.atLeast", "from 1 to 100"),
    (condition("score", about="chosen", activities=[FINAL], atLeast=""), "r.atLeast", "from 1 to 100"),
    (condition("score", about="chosen", activities=[FINAL], atLeast="tám"), "r.atLeast", "from 1 to 100"),
    (condition("score", about="chosen", activities=[FINAL], atLeast="0"), "r.atLeast", "from 1 to 100"),
    (condition("score", about="any", atLeast="80"), "r.about", "or a tag"),
    (condition("did", about="chosen"), "r.activities", "at least one lesson"),
    (condition("did", about="chosen", moreActivities="Bài không có"), "r.moreActivities", "no lesson of this title"),
    (
        condition("did", about="chosen", activities=LESSONS[:2], moreActivities="Bài không có"),
        "r.moreActivities",
        "no lesson of this title",
    ),
    (condition("did", about="chosen", activities=["urn:gone"]), "r.activities", "not in this space"),
    (condition("did", about="tag"), "r.tag", "Choose a tag"),
    (condition("did", about="tag", tag="gone"), "r.tag", "any more"),
    (condition("did", moreVerbs="hoàn thành"), "r.moreVerbs", "no identifier"),
    (condition("did", **{"from": "31/02/2026"}), "r.from", "no day"),
    (condition("did", grace="7"), "r.grace", "need a last day"),
    (condition("did", through="2026-01-01", grace="400"), "r.grace", "from 1 to 366"),
    (condition("duration", minutes="nhiều"), "r.minutes", "whole number"),
    (condition("duration"), "r.minutes", "whole number"),
    (condition("count", atLeast="0", distinct="day"), "r.atLeast", "from 1 to 10,000"),
    (condition("count", about="tag", tag="two", atLeast="3", distinct="activity"), "r.atLeast", "there are only 2"),
    (condition("confirmed"), "r.by", "at least one role"),
    (condition("confirmed", by=["mentor"], credential=["1"]), "r.credential", "no id of a key"),
    (condition("confirmed", by=["mentor"], verbs=["urn:else"]), "r.verbs", "No statement"),
    (Joined("atLeast", (condition("did"), condition("duration", minutes="1"))), "r.n", "how many of these"),
    (Joined("atLeast", (condition("did"),), "2"), "r.n", "there are only 1"),
    (Joined("atLeast", (condition("did"),), "9" * 15), "r.n", "how many of these"),
    (Joined("atLeast", (condition("did"),), "9" * 399), "r.n", "how many of these"),
    (Joined("all", (condition("did"), condition("did"))), "r-1.word", "twice"),
    (
        Joined("any", (condition("did"), Joined("atLeast", (condition("duration", minutes="x"),), "1"))),
        "r-1-0.minutes",
        "whole number",
    ),
]


@pytest.mark.parametrize(("draft", "field", "says"), WRONG, ids=[f"{field} {says}" for _, field, says in WRONG])
def test_a_problem_stands_at_its_field(draft: Draft, field: str, says: str) -> None:
    (mistake,) = found(draft)

    assert mistake.field == field
    assert says in mistake.says


def test_a_hint_is_no_mistake() -> None:
    (twice,) = found(Joined("all", (condition("did"), condition("did"))))

    assert twice.hint


def test_a_field_is_an_element_of_the_page() -> None:
    assert Mistake("r-0.atLeast", "", "").id == "f-r-0-atLeast"


def test_the_same_is_said_once() -> None:
    draft = condition("did", about="chosen", activities=["urn:gone", "urn:gone-too"])

    assert len(found(draft)) == 1


@pytest.mark.parametrize(
    ("place", "path", "rest"),
    [
        ("", "r", []),
        ("/did/tag", "r", ["did", "tag"]),
        ("/all", "r", ["all"]),
        ("/all/1/score/atLeast", "r-1", ["score", "atLeast"]),
        ("/any/0/atLeast/of/2/did/window/from", "r-0-2", ["did", "window", "from"]),
        ("/atLeast/n", "r", ["atLeast", "n"]),
    ],
)
def test_a_pointer_leads_to_a_node(place: str, path: str, rest: list[str]) -> None:
    assert walked(place) == (path, rest)


def test_what_a_form_cannot_say_is_said_all_the_same() -> None:
    (mistake,) = mistakes(shown({"did": {}}), [Problem("/all/7/strange", "unknown-word", {"name": "strange"})], ENGLISH)

    assert "strange" in mistake.says
