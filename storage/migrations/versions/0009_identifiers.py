"""What a version's manifest calls its package."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Let a version keep the identifier; those that are there are known by their titles."""
    op.add_column("versions", sa.Column("identifier", sa.Text, nullable=False, server_default=""))
