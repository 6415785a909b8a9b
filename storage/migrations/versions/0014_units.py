"""Units as a dated tree, and who belongs to them."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Space
from storage.migrations.protection import protect

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "units",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_units"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_units_space_id"),
    )
    op.create_table(
        "unit_spans",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("parent_id", sa.Uuid),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.PrimaryKeyConstraint("space_id", "unit_id", "since", name="pk_unit_spans"),
        _of_a_unit("unit_spans", "unit_id"),
        _of_a_unit("unit_spans", "parent_id"),
    )
    op.create_table(
        "members",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.PrimaryKeyConstraint("space_id", "account_id", "since", name="pk_members"),
        sa.ForeignKeyConstraint(
            ["space_id", "account_id"], ["accounts.space_id", "accounts.id"], name="fk_members_space_id_account_id"
        ),
        _of_a_unit("members", "unit_id"),
    )
    op.create_index("ix_members_space_id_unit_id_since", "members", ["space_id", "unit_id", "since"])
    protect("units", "select, insert, update")
    protect("unit_spans", "select, insert, delete")
    protect("members", "select, insert, update, delete")


def _of_a_unit(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", column], ["units.space_id", "units.id"], name=f"fk_{table}_space_id_{column}"
    )
