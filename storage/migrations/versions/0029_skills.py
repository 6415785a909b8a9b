"""Skills: the set of a space, its skills, who was told of which, and the badges that were asked for."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import protect

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "skill_sets",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("titles", sa.Text, nullable=False),
        sa.Column("rule_id", sa.Uuid),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_skill_sets"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_skill_sets_space_id"),
        _of_a_rule("skill_sets"),
    )
    op.create_table(
        "skills",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("titles", sa.Text, nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.Column("picture", sa.Text, nullable=False),
        sa.Column("asks", sa.Text, nullable=False),
        sa.Column("rule_id", sa.Uuid),
        sa.Column("removed", Instant),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_skills"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_skills_space_id"),
        _of_a_rule("skills"),
    )
    op.create_table(
        "skill_joys",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("rule_id", sa.Uuid, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "account_id", "rule_id", name="pk_skill_joys"),
        _of_an_account("skill_joys"),
        _of_a_rule("skill_joys"),
    )
    op.create_table(
        "skill_badges",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("rule_id", sa.Uuid, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("reached", Instant, nullable=False),
        sa.Column("issued", Instant, nullable=False),
        sa.Column("list", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("revoked", Instant),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_skill_badges"),
        sa.UniqueConstraint("space_id", "code", name="uq_skill_badges_space_id_code"),
        sa.UniqueConstraint("space_id", "list", "place", name="uq_skill_badges_space_id_list_place"),
        _of_an_account("skill_badges"),
        _of_a_rule("skill_badges"),
    )
    op.create_index(
        "ix_skill_badges_space_id_account_id_rule_id", "skill_badges", ["space_id", "account_id", "rule_id"]
    )
    protect("skill_sets", "select, insert, update")
    protect("skills", "select, insert, update")
    protect("skill_joys", "select, insert")
    protect("skill_badges", "select, insert, update")


def _of_a_rule(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_space_id_rule_id"
    return sa.ForeignKeyConstraint(["space_id", "rule_id"], ["rules.space_id", "rules.id"], name=name)


def _of_an_account(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_space_id_account_id"
    return sa.ForeignKeyConstraint(["space_id", "account_id"], ["accounts.space_id", "accounts.id"], name=name)
