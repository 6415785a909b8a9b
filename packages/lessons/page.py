"""The page that a lesson opens with: the kit's page with the lesson's words and drawings in it, so that one request brings them all."""

import json
import re
from string import Template
from typing import Any

from packages.lessons.captions import said
from packages.lessons.lesson import FILM, HERE, Lesson, drawing

_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_HEAD = (
    "kind",
    "edition",
    "people",
    "title",
    "about",
    "minutes",
    "mastery",
    "picture",
    "welcome",
    "steps",
    "questions",
    "takeaways",
)


def page(lesson: Lesson) -> str:
    """Put the page together."""
    template = Template((HERE / "kit" / "page.html").read_text("utf-8"))
    return template.substitute(
        title=lesson.title,
        kind=lesson.kind,
        content=json.dumps(_content(lesson), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        drawings="".join(_symbol(name) for name in lesson.drawings()),
    )


def _content(lesson: Lesson) -> dict[str, Any]:
    content = {name: lesson.content[name] for name in _HEAD if name in lesson.content}
    if lesson.kind == FILM:  # what is in the pictures is in the film
        scenes = lesson.scenes
        content["steps"] = [{"id": one["id"], "seconds": one["seconds"], "says": said(one)} for one in scenes]
    return content


def _symbol(name: str) -> str:
    found = _SVG.search(drawing(name))
    if found is None:
        raise ValueError(name)
    return f'<symbol id="{name}" viewBox="0 0 200 200">{found[1].strip()}</symbol>'
