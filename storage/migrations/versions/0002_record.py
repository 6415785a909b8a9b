"""The statement log, and what follows from it."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space, Transaction
from storage.migrations.protection import narrow, on_postgresql, protect

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the log, rules, outcomes and cursors."""
    op.create_table(
        "statements",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("seq", sa.BigInteger, sa.Identity(), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("txid", Transaction, server_default=_own_transaction(), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("stored", Instant, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("activity", sa.Text),
        sa.Column("registration", sa.Uuid),
        sa.Column("provenance", sa.Text, nullable=False),
        sa.Column("credential_id", sa.Uuid),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "seq", name="pk_statements"),
        sa.UniqueConstraint("space_id", "id", name="uq_statements_space_id_id"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_statements_space_id"),
    )
    op.create_index("ix_statements_space_id_actor_seq", "statements", ["space_id", "actor", "seq"])
    op.create_index("ix_statements_space_id_epoch_txid_seq", "statements", ["space_id", "epoch", "txid", "seq"])
    op.create_table(
        "rules",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("activity", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_rules"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_rules_space_id"),
    )
    op.create_index("ix_rules_space_id_activity", "rules", ["space_id", "activity"])
    op.create_table(
        "outcomes",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("rule_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("evidence", sa.Uuid, nullable=False),
        sa.Column("reached", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "rule_id", "account_id", name="pk_outcomes"),
        sa.ForeignKeyConstraint(
            ["space_id", "rule_id"],
            ["rules.space_id", "rules.id"],
            name="fk_outcomes_space_id_rule_id",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "account_id"],
            ["accounts.space_id", "accounts.id"],
            name="fk_outcomes_space_id_account_id",
        ),
    )
    op.create_index("ix_outcomes_space_id_account_id", "outcomes", ["space_id", "account_id"])
    op.create_table(
        "cursors",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("follower", sa.Text, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("txid", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "follower", name="pk_cursors"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_cursors_space_id"),
    )
    protect("statements", "select, insert")  # no update, no delete: erasure has a role of its own
    protect("rules", "select, insert")
    protect("outcomes", "select, insert")
    protect("cursors", "select, insert, update, delete")
    narrow(
        "haidang_spaces_behind(who text)",
        "table (space_id bigint)",
        """
        select spaces.id from spaces
        left join cursors on cursors.space_id = spaces.id and cursors.follower = who
        where exists (
            select 1 from statements where statements.space_id = spaces.id
            and (statements.epoch, statements.txid, statements.seq)
                > (coalesce(cursors.epoch, 0), cast(cast(coalesce(cursors.txid, 0) as text) as xid8), coalesce(cursors.seq, 0))
            and (statements.epoch < (select value::int from service where name = 'epoch')
                 or statements.txid < pg_snapshot_xmin(pg_current_snapshot()))
        )
        """,
    )


def _own_transaction() -> sa.TextClause:
    return sa.text("pg_current_xact_id()" if on_postgresql() else "0")
