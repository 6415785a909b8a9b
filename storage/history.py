"""The record read learner by learner, up to a place in its order: what is made anew is made of this."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, bindparam, select, text, tuple_

from storage.database import Tx
from storage.keys import key
from storage.order import Position
from storage.related import agent, related, voided
from storage.statements import ROW, StatementRow, statement_ids, statements

_AT_ONCE = 500
_PLACE = (statements.c.epoch, statements.c.txid, statements.c.seq)
_One = TypeVar("_One")

Placed = tuple[Position, StatementRow]


@dataclass(frozen=True, slots=True)
class Voiding:
    """That a statement is void: since which place of the order, and which moment, and by which other."""

    position: Position
    stored: datetime
    by: UUID


def of_actors(tx: Tx, actors: Sequence[str], upto: Position, verbs: Collection[str] | None = None) -> list[Placed]:
    """List what these actors said, up to a place, with some verbs or with any."""
    # By the verbs themselves, which have no index: it is the actors by whom it is looked for.
    query = _ROW if verbs is None else _ROW.where(statements.c.verb.in_([*verbs]))
    return [
        placed
        for some in _some([key(actor) for actor in actors])
        for placed in _placed(tx, query.where(statements.c.actor_key.in_(some)), upto)
    ]


def of_others(tx: Tx, agents: Sequence[str], verb: str, upto: Position) -> list[Placed]:
    """List what was said of these agents by others, with this verb."""
    joined = (
        (related.c.space_id == statements.c.space_id)
        & (related.c.stored == statements.c.stored)
        & (related.c.seq == statements.c.seq)
    )
    query = _ROW.join(related, joined).where(statements.c.verb_key == key(verb))
    return [
        placed
        for some in _some([agent(each) for each in agents])
        for placed in _placed(tx, query.where(related.c.key.in_(some)), upto)
    ]


def voidings(tx: Tx, ids: Iterable[UUID], upto: Position) -> dict[UUID, Voiding]:
    """Tell which of these statements are void, each by the first voiding up to a place."""
    query = (
        select(voided.c.id, *_PLACE, statements.c.stored, statements.c.id)
        .join_from(
            voided, statement_ids, (statement_ids.c.space_id == voided.c.space_id) & (statement_ids.c.id == voided.c.by)
        )
        .join(statements, _by_id)
        .where(voided.c.space_id == tx.space)
    )
    found: dict[UUID, Voiding] = {}
    for some in _some([*ids]):
        for row in tx.run(query.where(voided.c.id.in_(some), _upto(tx)), _values(upto)):
            one = Voiding(Position(*row[1:4]), row[4], row[5])
            if row[0] not in found or one.position < found[row[0]].position:
                found[row[0]] = one
    return found


def find(tx: Tx, statement_id: UUID) -> Placed | None:
    """Find a statement, and its place."""
    query = select(*ROW.selected_columns, *_PLACE).join_from(statement_ids, statements, _by_id)
    query = query.where(statement_ids.c.space_id == tx.space, statement_ids.c.id == statement_id)
    row = tx.run(query).one_or_none()
    return None if row is None else (Position(*row[-3:]), StatementRow(*row[:-3]))


def some(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, StatementRow]:
    """Find some statements by their ids."""
    query = select(*ROW.selected_columns).join_from(statement_ids, statements, _by_id)
    query = query.where(statement_ids.c.space_id == tx.space)
    return {
        row[0]: StatementRow(*row)
        for each in _some([*ids])
        for row in tx.run(query.where(statement_ids.c.id.in_(each)))
    }


def is_about(tx: Tx, activity: str) -> bool:
    """Tell whether anything was said about an activity."""
    query = select(statements.c.seq).where(
        statements.c.space_id == tx.space, statements.c.activity_key == key(activity)
    )
    return tx.run(query.limit(1)).first() is not None


def _placed(tx: Tx, query: Select[Any], upto: Position) -> Iterator[Placed]:
    for row in tx.run(query.where(statements.c.space_id == tx.space, _upto(tx)), _values(upto)):
        yield Position(*row[-3:]), StatementRow(*row[:-3])


def _upto(tx: Tx) -> ColumnElement[bool]:
    if tx.postgresql:
        place = "(statements.epoch, statements.txid, statements.seq)"
        upto: Any = text(f"{place} <= (:epoch, cast(cast(:txid as text) as xid8), :seq)")
        return upto  # type: ignore[no-any-return]  # SQLAlchemy takes a text for a condition
    place_of = tuple_(*(bindparam(name, type_=Integer) for name in ("epoch", "txid", "seq")))
    return tuple_(*_PLACE) <= place_of


def _values(upto: Position) -> dict[str, int]:
    return {"epoch": upto.epoch, "txid": upto.txid, "seq": upto.seq}


def _some(ids: Sequence[_One]) -> Iterator[Sequence[_One]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


_by_id = (
    (statements.c.space_id == statement_ids.c.space_id)
    & (statements.c.seq == statement_ids.c.seq)
    & (statements.c.stored == statement_ids.c.stored)
)
_ROW = ROW.add_columns(*_PLACE)
