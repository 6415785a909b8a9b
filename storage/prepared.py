"""Queries that are asked again and again: put together and compiled once for each kind of database, then only filled in.

To build a query of several parts, and to look it up among SQLAlchemy's compiled ones, takes longer than to run it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Delete, Insert, Select, Update
from sqlalchemy.engine.interfaces import Dialect

from storage.database import Tx
from storage.driver import ask

Convert = Callable[[Any], Any]


Statement = Select[Any] | Insert | Update | Delete


class _Text:
    """A query as a database's driver takes it, and what turns values into the driver's and back."""

    def __init__(self, query: Statement, dialect: Dialect) -> None:
        compiled = query.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        self.sql = str(compiled)
        self._fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        self._order: list[str] | None = compiled.positiontup
        self._into = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()
        }
        columns = query.selected_columns if isinstance(query, Select) else ()
        out = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._out = [(at, convert) for at, convert in enumerate(out) if convert is not None]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        given = {**self._fixed, **values}
        named = {name: convert(given[name]) if convert else given[name] for name, convert in self._into.items()}
        return named if self._order is None else tuple(named[name] for name in self._order)

    def rows(self, cursor: Any) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return [self._row(row) for row in found] if self._out else found

    def _row(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = [*row]
        for at, convert in self._out:
            values[at] = convert(values[at])
        return tuple(values)


class Prepared:
    """A query, or a change, with named places for values."""

    def __init__(self, query: Statement) -> None:
        self._query = query
        self._texts: dict[str, _Text] = {}

    def run(self, tx: Tx, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Ask it with these values."""
        text = self._text(tx)
        return text.rows(ask(tx.connection, text.sql, text.parameters(values)))

    def change(self, tx: Tx, values: Mapping[str, Any]) -> int:
        """Do it with these values; count the rows that it changed."""
        text = self._text(tx)
        return int(ask(tx.connection, text.sql, text.parameters(values)).rowcount)

    def _text(self, tx: Tx) -> _Text:
        dialect = tx.connection.dialect
        text = self._texts.get(dialect.name)
        if text is None:
            text = self._texts[dialect.name] = _Text(self._query, dialect)
        return text
