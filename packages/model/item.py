"""The tree that learners go through: organisations, headings, lessons."""

from collections.abc import Iterator
from dataclasses import dataclass

from packages.model.launch import Completion, Launch, Limits, SharedData
from packages.model.metadata import Metadata
from packages.model.sequencing import Sequencing
from packages.model.text import Text


@dataclass(frozen=True, slots=True)
class Item:
    """A heading, or a lesson if there is something to launch; what hangs below it, and what is said about it alone."""

    identifier: str
    title: Text
    launch: Launch | None = None
    items: tuple["Item", ...] = ()
    description: Text = Text()
    visible: bool = True
    completion: Completion = Completion()
    limits: Limits = Limits()
    prerequisites: str = ""
    """In `aicc_script`, with &, | and ~."""
    aims: tuple[str, ...] = ()
    """cmi5 and AICC: the objectives of the package that it serves, by identifier."""
    sequencing: Sequencing = Sequencing()
    hidden_controls: tuple[str, ...] = ()
    """What of the player's navigation the lesson wants hidden (adlnav hideLMSUI)."""
    shared_data: tuple[SharedData, ...] = ()
    metadata: Metadata = Metadata()

    @property
    def address(self) -> str:
        """Where it opens; nothing for a heading."""
        return self.launch.address if self.launch else ""

    def walk(self) -> Iterator["Item"]:
        """Give the item and all below it, in order."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True, slots=True)
class Organisation:
    """One way through a package: a title, and a tree of items."""

    identifier: str
    title: Text
    items: tuple[Item, ...] = ()
    description: Text = Text()
    structure: str = ""
    sequencing: Sequencing = Sequencing()
    completion: Completion = Completion()
    objectives_global: bool = True
    """Global objectives live as long as the learner, not as the attempt (adlseq)."""
    shared_data_global: bool = True
    metadata: Metadata = Metadata()

    def walk(self) -> Iterator[Item]:
        """Give all items in order."""
        for item in self.items:
            yield from item.walk()
