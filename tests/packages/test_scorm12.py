"""What an item of SCORM 1.2 says for its run-time environment."""

import pytest

from packages.model import Completion, Limits
from tests.packages.reading import codes, item12


def test_an_item_says_when_it_is_mastered_how_long_it_may_take_and_what_it_starts_with() -> None:
    item, notes = item12(
        "<title>Kiểm tra</title><adlcp:prerequisites type='aicc_script'>a &amp; (b | ~c)</adlcp:prerequisites>"
        "<adlcp:maxtimeallowed>02:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>Exit, no message</adlcp:timelimitaction>"
        "<adlcp:dataFromLMS> x=1\n y=2 </adlcp:dataFromLMS><adlcp:masteryscore>80</adlcp:masteryscore>"
    )

    assert (item.completion, item.limits) == (Completion(mastery_score=80), Limits("02:30:00", "exit,no message"))
    assert (item.prerequisites, item.launch and item.launch.parameters) == ("a&(b|~c)", "x=1\n y=2")
    assert codes(notes) == []


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<adlcp:masteryscore>101</adlcp:masteryscore>", "unreadable-value"),
        ("<adlcp:masteryscore>tám mươi</adlcp:masteryscore>", "unreadable-value"),
        ("<adlcp:maxtimeallowed>2h</adlcp:maxtimeallowed>", "unreadable-value"),
        ("<adlcp:timelimitaction>explode</adlcp:timelimitaction>", "unreadable-value"),
        ("<adlcp:prerequisites>a &amp; &amp;</adlcp:prerequisites>", "unreadable-prerequisites"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_told(inner: str, expected: str) -> None:
    item, notes = item12(f"<title>T</title>{inner}")

    assert (item.completion, item.limits, item.prerequisites) == (Completion(), Limits(), "")
    assert codes(notes) == [expected]


def test_prerequisites_in_words_are_repaired() -> None:
    item, notes = item12("<title>T</title><adlcp:prerequisites>(a AND b) or not c</adlcp:prerequisites>")

    assert (item.prerequisites, codes(notes)) == ("(a&b)|~c", ["prerequisites"])
