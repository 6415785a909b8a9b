"""The films that lie here are those that their sources tell."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from packages.doctor import media
from packages.doctor.track import Media
from packages.lessons.captions import times
from packages.lessons.lesson import FILM, SHELF, Lesson, read
from packages.lessons.origin import noted, origin

FILMS = [lesson for lesson in map(read, SHELF) if lesson.kind == FILM]


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.folder.name)
def test_a_film_was_made_from_the_scenes_that_are_here(film: Lesson) -> None:
    assert noted(film) == origin(film), "run make lessons, and commit the film"


def test_a_changed_scene_would_be_noticed() -> None:
    film = FILMS[0]
    content: dict[str, Any] = copy.deepcopy(film.content)
    content["steps"][3]["text"][0] += "!"

    assert origin(replace(film, content=content)) != noted(film)


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.folder.name)
def test_a_film_is_h264_as_long_as_its_scenes(film: Lesson) -> None:
    path = film.folder / "film.mp4"
    with path.open("rb") as file:
        found = media.read(file, path.stat().st_size)

    *_, (_, end, _) = times(film)
    assert found == Media(found.seconds, video=True, codec="avc1")
    assert found.seconds == pytest.approx(end, abs=0.1)


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.folder.name)
def test_a_film_begins_before_all_of_it_has_come(film: Lesson) -> None:
    data = (film.folder / "film.mp4").read_bytes()

    assert data.index(b"moov") < data.index(b"mdat")
