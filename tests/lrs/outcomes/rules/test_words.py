"""Numbers, days, spans and lists as readers of each language write them."""

from __future__ import annotations

from datetime import date

import pytest

from lrs.outcomes.rules.words import OR, Words, capital, quoted, words

VI, EN = words("vi"), words("en")


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [
        (0.8, "80%", "80%"),
        (0.825, "82,5%", "82.5%"),
        (0.29, "29%", "29%"),
        (1, "100%", "100%"),
        (2 / 3, "66,66%", "66.66%"),
        (0.79999, "79,99%", "79.99%"),
        (0.0, "0%", "0%"),
    ],
)
def test_a_share_is_never_told_as_more_than_it_is(share: float, vi: str, en: str) -> None:
    assert (VI.percent(share), EN.percent(share)) == (vi, en)


def test_numbers_and_days_are_those_of_the_language() -> None:
    assert (VI.shown(14464), EN.shown(14464)) == ("14.464", "14,464")
    assert (VI.day(date(2026, 2, 1)), EN.day(date(2026, 2, 1))) == ("01/02/2026", "1 February 2026")
    assert VI.shown("một chữ") == "một chữ"


@pytest.mark.parametrize(
    ("minutes", "vi", "en"),
    [
        (0, "0 phút", "0 minutes"),
        (1, "1 phút", "1 minute"),
        (60, "1 giờ", "1 hour"),
        (121, "2 giờ 1 phút", "2 hours 1 minute"),
        (90_000, "1.500 giờ", "1,500 hours"),
    ],
)
def test_a_span_is_told_in_hours_and_minutes(minutes: int, vi: str, en: str) -> None:
    assert (VI.span(minutes), EN.span(minutes)) == (vi, en)


def test_a_list_is_joined_as_one_speaks() -> None:
    assert VI.listed(["một", "hai", "ba"]) == "một, hai và ba"
    assert EN.listed(["one", "two"], OR) == "one or two"
    assert EN.listed(["one"]) == "one"


def test_a_language_without_a_catalogue_says_what_stands_in_the_code() -> None:
    assert Words("fr").gettext("%(have)s of %(need)s", have="1", need="2") == "1 of 2"
    assert VI.gettext("%(have)s of %(need)s", have="1", need="2") == "1 trên 2"


def test_a_sentence_begins_with_a_capital() -> None:
    assert (capital("được"), capital("đạt 80%"), capital("")) == ("Được", "Đạt 80%", "")
    assert capital("((one or two) and three)") == "((One or two) and three)"
    assert quoted("a") == "“a”"
