"""What a package is, whatever standard it was made for. Pure; everything after import reads this and nothing else."""

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

SCORM = "scorm"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be launched: a lesson. Its address is percent-encoded and counts from the folder of the manifest."""

    identifier: str
    title: str
    href: str

    @property
    def file(self) -> str:
        """The file that opens first, by its name in the package."""
        return unquote(urlsplit(self.href).path)


@dataclass(frozen=True, slots=True)
class Package:
    """A package: its standard and edition, its title, and what can be launched, in order."""

    kind: str
    edition: str
    title: str
    items: tuple[Item, ...]

    def to_json(self) -> dict[str, Any]:
        """Write the model as a JSON value."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Package":
        """Read the model from a JSON value that `to_json` wrote."""
        return cls(value["kind"], value["edition"], value["title"], tuple(Item(**item) for item in value["items"]))
