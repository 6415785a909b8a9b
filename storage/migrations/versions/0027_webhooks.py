"""Webhooks: addresses of other systems, what they are told, and reminders once for each of them."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import protect

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Make the tables; what was reminded before was so by e-mail."""
    op.create_table(
        "webhooks",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("events", sa.Text, nullable=False),
        sa.Column("contact", sa.Boolean, nullable=False),
        sa.Column("key_id", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("added", Instant, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failing", Instant),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_webhooks"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_webhooks_space_id"),
    )
    op.create_table(
        "deliveries",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("webhook_id", sa.Uuid, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("asked", Instant, nullable=False),
        sa.Column("named", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("settled", Instant),
        sa.Column("reason", sa.Text),
        sa.Column("status", sa.Integer),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(
            ["space_id", "webhook_id"],
            ["webhooks.space_id", "webhooks.id"],
            name="fk_deliveries_space_id_webhook_id",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "account_id"],
            ["accounts.space_id", "accounts.id"],
            name="fk_deliveries_space_id_account_id",
        ),
    )
    op.create_index(
        "ix_deliveries_space_id_webhook_id_state_asked", "deliveries", ["space_id", "webhook_id", "state", "asked"]
    )
    op.create_index("ix_deliveries_space_id_settled", "deliveries", ["space_id", "settled"])
    protect("webhooks", "select, insert, update, delete")
    protect("deliveries", "select, insert, update, delete")
    with op.batch_alter_table("reminders") as table:
        table.add_column(sa.Column("channel", sa.Text, nullable=False, server_default=sa.text("'mail'")))
        table.drop_constraint("pk_reminders", type_="primary")
        table.create_primary_key("pk_reminders", ["space_id", "course_id", "account_id", "kind", "deadline", "channel"])
