"""Certificates on their way to people: what was sent, links for phones, jobs; what a rule prints and sends; how they are found."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import narrow, protect

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Make the tables, and the indexes of the list."""
    op.add_column("certificate_rules", sa.Column("hours", sa.Text, nullable=False, server_default=sa.text("''")))
    op.add_column("certificate_rules", sa.Column("letter", sa.Boolean, nullable=False, server_default=sa.false()))
    _sendings()
    _links()
    _jobs()
    for name, columns in _INDEXES.items():
        op.create_index(name, "certificates", columns)
    protect("certificate_sendings", "select, insert, update")
    protect("certificate_links", "select, insert, update")
    protect("certificate_jobs", "select, insert, update, delete")
    narrow(
        "haidang_spaces_with_paper_jobs(now timestamptz)",
        "setof bigint",
        "select distinct space_id from certificate_jobs where due <= now",
    )


_INDEXES = {
    "ix_certificates_space_id_issued_id": ["space_id", "issued", "id"],
    "ix_certificates_space_id_state_issued_id": ["space_id", "state", "issued", "id"],
    "ix_certificates_space_id_unit_id_issued_id": ["space_id", "unit_id", "issued", "id"],
    "ix_certificates_space_id_year_counted": ["space_id", "year", "counted"],
    "ix_certificates_space_id_until": ["space_id", "until"],
}


def _of_a_certificate(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", "certificate_id"],
        ["certificates.space_id", "certificates.id"],
        name=f"fk_{table}_space_id_certificate_id",
    )


def _sendings() -> None:
    op.create_table(
        "certificate_sendings",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("certificate_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("letter_id", sa.Uuid, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.PrimaryKeyConstraint("space_id", "certificate_id", "kind", name="pk_certificate_sendings"),
        _of_a_certificate("certificate_sendings"),
    )
    op.create_index("uq_certificate_sendings_letter", "certificate_sendings", ["space_id", "letter_id"], unique=True)


def _links() -> None:
    op.create_table(
        "certificate_links",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("certificate_id", sa.Uuid, nullable=False),
        sa.Column("made", Instant, nullable=False),
        sa.Column("expires", Instant, nullable=False),
        sa.Column("ended", Instant),
        sa.Column("actor_id", sa.Uuid),
        sa.PrimaryKeyConstraint("space_id", "hash", name="pk_certificate_links"),
        _of_a_certificate("certificate_links"),
    )
    op.create_index("ix_certificate_links_space_id_certificate_id", "certificate_links", ["space_id", "certificate_id"])


def _jobs() -> None:
    op.create_table(
        "certificate_jobs",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("wanted", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.Column("asked", Instant, nullable=False),
        sa.Column("due", Instant, nullable=False),
        sa.Column("began", Instant),
        sa.Column("finished", Instant),
        sa.Column("stopped", sa.Text),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("made", sa.Integer, nullable=False),
        sa.Column("parts", sa.Integer, nullable=False),
        sa.Column("after", sa.Text),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_certificate_jobs"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_certificate_jobs_space_id"),
    )
    op.create_index("ix_certificate_jobs_space_id_due", "certificate_jobs", ["space_id", "due"])
