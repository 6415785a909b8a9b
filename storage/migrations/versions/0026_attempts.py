"""The attempts at a version by when they were begun, as an author lists them: else each look reads all of the space."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_attempts_space_id_version_id_created", "attempts", ["space_id", "version_id", "created"])
