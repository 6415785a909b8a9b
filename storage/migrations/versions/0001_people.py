"""Spaces and people."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import narrow, on_postgresql, protect
from storage.postgresql import APPLICATION

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the service's facts, spaces, accounts and what signs them in."""
    service = op.create_table(
        "service",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_service"),
    )
    op.bulk_insert(service, [{"name": "epoch", "value": "1"}])
    op.create_table(
        "spaces",
        sa.Column("id", Space, sa.Identity(always=True), nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_spaces"),
        sa.UniqueConstraint("slug", name="uq_spaces_slug"),
    )
    op.create_table(
        "accounts",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_accounts"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_accounts_space_id"),
    )
    op.create_table(
        "links",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("expires", Instant, nullable=False),
        sa.Column("used", Instant),
        sa.PrimaryKeyConstraint("space_id", "hash", name="pk_links"),
        _of_an_account("links"),
    )
    op.create_table(
        "sessions",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.Column("expires", Instant, nullable=False),
        sa.Column("ended", Instant),
        sa.PrimaryKeyConstraint("space_id", "hash", name="pk_sessions"),
        _of_an_account("sessions"),
    )
    op.create_table(
        "credentials",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.Column("expires", Instant),
        sa.Column("revoked", Instant),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_credentials"),
        sa.UniqueConstraint("key", name="uq_credentials_key"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_credentials_space_id"),
    )
    if on_postgresql():
        op.execute(f"grant usage on schema public to {APPLICATION}")
        op.execute(f"grant select on service, alembic_version to {APPLICATION}")
    protect("spaces", "select", key="id")
    protect("accounts", "select, insert, update")
    protect("links", "select, insert, update, delete")
    protect("sessions", "select, insert, update, delete")
    protect("credentials", "select, insert, update")
    narrow(
        "haidang_space_by_slug(wanted text)",
        "table (id bigint, slug text, name text, language text)",
        "select id, slug, name, language from spaces where slug = wanted",
    )
    narrow(
        "haidang_add_space(slug text, name text, language text, created timestamptz)",
        "bigint",
        "insert into spaces (slug, name, language, created) values ($1, $2, $3, $4) returning id",
    )
    narrow(
        "haidang_credential_by_key(wanted text)",
        "setof credentials",
        "select * from credentials where key = wanted",
    )


def _of_an_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", "account_id"],
        ["accounts.space_id", "accounts.id"],
        name=f"fk_{table}_space_id_account_id",
    )
