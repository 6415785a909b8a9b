"""The page that a lesson opens with: the kit's page with the lesson's words and drawings in it, so that one request brings them all."""

import json
import re
from html import escape
from string import Template
from typing import Any

from packages.lessons.captions import said
from packages.lessons.lesson import FILM, HERE, Lesson, drawing, drawn

_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_OF_THE_MANIFEST = {"identifier", "about", "keywords", "subject"}


def page(lesson: Lesson) -> str:
    """Put the page together."""
    template = Template((HERE / "kit" / "page.html").read_text("utf-8"))
    content = _content(lesson)
    return template.substitute(
        title=escape(lesson.title),
        kind=lesson.kind,
        content=json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        drawings="".join(_symbol(name) for name in sorted(drawn(content))),
    )


def _content(lesson: Lesson) -> dict[str, Any]:
    content = {name: value for name, value in lesson.content.items() if name not in _OF_THE_MANIFEST}
    if lesson.kind == FILM:  # what is in the pictures is in the film
        scenes = lesson.steps
        content["steps"] = [{"id": one["id"], "seconds": one["seconds"], "says": said(one)} for one in scenes]
    return content


def _symbol(name: str) -> str:
    found = _SVG.search(drawing(name))
    if found is None:
        raise ValueError(name)
    return f'<symbol id="{name}" viewBox="0 0 200 200">{found[1].strip()}</symbol>'
