"""A lesson of our own as its author writes it: one `lesson.json` in a folder, and a film where it is one."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

SHELF = ("khoa-nha-so", "giay-to-tai-nha", "cuoc-goi-la")
"""Our lessons by their folders, in the order in which they are learned."""

FILM, SLIDES, TALK = "film", "slides", "talk"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: what its manifest says of it, and what is in it."""

    folder: Path
    kind: str
    edition: str
    identifier: str
    title: str
    about: str
    keywords: tuple[str, ...]
    mastery: int
    """Of a hundred points, how many pass."""
    content: dict[str, Any]
    """Everything in `lesson.json`."""

    @property
    def steps(self) -> list[dict[str, Any]]:
        """What is shown, in order: the scenes of a film, slides, the turns of a conversation."""
        steps: list[dict[str, Any]] = self.content["steps"]
        return steps


def read(slug: str) -> Lesson:
    """Read a lesson of the shelf."""
    folder = HERE / slug
    content = json.loads((folder / "lesson.json").read_text("utf-8"))
    return Lesson(
        folder=folder,
        kind=content["kind"],
        edition=content["edition"],
        identifier=content["identifier"],
        title=content["title"],
        about=content["about"],
        keywords=tuple(content["keywords"]),
        mastery=content["mastery"],
        content=content,
    )


def drawing(name: str) -> str:
    """Read a drawing: SVG in a square of 200."""
    return (HERE / "drawings" / f"{name}.svg").read_text("utf-8")


def drawn(value: Any) -> set[str]:
    """Name the drawings in something that a lesson says."""
    if isinstance(value, list):
        return {name for one in value for name in drawn(one)}
    if not isinstance(value, dict):
        return set()
    here = {value["draw"]} if "draw" in value else set()
    return here | drawn(list(value.values()))
