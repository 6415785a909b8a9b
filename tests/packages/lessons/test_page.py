"""The page that a lesson opens with."""

import json
import re
from dataclasses import replace

import pytest

from packages.doctor.page import read as seen_by_the_doctor
from packages.lessons.lesson import SHELF, Lesson, drawn, read
from packages.lessons.page import page

LESSONS = [read(slug) for slug in SHELF]
CONTENT = re.compile(r'<script type="application/json" id="content">(.*?)</script>', re.DOTALL)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.folder.name)
def test_a_page_brings_its_words_and_its_drawings_along(lesson: Lesson) -> None:
    made = page(lesson)

    found = CONTENT.search(made)
    assert found is not None
    content = json.loads(found[1])
    assert [step["id"] for step in content["steps"]] == [step["id"] for step in lesson.steps]
    assert set(re.findall(r'<symbol id="([\w-]+)"', made)) == drawn(content)
    assert f'src="kit/{lesson.kind}.js"' in made
    assert "$" not in made


def test_a_page_is_made_for_phones_and_says_its_language() -> None:
    seen, _ = seen_by_the_doctor(page(LESSONS[0]).encode())

    assert (seen.viewport, seen.language) == (True, "vi")


def test_no_word_of_a_lesson_leaves_the_place_it_stands_in() -> None:
    title = "</title></script><b>"
    lesson = replace(LESSONS[1], title=title, content=LESSONS[1].content | {"title": title})

    assert "<b>" not in page(lesson)
