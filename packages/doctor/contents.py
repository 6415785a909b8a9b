"""The contents of a package, as far as the doctor may look: names, sizes, and bytes on demand."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO

Open = Callable[[str], AbstractContextManager[IO[bytes]]]


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a package by their names, counted from the folder in which it begins."""

    sizes: Mapping[str, int]
    open: Open
    folder: str = ""
    """Where in the zip the package begins."""

    def within(self, name: str) -> str:
        """Name a file as it is called in the zip."""
        return self.folder + name

    def beginning(self, name: str, most: int) -> bytes:
        """Read how a file begins."""
        with self.open(name) as file:
            return file.read(most)
