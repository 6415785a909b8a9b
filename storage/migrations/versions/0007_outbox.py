"""The outbox: what is to be done outside the database, at least once."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import narrow, protect

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the outbox, and let its senders see which spaces have something in it."""
    op.create_table(
        "outbox",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("entered", Instant, nullable=False),
        sa.Column("due", Instant, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("space_id", "target", "id", name="pk_outbox"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_outbox_space_id"),
    )
    op.create_index("ix_outbox_space_id_target_due", "outbox", ["space_id", "target", "due"])
    protect("outbox", "select, insert, update, delete")
    narrow(
        "haidang_outbox_due(who text, moment timestamptz)",
        "table (space_id bigint)",
        """
        select spaces.id from spaces where exists (
            select 1 from outbox where outbox.space_id = spaces.id and outbox.target = who and outbox.due <= moment)
        """,
    )
    narrow(
        "haidang_outbox_waiting(who text)",
        "table (waiting bigint, oldest timestamptz)",
        "select count(*), min(entered) from outbox where target = who",
    )
