"""Prerequisites are brought into the signs of aicc_script, and what is no script is found."""

import pytest

from packages import prerequisites
from packages.findings import Notes
from packages.prerequisites import Unreadable


@pytest.mark.parametrize(
    ("script", "normal"),
    [
        ("module1", "module1"),
        (" a & b | ~c ", "a&b|~c"),
        ("module1 AND module2", "module1&module2"),
        ("(a And b) OR NOT c", "(a&b)|~c"),
        ("2*{a, b, c&d}", "2*{a,b,c&d}"),
        ('a = "passed" | b <> completed', 'a="passed"|b<>completed'),
        ("bài-1 & ANDROID", "bài-1&ANDROID"),
        ("~" * 499 + "a", "~" * 499 + "a"),
        ("(" * 50 + "a" + ")" * 50, "(" * 50 + "a" + ")" * 50),
    ],
)
def test_a_script_is_written_with_its_own_signs(script: str, normal: str) -> None:
    assert prerequisites.normalise(script) == normal
    assert prerequisites.normalise(normal) == normal


@pytest.mark.parametrize(
    "script",
    [
        "&",
        "a &",
        "a b",
        "(a",
        "a)",
        "~",
        "*A2",
        "2*{a",
        "a =",
        "a & | b",
        "<>",
        "x*{a}",
        "(" * 400 + "a" + ")" * 400,
        "(" * 51 + "a" + ")" * 51,
        "(" * 499,
        "1*{" * 166,
        "a&" * 300 + "a",
        '"a',
    ],
)
def test_what_is_no_script_is_found(script: str) -> None:
    with pytest.raises(Unreadable):
        prerequisites.normalise(script)


@pytest.mark.parametrize(
    ("script", "normal", "codes"),
    [
        ("a & b", "a&b", []),
        ("a and b", "a&b", ["prerequisites"]),
        ("a &", "", ["unreadable-prerequisites"]),
        ("(" * 499, "", ["unreadable-prerequisites"]),
    ],
)
def test_what_is_wrong_with_a_script_is_noted(script: str, normal: str, codes: list[str]) -> None:
    notes = Notes("imsmanifest.xml")

    assert prerequisites.read(script, notes) == normal
    assert [finding.code for finding in notes] == codes


def test_words_for_signs_are_noticed() -> None:
    assert prerequisites.in_words("a AND b")
    assert not prerequisites.in_words("a & ANDROID")
