"""A package: what it is, the ways through it, and the resources it is made of."""

from dataclasses import dataclass
from typing import Any

from packages.model import codec
from packages.model.item import Item, Organisation
from packages.model.metadata import Metadata
from packages.model.text import Text

SCORM12 = "scorm12"
SCORM2004 = "scorm2004"
CMI5 = "cmi5"
XAPI = "xapi"
AICC = "aicc"


@dataclass(frozen=True, slots=True)
class Resource:
    """What an item opens, and the files that belong to it, by their names in the package."""

    identifier: str
    role: str
    href: str = ""
    files: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    metadata: Metadata = Metadata()


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective that a package names for its lessons (cmi5, AICC)."""

    identifier: str
    title: Text
    description: Text = Text()


@dataclass(frozen=True, slots=True)
class Package:
    """A package: its standard and edition, and the ways through it, the default one first."""

    kind: str
    edition: str
    identifier: str
    organisations: tuple[Organisation, ...]
    resources: tuple[Resource, ...] = ()
    aims: tuple[Aim, ...] = ()
    metadata: Metadata = Metadata()

    @property
    def title(self) -> str:
        """What the package is called: as its default organisation is, or its first lesson, or it is left with its identifier."""
        first = self.organisations[0]
        titles = (first.title, *(item.title for item in self.lessons))
        return next((str(title) for title in titles if title), self.identifier)

    @property
    def lessons(self) -> tuple[Item, ...]:
        """What can be launched on the default way, in order."""
        return tuple(item for item in self.organisations[0].walk() if item.launch)

    def to_json(self) -> dict[str, Any]:
        """Write the model as a JSON value."""
        value: dict[str, Any] = codec.write(self)
        return value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Package":
        """Read the model from a JSON value that `to_json` wrote."""
        return codec.read(cls, value)
