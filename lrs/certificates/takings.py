"""Which certificates something is done to: of a rule or of all, of some units, of a year; and how far that has come. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

import orjson

from storage.certificate_lists import Taking


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a job is about, in the order in which it is done: unit by unit."""

    units: tuple[UUID, ...] = ()
    folders: tuple[str, ...] = ()
    """What the units are called, where there are several."""
    rule: UUID | None = None
    year: int | None = None
    versions: tuple[UUID, ...] = ()
    """Of the rule, those by which certificates are given."""

    @property
    def taking(self) -> Taking:
        """Say it as the lists ask it."""
        return Taking(self.rule, self.year)

    def dumps(self) -> str:
        """Write it down."""
        return orjson.dumps(
            {
                "units": self.units,
                "folders": self.folders,
                "rule": self.rule,
                "year": self.year,
                "versions": self.versions,
            }
        ).decode()

    @classmethod
    def loads(cls, text: str) -> Self:
        """Read it again."""
        said = orjson.loads(text)
        return cls(
            _ids(said["units"]),
            tuple(said["folders"]),
            UUID(said["rule"]) if said["rule"] else None,
            said["year"],
            _ids(said["versions"]),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """How far something has come: in which unit, or version, and behind which number, or account."""

    group: int = 0
    year: int = 0
    counted: int = 0
    account: UUID | None = None

    def dumps(self) -> str:
        """Write it down."""
        return orjson.dumps([self.group, self.year, self.counted, self.account]).decode()

    @classmethod
    def loads(cls, text: str | None) -> Self:
        """Read it again; nothing is the beginning."""
        if text is None:
            return cls()
        group, year, counted, account = orjson.loads(text)
        return cls(group, year, counted, UUID(account) if account else None)


def _ids(texts: Sequence[str]) -> tuple[UUID, ...]:
    return tuple(map(UUID, texts))
