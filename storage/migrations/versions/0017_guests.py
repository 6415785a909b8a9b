"""Those who come by themselves: open packages, registering, guests and whose they turn out to be, how often an hour."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import narrow, on_postgresql, protect
from storage.postgresql import APPLICATION

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the columns, make the tables, and the one function that removes a guest."""
    op.add_column("packages", sa.Column("opened", Instant))
    op.add_column("spaces", sa.Column("registering", sa.Text, nullable=False, server_default=sa.text("'nobody'")))
    if on_postgresql():
        op.execute(f"grant update (opened) on packages to {APPLICATION}")
        op.execute(f"grant update (registering) on spaces to {APPLICATION}")
    op.create_table(
        "claims",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("guest_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "guest_id", name="pk_claims"),
        _of_an_account("guest_id"),
        _of_an_account("account_id"),
    )
    op.create_index("ix_claims_space_id_account_id", "claims", ["space_id", "account_id"])
    op.create_table(
        "hourly",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("what", sa.LargeBinary, nullable=False),
        sa.Column("hour", Instant, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "what", "hour", name="pk_hourly"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_hourly_space_id"),
    )
    protect("claims", "select, insert")  # never from one to another, and never back
    protect("hourly", "select, insert, update, delete")
    narrow("haidang_forget_guests(before timestamptz, most integer)", "bigint", _FORGET)


def _of_an_account(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", column], ["accounts.space_id", "accounts.id"], name=f"fk_claims_space_id_{column}"
    )


# The application cannot delete an account; this can, and none but a guest's who has saved nothing and was not seen for long. Who is
# being looked at by another transaction is left for the next time.
_FORGET = """
with idle as materialized (
    select space_id, id from accounts as guest
    where role = 'guest' and created < before
    and not exists (select from sessions where space_id = guest.space_id and account_id = guest.id and coalesce(seen, created) >= before)
    and not exists (select from links where space_id = guest.space_id and account_id = guest.id and expires >= before)
    and not exists (select from claims where space_id = guest.space_id and guest_id = guest.id)
    and not exists (
        select from attempts join commits on commits.space_id = attempts.space_id and commits.attempt_id = attempts.id
        where attempts.space_id = guest.space_id and attempts.account_id = guest.id)
    limit most for update skip locked
), no_sessions as (
    delete from sessions using idle where sessions.space_id = idle.space_id and sessions.account_id = idle.id
), no_links as (
    delete from links using idle where links.space_id = idle.space_id and links.account_id = idle.id
), no_attempts as (
    delete from attempts using idle where attempts.space_id = idle.space_id and attempts.account_id = idle.id
), gone as (
    delete from accounts using idle where accounts.space_id = idle.space_id and accounts.id = idle.id returning 1
)
select count(*) from gone
"""
