"""A course, pure: the items of a version in the order in which they are learned, as the player opens them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from packages.model import SCORM12, SCORM2004, Item, Organisation, Package, Sequencing
from packages.model.launch import SCO
from player import given
from player.sequencing.tree import Tree
from storage.versions import VersionRow

PLAYED = {SCORM12, SCORM2004}
"""The kinds of packages whose lessons can be played."""


@dataclass(frozen=True, slots=True)
class Part:
    """An item of a course: a heading, or a lesson that opens."""

    id: str
    title: str
    depth: int
    address: str | None
    """Where it opens, percent-encoded, in its package; nothing for a heading."""
    speaks: bool
    """Whether it is a SCO; else it is a page that says nothing, and counts as seen when it was open."""
    prerequisites: str
    silence_completes: bool = True
    """Whether a lesson that ends without a word about its completion is done."""
    given: dict[str, str] = field(default_factory=dict)
    """What its manifest lets it read."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a version lets people learn."""

    version: UUID
    activity: str
    title: str
    edition: str
    """1.2, 2nd, 3rd or 4th: which data model its lessons speak (`player/cmi/tables.py`); nothing if they cannot be played."""
    parts: tuple[Part, ...]
    tree: Tree | None = None
    """What the sequencer goes by (docs/sequencing.md); a package that says nothing of it plays in order, and by choice."""

    @property
    def lessons(self) -> tuple[Part, ...]:
        """What can be opened, in order."""
        return tuple(part for part in self.parts if part.address is not None)

    def lesson(self, item: str) -> Part | None:
        """Find a lesson."""
        return next((part for part in self.lessons if part.id == item), None)

    @property
    def playable(self) -> bool:
        """Tell whether there is something that the player can open."""
        return bool(self.edition) and bool(self.lessons)


def of(version: VersionRow) -> Course:
    """Read the course of a version out of its model."""
    package = Package.from_json(json.loads(version.model))
    edition = package.edition if package.kind in PLAYED else ""
    way = package.organisations[0]
    parts = tuple(_parts(way.items, 0, edition))
    tree = Tree(way, edition) if edition and package.kind == SCORM2004 and _is_sequenced(way) else None
    return Course(version.id, version.activity, version.title, edition, parts, tree)


def _is_sequenced(way: Organisation) -> bool:
    """Tell whether a package says anything of sequencing, of the player's controls, or of stores that lessons share."""
    silent = Sequencing()
    says = (one.sequencing != silent or one.hidden_controls or one.shared_data for one in way.walk())
    return way.sequencing != silent or any(says)


def _parts(items: tuple[Item, ...], depth: int, edition: str) -> Iterator[Part]:
    """Give the items in order; one that is not to be shown hides itself and leaves those below it where they are."""
    for item in items:
        opens = item.launch is not None and not item.launch.elsewhere
        if item.visible or opens:
            yield Part(
                id=item.identifier,
                title=str(item.title) or item.identifier,
                depth=depth,
                address=item.address if opens else None,
                speaks=item.launch is not None and item.launch.role == SCO,
                prerequisites=item.prerequisites,
                silence_completes=not item.sequencing.delivery.completion_by_content,
                given=given.by(item, edition) if opens else {},
            )
        yield from _parts(item.items, depth + 1, edition)
