"""Tracks: values belong to an item of an attempt, and commits tell what of them was not applied."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.columns import Space
from storage.migrations.protection import protect

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tracks, and give each the values that its attempt had; so far only the first item could be played."""
    op.create_table(
        "tracks",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("attempt_id", sa.Uuid, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("session", sa.Integer, nullable=False),
        sa.Column("visit", sa.Integer, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("values", sa.Text, nullable=False),
        sa.Column("responded", sa.Text, nullable=False, server_default="[]"),
        sa.PrimaryKeyConstraint("space_id", "attempt_id", "item", name="pk_tracks"),
        sa.ForeignKeyConstraint(
            ["space_id", "attempt_id"],
            ["attempts.space_id", "attempts.id"],
            name="fk_tracks_space_id_attempt_id",
        ),
    )
    protect("tracks", "select, insert, update")
    _fill()
    op.add_column("attempts", sa.Column("item", sa.Text, nullable=False, server_default=""))
    op.drop_column("attempts", "values")
    op.add_column("commits", sa.Column("refused", sa.Text, nullable=False, server_default="[]"))
    op.add_column("commits", sa.Column("superseded", sa.Boolean, nullable=False, server_default=sa.false()))


def _fill() -> None:
    attempts = sa.table("attempts", *_columns("space_id", "id", "version_id", "session", "values"))
    versions = sa.table("versions", *_columns("space_id", "id", "model"))
    tracks = sa.table("tracks", *_columns("space_id", "attempt_id", "item", "session", "visit", "ended", "values"))
    connection = op.get_bind()
    query = sa.select(
        attempts.c.space_id, attempts.c.id, attempts.c.session, attempts.c["values"], versions.c.model
    ).join_from(
        attempts,
        versions,
        (versions.c.space_id == attempts.c.space_id) & (versions.c.id == attempts.c.version_id),
    )
    for space, attempt, session, values, model in connection.execute(query.where(attempts.c["values"] != "{}")).all():
        item = _first_lesson(json.loads(model))
        row = {"space_id": space, "attempt_id": attempt, "item": item, "session": session}
        connection.execute(sa.insert(tracks), row | {"visit": 1, "ended": False, "values": values})


def _columns(*names: str) -> list[sa.ColumnClause[Any]]:
    return [sa.column(name, sa.Boolean() if name == "ended" else None) for name in names]


def _first_lesson(model: dict[str, Any]) -> str:
    """Name the first item that opens something, as the model of that time was written."""
    waiting = list(model.get("organisations", [{}])[0].get("items", []))
    while waiting:
        item = waiting.pop(0)
        if item.get("launch"):
            return str(item["identifier"])
        waiting[:0] = item.get("items", [])
    return ""
