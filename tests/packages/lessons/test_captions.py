"""The captions of a film."""

from packages.lessons.captions import said, times, webvtt
from packages.lessons.lesson import FILM, SHELF, read

FILMS = [lesson for lesson in map(read, SHELF) if lesson.kind == FILM]


def test_each_scene_is_one_cue_with_all_its_words() -> None:
    for film in FILMS:
        head, *cues = webvtt(film).split("\n\n")

        assert head == "WEBVTT"
        assert [cue.splitlines()[1] for cue in cues] == [said(scene) for scene in film.steps]


def test_cues_follow_one_another_to_the_end() -> None:
    for film in FILMS:
        spans = [line.split(" --> ") for line in webvtt(film).splitlines() if "-->" in line]

        assert spans[0][0] == "00:00:00.000"
        assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
        assert list(times(film))[-1][1] == sum(scene["seconds"] for scene in film.steps)


def test_no_clock_counts_to_sixty() -> None:
    assert [film for film in FILMS if ":60." in webvtt(film)] == []
    assert "00:01:" in webvtt(FILMS[0])
