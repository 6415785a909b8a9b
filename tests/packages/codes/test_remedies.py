"""Remedies: a tool's own words for a tool's own lessons."""

from packages.codes import CODES, remedies, remedy


def test_a_remedy_is_for_one_tool_and_one_code() -> None:
    assert "Add Captions" in str(remedy("Articulate Storyline", "no-captions"))
    assert remedy("Xerte", "no-captions") == ""
    assert remedy("Articulate Storyline", "popup") == ""


def test_every_remedy_is_for_a_code_that_there_is() -> None:
    assert {code for _tool, code in remedies._REMEDIES} <= set(CODES)
