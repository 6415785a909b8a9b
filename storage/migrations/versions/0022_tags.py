"""Tags: the words under which authors gather packages."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Space
from storage.migrations.protection import protect

revision = "0022"
down_revision = "0018"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "package_tags",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("package_id", sa.Uuid, nullable=False),
        sa.Column("tag", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "package_id", "tag", name="pk_package_tags"),
        sa.ForeignKeyConstraint(
            ["space_id", "package_id"],
            ["packages.space_id", "packages.id"],
            name="fk_package_tags_space_id_package_id",
        ),
    )
    protect("package_tags", "select, insert, delete")
