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
    def scenes(self) -> list[dict[str, Any]]:
        """The scenes of a film, or whatever else is shown step by step."""
        steps: list[dict[str, Any]] = self.content["steps"]
        return steps

    def drawings(self) -> list[str]:
        """Name the drawings that the browser puts together, in the order of their names."""
        return sorted(_drawn({name: value for name, value in self.content.items() if not self._is_film(name)}))

    def film_drawings(self) -> list[str]:
        """Name the drawings that the film is made of."""
        return sorted(_drawn(self.scenes)) if self.kind == FILM else []

    def _is_film(self, name: str) -> bool:
        return self.kind == FILM and name == "steps"


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


def _drawn(value: Any) -> set[str]:
    if isinstance(value, list):
        return {name for one in value for name in _drawn(one)}
    if not isinstance(value, dict):
        return set()
    here = {value["draw"]} if "draw" in value else set()
    return here | _drawn(list(value.values()))
