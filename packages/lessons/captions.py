"""The captions of a film, written from its scenes: the words in the picture, for whoever cannot see or read them there."""

from collections.abc import Iterator
from typing import Any

from packages.lessons.lesson import Lesson


def webvtt(lesson: Lesson) -> str:
    """Write WebVTT, one cue a scene."""
    cues = [f"{_clock(start)} --> {_clock(end)}\n{said(scene)}\n" for start, end, scene in times(lesson)]
    return "\n".join(["WEBVTT\n", *cues])


def times(lesson: Lesson) -> Iterator[tuple[float, float, dict[str, Any]]]:
    """Tell when each scene begins and ends."""
    start = 0.0
    for scene in lesson.steps:
        end = start + scene["seconds"]
        yield start, end, scene
        start = end


def said(scene: dict[str, Any]) -> str:
    """Join the lines of a scene to what is read aloud."""
    return " ".join(scene["text"])


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"00:{int(minutes):02}:{rest:06.3f}"
