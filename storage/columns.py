"""Column types that mean the same in both databases."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, BindParameter, ColumnElement, DateTime, Dialect, Integer, String, Text, cast
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType


class Instant(TypeDecorator[datetime]):
    """A moment in UTC with microseconds.

    SQLite has no such type: there it is text of fixed width, which sorts as time does.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use a timestamp where the database has one."""
        return dialect.type_descriptor(String(27) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse a moment without a zone: it would silently mean another one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        if dialect.name != "sqlite":
            return moment
        return f"{moment.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """Give back the same moment, in UTC; PostgreSQL's driver does so by itself, since our sessions are in UTC."""
        return _moment if dialect.name == "sqlite" else None


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


class TransactionId(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id: unlike a sequence it tells which rows are settled (docs/followers.md)."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Name the type in DDL."""
        return "xid8"

    def bind_expression(self, bindvalue: BindParameter[int]) -> ColumnElement[int]:
        """Write a number: the driver has no such type, and text can become one."""
        return cast(cast(bindvalue, Text), self)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """Read the number that the driver hands over as text."""
        return lambda value: None if value is None else int(value)


Space = BigInteger().with_variant(Integer(), "sqlite")
Transaction = BigInteger().with_variant(TransactionId(), "postgresql")
