"""Every rule of the language can be shown in the form, and comes back as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrs.outcomes.form import flat
from lrs.outcomes.form.draft import Condition, Joined, nodes, shown, written
from lrs.outcomes.rules.reading import read
from tests.lrs.outcomes.rules.made import FINAL, LESSONS, RULES

SHARES = some.floats(min_value=0, max_value=1, exclude_min=True)


def test_a_rule_comes_back() -> None:
    said = {
        "all": [
            {"did": {"tag": "kỹ năng số"}},
            {"score": {"activity": FINAL, "atLeast": 0.8, "which": "last"}},
            {
                "atLeast": {
                    "n": 1,
                    "of": [{"confirmed": {"by": ["mentor"], "atLeast": 2}}, {"duration": {"minutes": 30}}],
                }
            },
        ]
    }

    assert written(shown(said)) == said


@given(RULES)
def test_every_rule_comes_back_through_the_fields_of_a_form(said: Any) -> None:
    sent = list(flat.pairs(shown(said)))
    back = flat.read(sent)

    assert back is not None
    assert read(written(back)) == read(said)


@given(RULES, some.randoms())
def test_the_order_in_which_fields_come_says_nothing(said: Any, chance: Any) -> None:
    by_name: dict[str, list[tuple[str, str]]] = {}
    for name, value in flat.pairs(shown(said)):
        by_name.setdefault(name, []).append((name, value))
    groups = list(by_name.values())
    chance.shuffle(groups)
    back = flat.read([pair for group in groups for pair in group])

    assert back is not None
    assert read(written(back)) == read(said)


@given(SHARES)
def test_a_share_is_exactly_the_same_again(share: float) -> None:
    said = {"score": {"activity": FINAL, "atLeast": share}}

    assert written(shown(said)) == said


def test_groups_nest_as_deep_as_the_language_lets_them() -> None:
    said: dict[str, Any] = {"did": {"activity": FINAL}}
    for word in ["all", "any"] * 5:
        said = {word: [said, {"duration": {"minutes": 1}}]}

    back = flat.read(flat.pairs(shown(said)))

    assert back is not None
    assert written(back) == said


def test_a_list_keeps_its_order_and_whole_numbers_their_value() -> None:
    order = [FINAL, LESSONS[3], LESSONS[1]]
    said = {"count": {"activities": order, "atLeast": 2.0, "distinct": "day"}}

    assert written(shown(said)) == {"count": {"activities": order, "atLeast": 2, "distinct": "day"}}


@pytest.mark.parametrize(
    ("typed", "means"),
    [("80", 0.8), (" 66,5 ", 0.665), ("66.5", 0.665), ("80 %", 0.8), ("100", 1.0), ("", None), ("tám", "tám")],
)
def test_a_share_is_read_as_people_write_it(typed: str, means: object) -> None:
    said = written(Condition("score", {"atLeast": (typed,)}))["score"]

    assert said.get("atLeast") == means


@pytest.mark.parametrize(
    ("typed", "means"), [("2026-01-31", "2026-01-31"), ("31/1/2026", "2026-01-31"), ("1.2.2026", "2026-02-01")]
)
def test_a_day_is_read_as_people_write_it(typed: str, means: str) -> None:
    assert written(Condition("did", {"from": (typed,)})) == {"did": {"window": {"from": means}}}


def test_nothing_chosen_is_not_anything_at_all() -> None:
    assert written(Condition("did", {"about": ("chosen",)})) == {"did": {"activities": []}}
    assert written(Condition("did", {"about": ("any",)})) == {"did": {}}


def test_what_the_form_hides_is_not_said() -> None:
    both = Condition("did", {"about": ("tag",), "tag": ("kỹ năng số",), "activities": (FINAL,)})

    assert written(both) == {"did": {"tag": "kỹ năng số"}}


def test_paths_lead_from_the_top() -> None:
    draft = Joined("all", (Condition("did"), Joined("any", (Condition("score"),))))

    assert [path for path, _ in nodes(draft)] == ["r", "r-0", "r-1", "r-1-0"]
