"""What a package says about itself or a part of itself, as far as anything here reads it."""

from dataclasses import dataclass

from packages.model.text import Text


@dataclass(frozen=True, slots=True)
class Metadata:
    """The schema it says it keeps, and of its learning object metadata what an author or a catalogue asks for."""

    schema: str = ""
    schema_version: str = ""
    title: Text = Text()
    description: Text = Text()
    languages: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    location: str = ""
    """A file of the package that holds the metadata instead."""
