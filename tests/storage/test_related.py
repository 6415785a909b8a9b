"""The ways to be related are told apart."""

from storage import related


def test_one_text_has_another_key_in_each_way() -> None:
    assert len({related.agent("x"), related.related_agent("x"), related.related_activity("x")}) == 3
