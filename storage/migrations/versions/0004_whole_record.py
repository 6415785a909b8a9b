"""What a statement is found by, what changes later, and documents."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.keys import key
from storage.migrations.protection import on_postgresql, protect
from storage.postgresql import APPLICATION

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make targets, related keys, voidings, definitions and documents."""
    for column in ("target", "actor_key", "verb_key", "activity_key"):
        op.add_column("statements", sa.Column(column, sa.Uuid))
    _fill_keys()
    op.drop_index("ix_statements_space_id_actor_seq", "statements")
    for column in ("actor_key", "verb_key", "activity_key", "registration", "stored"):
        op.create_index(f"ix_statements_space_id_{column}_seq", "statements", ["space_id", column, "seq"])
    # Few statements refer to another: the index holds those alone.
    op.create_index(
        "ix_statements_space_id_target_seq",
        "statements",
        ["space_id", "target", "seq"],
        postgresql_where=sa.text("target is not null"),
        sqlite_where=sa.text("target is not null"),
    )
    if on_postgresql():
        op.execute(f"grant usage on sequence statements_seq_seq to {APPLICATION}")
    op.create_table(
        "related",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("key", sa.Uuid, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "key", "seq", name="pk_related"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_related_space_id"),
    )
    op.create_table(
        "voided",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("by", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", "by", name="pk_voided"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_voided_space_id"),
    )
    op.create_table(
        "definitions",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("activity", sa.Uuid, nullable=False),
        sa.Column("hash", sa.Uuid, nullable=False),
        sa.Column("iri", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("first", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "activity", "hash", name="pk_definitions"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_definitions_space_id"),
    )
    op.create_table(
        "documents",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("scope", sa.Uuid, nullable=False),
        sa.Column("registration", sa.Uuid, nullable=False),
        sa.Column("key", sa.Uuid, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("content_type", sa.Text, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("updated", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "scope", "registration", "key", name="pk_documents"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_documents_space_id"),
    )
    protect("related", "select, insert")
    protect("voided", "select, insert")
    protect("definitions", "select, insert")
    protect("documents", "select, insert, update, delete")


def _fill_keys() -> None:
    """Hash what earlier releases indexed as text."""
    columns = [sa.column(name) for name in ("space_id", "seq", "actor", "verb", "activity")]
    keys = [sa.column(f"{name}_key", sa.Uuid) for name in ("actor", "verb", "activity")]
    log = sa.table("statements", *columns, *keys)
    connection = op.get_bind()
    for row in connection.execute(sa.select(*columns)).all():
        values = {
            f"{name}_key": None if text is None else key(text)
            for name, text in zip(("actor", "verb", "activity"), row[2:], strict=True)
        }
        connection.execute(sa.update(log).where(log.c.space_id == row[0], log.c.seq == row[1]).values(values))
