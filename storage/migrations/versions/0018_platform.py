"""The platform: how its administrator comes in, what was done there, and the sums that it is shown."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant
from storage.migrations.protection import narrow, on_postgresql, protect_above

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the tables, which stand above all spaces, and the functions that say sums and nothing more."""
    op.create_table(
        "platform_links",
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("expires", Instant, nullable=False),
        sa.Column("used", Instant),
        sa.PrimaryKeyConstraint("hash", name="pk_platform_links"),
    )
    op.create_table(
        "platform_sessions",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.Column("expires", Instant, nullable=False),
        sa.Column("seen", Instant, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("ended", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_platform_sessions"),
        sa.UniqueConstraint("hash", name="uq_platform_sessions_hash"),
    )
    op.create_table(
        "platform_deeds",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("session_id", sa.Uuid),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("slug", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_platform_deeds"),
        sa.ForeignKeyConstraint(["session_id"], ["platform_sessions.id"], name="fk_platform_deeds_session_id"),
    )
    op.create_index("ix_platform_deeds_at_id", "platform_deeds", ["at", "id"])
    protect_above("platform_links", "select, insert, update")
    protect_above("platform_sessions", "select, insert, update")
    protect_above("platform_deeds", "select, insert")  # a log is only ever added to
    _tell_sums()
    _let_the_first_owner_in()


def _tell_sums() -> None:
    if on_postgresql():
        op.execute("drop function haidang_space_counts()")
    narrow("haidang_space_slugs()", "setof text", "select slug from spaces")
    narrow(
        "haidang_space_figures(wanted text)",
        """
        table (slug text, name text, created timestamptz,
               accounts bigint, lessons bigint, statements bigint, bytes bigint, written date, quota bigint)
        """,
        """
        select slug, name, created,
               (select count(*) from accounts where space_id = spaces.id and role != 'guest'),
               (select count(*) from versions where space_id = spaces.id),
               (select count(*) from statements where space_id = spaces.id),
               (select coalesce(sum(size), 0)::bigint from versions where space_id = spaces.id),
               (greatest(
                   (select max(stored) from statements where space_id = spaces.id),
                   (select max(published) from versions where space_id = spaces.id),
                   (select max(accounts.created) from accounts where space_id = spaces.id)
               ) at time zone 'Asia/Ho_Chi_Minh')::date,
               quota
        from spaces where wanted is null or slug = wanted
        """,
    )


def _let_the_first_owner_in() -> None:
    # The row of the space is locked by a statement of its own: the next one then sees what whoever held it has written.
    narrow(
        "haidang_first_owner(wanted text, account uuid, digest bytea, now timestamptz, until timestamptz, deed uuid)",
        "boolean",
        """
        select id from spaces where slug = $1 for update;
        with made as (
            insert into accounts (space_id, id, role, created)
            select id, $2, 'owner', $4 from spaces
            where slug = $1 and not exists (select from accounts where space_id = spaces.id)
            returning space_id
        ), linked as (
            insert into links (space_id, hash, account_id, expires, purpose)
            select space_id, $3, $2, $5, 'activate' from made
        ), told as (
            insert into audit (space_id, id, at, act, subject_id, detail)
            select space_id, $6, $4, 'link.made', $2, '{}' from made
        )
        select exists (select from made)
        """,
    )
