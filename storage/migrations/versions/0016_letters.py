"""Letters: what is sent to people by e-mail, and what has become of it."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import protect

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "letters",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("asked", Instant, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("settled", Instant),
        sa.Column("reason", sa.Text),
        sa.Column("code", sa.Text),
        sa.Column("key_id", sa.Integer),
        sa.Column("sealed", sa.LargeBinary),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_letters"),
        sa.ForeignKeyConstraint(
            ["space_id", "account_id"], ["accounts.space_id", "accounts.id"], name="fk_letters_space_id_account_id"
        ),
    )
    op.create_index("ix_letters_space_id_account_id_asked", "letters", ["space_id", "account_id", "asked"])
    op.create_index("ix_letters_space_id_state_asked", "letters", ["space_id", "state", "asked"])
    protect("letters", "select, insert, update, delete")
