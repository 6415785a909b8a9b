"""Languages (Communication 2.1.3): one entry of a map for each reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi.languages import chosen, preferences
from tests.lrs.xapi.test_examples import BRIEF

MAP = {"en-US": "answered", "vi": "đã trả lời", "en-GB": "replied", "zh-Hant": "回答"}


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        (None, "en-US"),
        ("", "en-US"),
        ("vi", "vi"),
        ("VI", "vi"),
        ("vi-VN", "vi"),
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("en-AU", "en-US"),
        ("fr, en-GB;q=0.8, vi;q=0.9", "vi"),
        ("fr;q=1, de", "en-US"),
        ("zh-Hant-TW", "zh-Hant"),
        ("*", "en-US"),
        ("fr, *;q=0.1", "en-US"),
        ("en-US;q=0, *", "vi"),
        ("en-US;q=0, en", "en-GB"),
        ("vi;q=x, en-GB", "en-GB"),
        ("vi;q=0", "en-US"),
        ("en-US;q=0", "vi"),
        ("vi;q=0.5, en-GB;q=1", "en-GB"),
        ("vi;q=0.5, en-GB;q=1.1", "vi"),
        (";;, ,q=1", "en-US"),
    ],
)
def test_the_reader_gets_the_entry_that_fits_best(header: str | None, tag: str) -> None:
    assert chosen(MAP, preferences(header)) == {tag: MAP[tag]}


def test_an_empty_map_stays_empty() -> None:
    assert chosen({}, preferences("vi")) == {}


def test_a_map_of_refused_languages_gives_one_all_the_same() -> None:
    assert chosen({"vi": "x"}, preferences("vi;q=0")) == {"vi": "x"}


@BRIEF
@given(
    st.dictionaries(st.sampled_from(["vi", "en", "en-US", "zh-Hant-TW"]), st.text(), min_size=1),
    st.text(alphabet="vien-US*;q=0.1, ", max_size=30),
)
def test_there_is_always_exactly_one_entry(language_map: dict[str, str], header: str) -> None:
    found = chosen(language_map, preferences(header))

    assert len(found) == 1
    assert found.items() <= language_map.items()
