"""What an import said about a version: the doctor's report and the findings."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Let a version keep its report; those that are there have none."""
    op.add_column("versions", sa.Column("report", sa.Text, nullable=False, server_default="{}"))
