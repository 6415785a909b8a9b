"""The language that somebody chose, the host that a letter leads to, how much a follower has read, a first owner who has lost the link."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.protection import narrow, on_postgresql

revision = "0023"
down_revision = "0021"


def upgrade() -> None:
    """Add the columns, count once what the followers have read, and make the functions of the platform anew."""
    op.add_column("accounts", sa.Column("language", sa.Text))
    op.add_column("letters", sa.Column("own_host", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("cursors", sa.Column("passed", sa.BigInteger))
    op.execute(f"update cursors set passed = (select count(*) from statements where {_read()})")  # noqa: S608 - our own words
    if on_postgresql():
        op.execute("drop function haidang_space_figures(text)")
        op.execute("drop function haidang_first_owner(text, uuid, bytea, timestamptz, timestamptz, uuid)")
    _tell_sums()
    _let_the_first_owner_in()


def _read() -> str:
    """Say which statements a cursor has passed."""
    txid = "cast(cast(cursors.txid as text) as xid8)" if on_postgresql() else "cursors.txid"
    place = "(statements.epoch, statements.txid, statements.seq)"
    return f"statements.space_id = cursors.space_id and {place} <= (cursors.epoch, {txid}, cursors.seq)"


def _tell_sums() -> None:
    narrow(
        "haidang_space_figures(wanted text)",
        """
        table (slug text, name text, created timestamptz, accounts bigint, lessons bigint, statements bigint,
               bytes bigint, written date, quota bigint, entered boolean)
        """,
        """
        select slug, name, created,
               (select count(*) from accounts where space_id = spaces.id and role != 'guest'),
               (select count(*) from versions where space_id = spaces.id),
               coalesce(read.passed, 0) + (
                   select count(*) from statements
                   where space_id = spaces.id and (epoch, txid, seq) >
                       (coalesce(read.epoch, 0), cast(cast(coalesce(read.txid, 0) as text) as xid8), coalesce(read.seq, 0))
               ),
               (select coalesce(sum(size), 0)::bigint from versions where space_id = spaces.id),
               (greatest(
                   (select max(stored) from statements where space_id = spaces.id),
                   (select max(published) from versions where space_id = spaces.id),
                   (select max(accounts.created) from accounts where space_id = spaces.id)
               ) at time zone 'Asia/Ho_Chi_Minh')::date,
               quota,
               exists (select from sessions where space_id = spaces.id)
        from spaces left join cursors as read
            on read.space_id = spaces.id and read.follower = 'outcomes' and read.passed is not null
        where wanted is null or slug = wanted
        """,
    )


def _let_the_first_owner_in() -> None:
    # The row of the space is locked by a statement of its own: the next one then sees what whoever held it has written.
    # Somebody waits who is the only one, an owner, and was never here: their links end, and they get another.
    narrow(
        "haidang_first_owner(wanted text, account uuid, digest bytea, now timestamptz, until timestamptz, deed uuid)",
        "boolean",
        """
        select id from spaces where slug = $1 for update;
        with waiting as (
            select space_id, accounts.id from accounts join spaces on spaces.id = space_id
            where slug = $1 and role = 'owner' and closed is null
            and not exists (select from accounts as other where other.space_id = spaces.id and other.id != accounts.id)
            and not exists (select from identities where space_id = spaces.id)
            and not exists (select from sessions where space_id = spaces.id)
        ), ended as (
            update links set expires = $4 from waiting
            where links.space_id = waiting.space_id and account_id = waiting.id and used is null and expires > $4
        ), made as (
            insert into accounts (space_id, id, role, created)
            select id, $2, 'owner', $4 from spaces
            where slug = $1 and not exists (select from accounts where space_id = spaces.id)
            returning space_id, id
        ), owner as (
            select space_id, id from made union all select space_id, id from waiting
        ), linked as (
            insert into links (space_id, hash, account_id, expires, purpose)
            select space_id, $3, id, $5, 'activate' from owner
        ), told as (
            insert into audit (space_id, id, at, act, subject_id, detail)
            select space_id, $6, $4, 'link.made', id, '{}' from owner
        )
        select exists (select from owner)
        """,
    )
