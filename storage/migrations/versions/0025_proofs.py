"""Proofs: the keys that spaces sign certificates with, places in status lists, and how much of a name whoever checks may read."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import narrow, protect

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Make the tables, and the function that tells everybody the public halves of all keys."""
    op.create_table(
        "issuing_keys",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("public", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("retired", Instant),
        sa.Column("withdrawn", Instant),
        sa.PrimaryKeyConstraint("space_id", "number", name="pk_issuing_keys"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_issuing_keys_space_id"),
    )
    op.create_table(
        "status_places",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("list", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("certificate_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "list", "place", name="pk_status_places"),
        sa.UniqueConstraint("space_id", "certificate_id", name="uq_status_places_space_id_certificate_id"),
        sa.ForeignKeyConstraint(
            ["space_id", "certificate_id"],
            ["certificates.space_id", "certificates.id"],
            name="fk_status_places_space_id_certificate_id",
        ),
    )
    op.create_table(
        "shown_names",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "account_id", name="pk_shown_names"),
        sa.ForeignKeyConstraint(
            ["space_id", "account_id"], ["accounts.space_id", "accounts.id"], name="fk_shown_names_space_id_account_id"
        ),
    )
    protect("shown_names", "select, insert, update")
    protect("issuing_keys", "select, insert, update")
    protect("status_places", "select, insert")
    narrow(
        "haidang_issuing_keys()",
        "table (slug text, name text, number integer, public bytea, retired timestamptz, withdrawn timestamptz)",
        """
        select slug, name, number, public, retired, withdrawn
        from issuing_keys join spaces on spaces.id = space_id
        """,
    )
