"""A text is said in the language that is asked for, or in the nearest there is."""

import pytest

from packages.model import Text

TEXT = Text((("en-US", "Lesson"), ("vi", "Bài học"), ("fr", "Leçon")))


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "Bài học"), ("vi-VN", "Bài học"), ("EN", "Lesson"), ("en-GB", "Lesson"), ("fr", "Leçon"), ("de", "Lesson")],
)
def test_a_text_is_said_in_the_nearest_language(language: str, said: str) -> None:
    assert TEXT.within(language) == said


def test_no_words_are_no_text() -> None:
    assert not Text.of("")
    assert str(Text.of("")) == ""
    assert str(TEXT) == "Lesson"
