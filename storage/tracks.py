"""Tracks: what stands of each item of an attempt, and the visit that said it last."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    bindparam,
    insert,
    select,
    update,
)

from storage.columns import Space
from storage.database import Tx
from storage.prepared import Prepared
from storage.schema import metadata

tracks = Table(
    "tracks",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("attempt_id", Uuid, nullable=False),
    Column("item", Text, nullable=False),
    Column("session", Integer, nullable=False),
    Column("visit", Integer, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("values", Text, nullable=False),
    Column("responded", Text, nullable=False, server_default="[]"),
    PrimaryKeyConstraint("space_id", "attempt_id", "item"),
    ForeignKeyConstraint(["space_id", "attempt_id"], ["attempts.space_id", "attempts.id"]),
)


@dataclass(frozen=True, slots=True)
class TrackRow:
    """What stands of one item in an attempt."""

    attempt_id: UUID
    item: str
    session: int
    visit: int
    """The newest visit, numbered in its session."""
    ended: bool
    values: str = "{}"
    """What has been said, as a JSON object of elements."""
    responded: str = "[]"
    """The interactions that the record knows, as a JSON array of their places and names."""


def find(tx: Tx, attempt_id: UUID, item: str) -> TrackRow | None:
    """Find what stands of an item."""
    found = _find.run(tx, {"space": tx.space, "attempt": attempt_id, "item_id": item})
    return TrackRow(*found[0]) if found else None


def list_of(tx: Tx, attempt_id: UUID) -> list[TrackRow]:
    """List what stands of every item that was ever opened in an attempt."""
    return [TrackRow(*row) for row in _list.run(tx, {"space": tx.space, "attempt": attempt_id})]


def add(tx: Tx, track: TrackRow) -> None:
    """Keep what stands of an item that is opened for the first time."""
    _add.change(tx, {"space_id": tx.space, "attempt_id": track.attempt_id, "item": track.item} | _said(track))


def change(tx: Tx, track: TrackRow) -> None:
    """Keep what stands of an item now."""
    here = {"space": tx.space, "attempt": track.attempt_id, "item_id": track.item}
    _change.change(tx, here | {f"new_{name}": value for name, value in _said(track).items()})


def _said(track: TrackRow) -> dict[str, object]:
    return {
        "session": track.session,
        "visit": track.visit,
        "ended": track.ended,
        "values": track.values,
        "responded": track.responded,
    }


_columns = (
    tracks.c.attempt_id,
    tracks.c.item,
    tracks.c.session,
    tracks.c.visit,
    tracks.c.ended,
    tracks.c["values"],
    tracks.c.responded,
)

_of_attempt = (tracks.c.space_id == bindparam("space")) & (tracks.c.attempt_id == bindparam("attempt"))
_here = _of_attempt & (tracks.c.item == bindparam("item_id"))

_find = Prepared(select(*_columns).where(_here))

_list = Prepared(select(*_columns).where(_of_attempt).order_by(tracks.c.item))

_add = Prepared(insert(tracks))

_change = Prepared(
    update(tracks)
    .where(_here)
    .values({name: bindparam(f"new_{name}") for name in ("session", "visit", "ended", "values", "responded")})
)
