"""Sequences: where an attempt stands in a course of SCORM 2004, what was asked there, and what outlives attempts."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import protect

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Make the tables; an attempt that is under way is begun in them when it is opened next."""
    op.create_table(
        "sequences",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("attempt_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reply", sa.Text, nullable=False),
        sa.Column("opening", sa.Text, nullable=False),
        sa.Column("standing", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "attempt_id", name="pk_sequences"),
        _of_an_attempt("sequences"),
    )
    op.create_table(
        "sequence_requests",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("attempt_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("session", sa.Integer, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("exception", sa.Text, nullable=False),
        sa.Column("delivered", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "attempt_id", "revision", name="pk_sequence_requests"),
        _of_an_attempt("sequence_requests"),
    )
    op.create_table(
        "sequence_carried",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "account_id", name="pk_sequence_carried"),
        sa.ForeignKeyConstraint(
            ["space_id", "account_id"],
            ["accounts.space_id", "accounts.id"],
            name="fk_sequence_carried_space_id_account_id",
            ondelete="CASCADE",
        ),
    )
    protect("sequences", "select, insert, update")
    protect("sequence_requests", "select, insert, delete")
    protect("sequence_carried", "select, insert, update")


def _of_an_attempt(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", "attempt_id"],
        ["attempts.space_id", "attempts.id"],
        name=f"fk_{table}_space_id_attempt_id",
        ondelete="CASCADE",
    )
