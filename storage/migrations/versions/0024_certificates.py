"""Certificates: templates in versions, numbers without gaps, what was issued and what became of it."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import on_postgresql, protect
from storage.postgresql import APPLICATION

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Make the tables."""
    _templates()
    _rules()
    _certificates()
    protect("certificate_templates", "select, insert")  # a version never changes
    protect("certificate_pictures", "select, insert")
    protect("certificate_counters", "select, insert, update")
    protect("certificate_rules", "select, insert, update, delete")
    protect("certificates", "select, insert")  # a number is never given up
    protect("certificate_events", "select, insert")
    if on_postgresql():
        op.execute(f"grant update (state, key_id, sealed) on certificates to {APPLICATION}")


def _templates() -> None:
    op.create_table(
        "certificate_templates",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.PrimaryKeyConstraint("space_id", "id", "version", name="pk_certificate_templates"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_certificate_templates_space_id"),
    )
    op.create_table(
        "certificate_pictures",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "digest", name="pk_certificate_pictures"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_certificate_pictures_space_id"),
    )


def _rules() -> None:
    op.create_table(
        "certificate_rules",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("rule_id", sa.Uuid, nullable=False),
        sa.Column("template_id", sa.Uuid, nullable=False),
        sa.Column("months", sa.Integer),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.PrimaryKeyConstraint("space_id", "rule_id", name="pk_certificate_rules"),
        sa.ForeignKeyConstraint(
            ["space_id", "rule_id"], ["rules.space_id", "rules.id"], name="fk_certificate_rules_space_id_rule_id"
        ),
    )


def _certificates() -> None:
    op.create_table(
        "certificate_counters",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "unit_id", "year", name="pk_certificate_counters"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_certificate_counters_space_id"),
    )
    op.create_table(
        "certificates",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("counted", sa.Integer, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("unit_code", sa.Text, nullable=False),
        sa.Column("award_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("template_id", sa.Uuid, nullable=False),
        sa.Column("template_version", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("key_id", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("issued", Instant, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("renews", sa.Uuid),
        sa.Column("rule_id", sa.Uuid),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_certificates"),
        sa.ForeignKeyConstraint(
            ["space_id", "account_id"],
            ["accounts.space_id", "accounts.id"],
            name="fk_certificates_space_id_account_id",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "rule_id"], ["rules.space_id", "rules.id"], name="fk_certificates_space_id_rule_id"
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "template_id", "template_version"],
            ["certificate_templates.space_id", "certificate_templates.id", "certificate_templates.version"],
            name="fk_certificates_space_id_template_id_template_version",
        ),
    )
    number = ["space_id", "unit_id", "year", "counted", "round"]
    op.create_index("uq_certificates_number", "certificates", number, unique=True)
    op.create_index("uq_certificates_code", "certificates", ["space_id", "code"], unique=True)
    # An award has one certificate that is not replaced: it is issued once.
    still = sa.text("state != 'replaced'")
    op.create_index(
        "uq_certificates_award",
        "certificates",
        ["space_id", "award_id"],
        unique=True,
        postgresql_where=still,
        sqlite_where=still,
    )
    op.create_index("ix_certificates_space_id_account_id", "certificates", ["space_id", "account_id"])
    op.create_index(
        "ix_certificates_space_id_rule_id_account_id", "certificates", ["space_id", "rule_id", "account_id"]
    )
    op.create_table(
        "certificate_events",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("certificate_id", sa.Uuid, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_certificate_events"),
        sa.ForeignKeyConstraint(
            ["space_id", "certificate_id"],
            ["certificates.space_id", "certificates.id"],
            name="fk_certificate_events_space_id_certificate_id",
        ),
    )
    op.create_index(
        "ix_certificate_events_space_id_certificate_id_at", "certificate_events", ["space_id", "certificate_id", "at"]
    )
