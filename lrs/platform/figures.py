"""The figures of spaces as people read them: one table says what is told, in which words, and what has a sum."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import LazyString, format_date
from flask_babel import lazy_gettext as _

from lrs.amounts import number, size
from storage.spaces import SpaceFigures


def _day(day: date | datetime | None) -> str:
    return "–" if day is None else str(format_date(day, "dd/MM/yyyy"))


def _room(most: int | None) -> str:
    return "–" if most is None else size(most)


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of a space."""

    field: str
    words: LazyString
    write: Callable[[Any], str] = number
    summed: bool = True

    def of(self, space: SpaceFigures) -> str:
        """Write the figure of a space."""
        return self.write(getattr(space, self.field))

    def sum(self, spaces: Iterable[SpaceFigures]) -> str:
        """Write the sum of spaces, or nothing where a sum means nothing."""
        return self.write(sum(getattr(space, self.field) for space in spaces)) if self.summed else ""


COLUMNS = (
    Column("accounts", _("Accounts")),
    Column("lessons", _("Lessons")),
    Column("statements", _("Statements")),
    Column("bytes", _("Size of the lessons"), size),
    Column("quota", _("Room for lessons"), _room, summed=False),
    Column("written", _("Written last"), _day, summed=False),
    Column("created", _("Made"), _day, summed=False),
)
