"""What a key is made for: browsers or one actor, how often it may ask, when it was used last."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import narrow, protect

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make a key's kind, origins, actor and rate; and, apart from the key's own row, its last use and its tickets."""
    op.add_column("credentials", sa.Column("kind", sa.Text, server_default=sa.text("'server'"), nullable=False))
    op.add_column("credentials", sa.Column("origins", sa.Text))
    op.add_column("credentials", sa.Column("actor", sa.Text))
    op.add_column("credentials", sa.Column("registration", sa.Uuid))
    op.add_column("credentials", sa.Column("rate", sa.Integer))
    # A browser asks before it sends a key, so this is asked in all spaces at once; few keys have origins.
    op.create_index(
        "ix_credentials_expires",
        "credentials",
        ["expires"],
        postgresql_where=sa.text("origins is not null"),
        sqlite_where=sa.text("origins is not null"),
    )
    op.create_table(
        "uses",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("credential_id", sa.Uuid, nullable=False),
        sa.Column("last", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "credential_id", name="pk_uses"),
        _of_a_credential("uses"),
    )
    op.create_table(
        "tickets",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("credential_id", sa.Uuid, nullable=False),
        sa.Column("minute", Instant, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "credential_id", name="pk_tickets"),
        _of_a_credential("tickets"),
    )
    protect("uses", "select, insert, update")
    protect("tickets", "select, insert, update")
    narrow(
        "haidang_browser_origins(moment timestamptz)",
        "table (origins text)",
        """
        select distinct origins from credentials
        where origins is not null and revoked is null and (expires is null or expires > moment)
        """,
    )


def _of_a_credential(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", "credential_id"],
        ["credentials.space_id", "credentials.id"],
        name=f"fk_{table}_space_id_credential_id",
    )
