"""Courses, their versions and batches, and who learns them."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import protect

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "courses",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.Column("opened", Instant),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("by_code", Instant),
        sa.Column("published", sa.Integer),
        sa.Column("rule_id", sa.Uuid),
        sa.Column("draft", sa.Text),
        sa.Column("edited", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_courses"),
        sa.UniqueConstraint("space_id", "code", name="uq_courses_space_id_code"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_courses_space_id"),
        _of("courses", "rule_id", "rules"),
    )
    op.create_table(
        "course_versions",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("course_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("rule_version_id", sa.Uuid, nullable=False),
        sa.Column("published", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "course_id", "number", name="pk_course_versions"),
        _of("course_versions", "course_id", "courses"),
        _of("course_versions", "rule_version_id", "rule_versions"),
    )
    op.create_table(
        "course_packages",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("course_id", sa.Uuid, nullable=False),
        sa.Column("package_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "course_id", "package_id", name="pk_course_packages"),
        _of("course_packages", "course_id", "courses"),
        _of("course_packages", "package_id", "packages"),
    )
    op.create_index("ix_course_packages_space_id_package_id", "course_packages", ["space_id", "package_id"])
    op.create_table(
        "batches",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("course_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("begins", sa.Date),
        sa.Column("deadline", sa.Date),
        sa.Column("code", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_batches"),
        sa.UniqueConstraint("space_id", "code", name="uq_batches_space_id_code"),
        _of("batches", "course_id", "courses"),
    )
    op.create_index("ix_batches_space_id_course_id", "batches", ["space_id", "course_id"])
    op.create_table(
        "enrolments",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("course_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("batch_id", sa.Uuid),
        sa.Column("ended", Instant),
        sa.Column("begun", Instant),
        sa.Column("moved", Instant),
        sa.Column("completed", Instant),
        sa.Column("done", sa.Integer, nullable=False, server_default="0"),
        sa.Column("stage", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("space_id", "course_id", "account_id", name="pk_enrolments"),
        _of("enrolments", "course_id", "courses"),
        _of("enrolments", "account_id", "accounts"),
        _of("enrolments", "batch_id", "batches"),
    )
    op.create_index("ix_enrolments_space_id_account_id", "enrolments", ["space_id", "account_id"])
    op.create_index(
        "ix_enrolments_space_id_course_id_since_account_id",
        "enrolments",
        ["space_id", "course_id", "since", "account_id"],
    )
    op.create_table(
        "reminders",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("course_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("deadline", sa.Date, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "course_id", "account_id", "kind", "deadline", name="pk_reminders"),
        _of("reminders", "course_id", "courses"),
        _of("reminders", "account_id", "accounts"),
    )
    protect("courses", "select, insert, update")
    protect("course_versions", "select, insert")
    protect("course_packages", "select, insert, delete")
    protect("batches", "select, insert, update")
    protect("enrolments", "select, insert, update")
    protect("reminders", "select, insert")


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", column], [f"{other}.space_id", f"{other}.id"], name=f"fk_{table}_space_id_{column}"
    )
