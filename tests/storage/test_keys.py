"""Sixteen bytes stand for a text of any length."""

from storage.keys import key


def test_a_key_is_the_same_for_the_same_texts_alone() -> None:
    assert key("a", "b") == key("a", "b")
    assert len({key("a", "b"), key("ab"), key("", "ab"), key("ab", ""), key("b", "a"), key("a", "b", "")}) == 6


def test_a_key_may_stand_for_a_very_long_text() -> None:
    assert len(key("x" * 1_000_000).bytes) == 16
