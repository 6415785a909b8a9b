"""The files of a package by name, found even where a descriptor writes them a little otherwise than they are called."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Files:
    """The names of a package's files, counted from the folder in which it begins."""

    folder: str
    names: frozenset[str]
    _composed: dict[str, str] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)

    @classmethod
    def below(cls, folder: str, names: Iterable[str]) -> "Files":
        """Take the files of a folder."""
        inside = [name.removeprefix(folder) for name in names if name.startswith(folder)]
        composed = {_compose(name): name for name in inside}
        return cls(folder, frozenset(inside), composed, {name.casefold(): real for name, real in composed.items()})

    def find(self, name: str) -> tuple[str, str] | None:
        """Find a file: its real name, and the code of what had to be repaired to find it."""
        if name in self.names:
            return name, ""
        composed = _compose(name)
        if composed in self._composed:
            return self._composed[composed], "wrong-form"
        real = self._folded.get(composed.casefold())
        return None if real is None else (real, "wrong-case")

    def within(self, name: str) -> str:
        """Name a file as it is called in the zip."""
        return self.folder + name


def _compose(name: str) -> str:
    return unicodedata.normalize("NFC", name)
