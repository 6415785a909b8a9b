"""Refusals and what they say (Communication 3.2)."""

import pytest

from lrs.xapi.errors import LONGEST, Invalid, TooLarge, short, shown


def test_a_refusal_names_the_place_what_was_found_what_is_asked_and_where_it_is_written() -> None:
    wrong = Invalid("$.actor.mbox", '"lan"', "mailto: and an e-mail address", "1.0.3 Data 2.4.2.3")

    assert (
        str(wrong)
        == '$.actor.mbox: found "lan"; the specification asks for mailto: and an e-mail address (1.0.3 Data 2.4.2.3)'
    )


def test_a_refusal_in_a_batch_names_the_statement() -> None:
    wrong = Invalid("$.actor", "1", "an Agent", "1.0.3 Data 2.4.2")

    assert wrong.under("$[3]").path == "$[3].actor"


@pytest.mark.parametrize("value", ["x" * 10_000, ["x"] * 10_000, {"x": "y" * 10_000}])
def test_a_message_repeats_little_of_what_was_sent(value: object) -> None:
    assert len(shown(value)) <= LONGEST


def test_a_short_text_is_shown_whole() -> None:
    assert short("ngắn") == "ngắn"
    assert shown({"a": "ví dụ"}) == '{"a":"ví dụ"}'


def test_what_is_not_json_is_shown_too() -> None:
    assert shown(2**70) == str(2**70)


def test_too_large_names_the_limit() -> None:
    assert str(TooLarge("the number of parts", 5)) == "the number of parts is over the limit of 5"
