"""The same words in one or more languages, as a package gives them."""

from dataclasses import dataclass

UNKNOWN = "und"
"""A manifest seldom says in which language its titles are."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words by language, in the order of the package; the first are the ones to show when nothing else decides."""

    said: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, words: str, language: str = UNKNOWN) -> "Text":
        """Make a text of words in one language; no words make no text."""
        return cls(((language, words),)) if words else cls()

    def __str__(self) -> str:
        return self.said[0][1] if self.said else ""

    def __bool__(self) -> bool:
        return bool(str(self))

    def within(self, language: str) -> str:
        """Say it in a language, or in the one that comes nearest, or in the first."""
        wanted = language.lower()
        for match in (wanted, wanted.partition("-")[0]):
            for known, words in self.said:
                if known.lower() == match or known.lower().startswith(f"{match}-"):
                    return words
        return str(self)
