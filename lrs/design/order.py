"""In which order a list stands: what its headings ask for, and the addresses of its other orders and its next page. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask_babel import LazyString

UP, DOWN = "asc", "desc"


@dataclass(frozen=True, slots=True)
class Column:
    """One heading of a list; whoever presses it first gets its natural order, if it sorts at all."""

    name: str
    words: LazyString | str
    first: str | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a list stands, rising or falling, and what else was asked for, which stays so in every other order."""

    columns: tuple[Column, ...]
    by: str
    way: str = UP
    kept: tuple[tuple[str, str], ...] = ()
    began: bool = True
    """Whether this is the beginning of the list."""

    @property
    def falls(self) -> bool:
        """Whether the last stands first."""
        return self.way == DOWN

    def aria(self, column: Column) -> str:
        """Say it as `aria-sort` does."""
        if column.name != self.by:
            return "none"
        return "descending" if self.falls else "ascending"

    def address(self, column: Column) -> str:
        """Write the address of the same list by a column: the other way round if it stands so already; from its beginning."""
        turned = UP if self.falls else DOWN
        return self._write(sort=column.name, order=turned if column.name == self.by else column.first or UP)

    def onward(self, place: str, name: str = "from") -> str:
        """Write the address of a page of this list."""
        return self._write(sort=self.by, order=self.way, **{name: place})

    @property
    def beginning(self) -> str:
        """Write the address of the first page."""
        return self._write(sort=self.by, order=self.way)

    def only(self, names: Iterable[str]) -> "Order":
        """Give the same order, with headings that sort by these columns alone."""
        allowed = {*names}
        columns = [one if one.name in allowed else replace(one, first=None) for one in self.columns]
        return replace(self, columns=tuple(columns))

    def _write(self, **more: str) -> str:
        return "?" + urlencode([*self.kept, *more.items()])


def read(
    columns: tuple[Column, ...], asked: Mapping[str, str], usual: str, kept: Iterable[str] = (), place: str = "from"
) -> Order:
    """Read an order from an address; one that cannot be had is the usual one."""
    sorting = {column.name: column.first for column in columns if column.first is not None}
    by = asked.get("sort", "")
    by = by if by in sorting else usual
    way = asked.get("order", "")
    way = way if way in (UP, DOWN) and asked.get("sort") == by else sorting.get(by) or UP
    stays = tuple((name, asked[name]) for name in kept if asked.get(name))
    return Order(columns, by, way, stays, not asked.get(place))
