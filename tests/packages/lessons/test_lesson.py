"""Our lessons as they are written: each can be learned, passed and left at any place."""

from __future__ import annotations

import re
from typing import Any

import pytest

from packages.lessons.lesson import FILM, HERE, SHELF, TALK, Lesson, drawing, drawn, read

LESSONS = [read(slug) for slug in SHELF]
OTHERWISE = re.compile(r"\b(?:bạn(?! bè)|quý vị|các bác|anh chị)\b")
CONTACT = ("@", "http", "+84")
FILMS = [lesson for lesson in LESSONS if lesson.kind == FILM]


def name(lesson: Lesson) -> str:
    return lesson.folder.name


def questions(lesson: Lesson) -> list[dict[str, Any]]:
    return lesson.content.get("questions") or [step["question"] for step in lesson.steps if "question" in step]


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    return [text for one in value for text in texts(one)] if isinstance(value, list) else []


def test_every_folder_with_a_lesson_stands_on_the_shelf() -> None:
    assert {path.parent.name for path in HERE.glob("*/lesson.json")} == set(SHELF)


def test_lessons_have_names_of_their_own() -> None:
    assert len({lesson.identifier for lesson in LESSONS}) == len({lesson.title for lesson in LESSONS}) == len(SHELF)


@pytest.mark.parametrize("lesson", LESSONS, ids=name)
def test_places_and_questions_have_names_of_their_own(lesson: Lesson) -> None:
    places, asked = [step["id"] for step in lesson.steps], [question["id"] for question in questions(lesson)]

    assert len(places) == len(set(places))
    assert len(asked) == len(set(asked)) >= 4


@pytest.mark.parametrize("lesson", LESSONS, ids=name)
def test_each_question_has_a_right_answer_and_a_reason_for_every_one(lesson: Lesson) -> None:
    for question in questions(lesson):
        options = question["options"]
        assert [option["id"] for option in options] == ["a", "b", "c"], question["id"]
        assert any(option.get("right") for option in options), question["id"]
        assert all(option["why"] for option in options), question["id"]


@pytest.mark.parametrize("lesson", LESSONS, ids=name)
def test_right_answers_do_not_always_stand_in_one_place(lesson: Lesson) -> None:
    right = [
        next(option["id"] for option in question["options"] if option.get("right")) for question in questions(lesson)
    ]

    assert set(right) == {"a", "b", "c"}


@pytest.mark.parametrize("lesson", LESSONS, ids=name)
def test_learners_are_addressed_in_one_way(lesson: Lesson) -> None:
    said = " ".join(texts(lesson.content)).lower()

    assert "bà con" in said
    assert OTHERWISE.findall(said) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=name)
def test_nobody_can_be_called_or_written_to(lesson: Lesson) -> None:
    assert [text for text in texts(lesson.content) for word in CONTACT if word in text] == []


@pytest.mark.parametrize("lesson", LESSONS, ids=name)
def test_every_drawing_is_there_and_holds_nothing_but_shapes(lesson: Lesson) -> None:
    for one in drawn(lesson.content):
        assert "<script" not in drawing(one)
        assert ' id="' not in drawing(one), "inside one page its names would meet those of others"


def test_every_drawing_is_used() -> None:
    used = {one for lesson in LESSONS for one in drawn(lesson.content)}

    assert {path.stem for path in (HERE / "drawings").iterdir()} == used


@pytest.mark.parametrize("lesson", [lesson for lesson in LESSONS if lesson.kind == TALK], ids=name)
def test_an_answer_leads_forward_to_a_turn_that_is_there(lesson: Lesson) -> None:
    places = [step["id"] for step in lesson.steps]
    leaps = [
        (n, options["to"])
        for n, step in enumerate(lesson.steps)
        for options in [step, *step.get("question", {}).get("options", [])]
        if "to" in options
    ]

    assert leaps
    assert [to for n, to in leaps if places.index(to) <= n] == []


@pytest.mark.parametrize("lesson", FILMS, ids=name)
def test_a_slow_reader_has_time_for_every_scene(lesson: Lesson) -> None:
    hasty = [scene["id"] for scene in lesson.steps if len(" ".join(scene["text"]).split()) / (scene["seconds"] - 2) > 3]

    assert hasty == []
    assert 210 <= sum(scene["seconds"] for scene in lesson.steps) <= 330


@pytest.mark.parametrize("lesson", FILMS, ids=name)
def test_a_film_stops_where_its_scenes_are_and_can_show_them_again(lesson: Lesson) -> None:
    places = [scene["id"] for scene in lesson.steps]

    for question in questions(lesson):
        assert places.index(question["again"]) <= places.index(question["after"]) < len(places) - 1
