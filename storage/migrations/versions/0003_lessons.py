"""Packages, their versions, and attempts at them."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import narrow, protect

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make packages, versions, attempts and commits."""
    op.create_table(
        "packages",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_packages"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_packages_space_id"),
    )
    op.create_table(
        "versions",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("package_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("activity", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("published", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_versions"),
        sa.ForeignKeyConstraint(
            ["space_id", "package_id"],
            ["packages.space_id", "packages.id"],
            name="fk_versions_space_id_package_id",
        ),
    )
    op.create_index("ix_versions_space_id_package_id", "versions", ["space_id", "package_id"])
    op.create_table(
        "attempts",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("version_id", sa.Uuid, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.Column("session", sa.Integer, nullable=False),
        sa.Column("last_commit", sa.Integer, nullable=False),
        sa.Column("values", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_attempts"),
        sa.ForeignKeyConstraint(
            ["space_id", "account_id"],
            ["accounts.space_id", "accounts.id"],
            name="fk_attempts_space_id_account_id",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "version_id"],
            ["versions.space_id", "versions.id"],
            name="fk_attempts_space_id_version_id",
        ),
    )
    op.create_index(
        "ix_attempts_space_id_account_id_version_id",
        "attempts",
        ["space_id", "account_id", "version_id"],
    )
    op.create_table(
        "commits",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("attempt_id", sa.Uuid, nullable=False),
        sa.Column("session", sa.Integer, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("received", Instant, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "attempt_id", "session", "n", name="pk_commits"),
        sa.ForeignKeyConstraint(
            ["space_id", "attempt_id"],
            ["attempts.space_id", "attempts.id"],
            name="fk_commits_space_id_attempt_id",
        ),
    )
    protect("packages", "select, insert")
    protect("versions", "select, insert")
    protect("attempts", "select, insert, update")
    protect("commits", "select, insert")  # as they came: never changed
    narrow(
        "haidang_space_counts()",
        "table (slug text, name text, accounts bigint, versions bigint, statements bigint)",
        """
        select slug, name,
               (select count(*) from accounts where space_id = spaces.id),
               (select count(*) from versions where space_id = spaces.id),
               (select count(*) from statements where space_id = spaces.id)
        from spaces
        """,
    )
