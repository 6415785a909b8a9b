"""Who people are, sealed; what it takes to come in; who did what to whom."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import protect

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the tables, and let accounts be closed and sessions be listed."""
    op.add_column("accounts", sa.Column("closed", Instant))
    op.add_column("links", sa.Column("purpose", sa.Text, nullable=False, server_default=sa.text("'enter'")))
    op.add_column("sessions", sa.Column("seen", Instant))
    op.add_column("sessions", sa.Column("device", sa.Text, nullable=False, server_default=sa.text("''")))
    op.create_index("ix_accounts_space_id_created_id", "accounts", ["space_id", "created", "id"])
    op.create_index("ix_accounts_space_id_role_created_id", "accounts", ["space_id", "role", "created", "id"])
    op.create_index("ix_links_space_id_account_id", "links", ["space_id", "account_id"])
    op.create_index("ix_sessions_space_id_account_id", "sessions", ["space_id", "account_id"])
    _make_identities()
    _make_entry()
    op.create_table(
        "audit",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Uuid),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_audit"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_audit_space_id"),
    )
    op.create_index("ix_audit_space_id_at_id", "audit", ["space_id", "at", "id"])
    op.create_index("ix_audit_space_id_subject_id_at", "audit", ["space_id", "subject_id", "at"])
    protect("audit", "select, insert")


def _make_identities() -> None:
    op.create_table(
        "identities",
        *_of_an_account("identities"),
        sa.Column("key_id", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("changed", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "account_id", name="pk_identities"),
    )
    op.create_index("ix_identities_space_id_key_id", "identities", ["space_id", "key_id"])
    op.create_table(
        "identifiers",
        *_of_an_identity("identifiers"),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("blind", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "kind", "blind", name="pk_identifiers"),
    )
    op.create_index("ix_identifiers_space_id_account_id", "identifiers", ["space_id", "account_id"])
    op.create_table(
        "name_tokens",
        *_of_an_identity("name_tokens"),
        sa.Column("token", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "token", "account_id", name="pk_name_tokens"),
    )
    op.create_index("ix_name_tokens_space_id_account_id", "name_tokens", ["space_id", "account_id"])
    protect("identities", "select, insert, update, delete")
    protect("identifiers", "select, insert, delete")
    protect("name_tokens", "select, insert, delete")


def _make_entry() -> None:
    op.create_table(
        "passwords",
        *_of_an_account("passwords"),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("changed", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "account_id", name="pk_passwords"),
    )
    op.create_table(
        "devices",
        *_of_an_account("devices"),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "account_id", "hash", name="pk_devices"),
    )
    op.create_table(
        "tries",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("who", sa.LargeBinary, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "who", name="pk_tries"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_tries_space_id"),
    )
    protect("passwords", "select, insert, update, delete")
    protect("devices", "select, insert")
    protect("tries", "select, insert, update, delete")


def _of_an_account(table: str) -> tuple[sa.Column[int] | sa.Column[object] | sa.Constraint, ...]:
    return _of("accounts", ["space_id", "id"], table)


def _of_an_identity(table: str) -> tuple[sa.Column[int] | sa.Column[object] | sa.Constraint, ...]:
    return _of("identities", ["space_id", "account_id"], table)


def _of(other: str, columns: list[str], table: str) -> tuple[sa.Column[int] | sa.Column[object] | sa.Constraint, ...]:
    return (
        sa.Column("space_id", Space, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "account_id"],
            [f"{other}.{column}" for column in columns],
            name=f"fk_{table}_space_id_account_id",
        ),
    )
