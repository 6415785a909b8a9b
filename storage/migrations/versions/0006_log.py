"""The log in parts, by space and month; the ids of its statements apart, since a part cannot keep them unique; and the way in."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space, Transaction
from storage.migrations.protection import on_postgresql, protect
from storage.postgresql import ALREADY_THERE, APPLICATION, SINCE, SPACE, WRITING

revision = "0006"
down_revision = "0005"

HASHES = 4
"""Parts by space; each has a part for every month, and one for the rest."""

_COLUMNS = (
    "space_id, seq, epoch, txid, id, stored, actor, verb, activity, registration, provenance, credential_id, payload, target, "
    "actor_key, verb_key, activity_key"
)


def upgrade() -> None:
    """Move the log into parts, and its ids and what it is related by into tables that no foreign key slows down."""
    _step_aside("statements", "uq_statements_space_id_id", "fk_statements_space_id")
    _make_log()
    if on_postgresql():
        _make_parts()
    op.execute(f"insert into statements ({_COLUMNS}) select {_COLUMNS} from old_statements")  # noqa: S608 - our own names
    _make_ids()
    op.execute("insert into statement_ids select space_id, id, seq, stored from old_statements")
    op.drop_table("old_statements")
    if on_postgresql():
        op.execute("select setval('statements_seq', greatest((select coalesce(max(seq), 0) from statements), 1))")
    for column in ("actor_key", "verb_key", "activity_key", "registration"):
        op.create_index(
            f"ix_statements_space_id_{column}_stored_seq", "statements", ["space_id", column, "stored", "seq"]
        )
    op.create_index("ix_statements_space_id_epoch_txid_seq", "statements", ["space_id", "epoch", "txid", "seq"])
    op.create_index(
        "ix_statements_space_id_stored_seq",
        "statements",
        ["space_id", "stored", "seq"],
        postgresql_where=sa.text("target is not null"),
        sqlite_where=sa.text("target is not null"),
    )
    protect("statements", "select, insert")
    protect("statement_ids", "select, insert")
    _move_related()
    if on_postgresql():
        op.execute("select haidang_make_months(now(), now() + interval '2 months')")
        _open_to_application(_APPEND)


def _step_aside(table: str, *constraints: str) -> None:
    """Make room for a table and its indexes of the same names."""
    found = sa.inspect(op.get_bind()).get_indexes(table)
    for index in found:
        if not index.get("duplicates_constraint") and not (index["name"] or "").startswith("sqlite_"):
            op.drop_index(index["name"] or "", table)
    op.rename_table(table, f"old_{table}")
    if on_postgresql():
        for constraint in (*constraints, f"pk_{table}"):
            op.execute(f"alter table old_{table} rename constraint {constraint} to old_{constraint}")


def _make_log() -> None:
    op.create_table(
        "statements",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column(
            "txid",
            Transaction,
            server_default=sa.text("pg_current_xact_id()" if on_postgresql() else "0"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("stored", Instant, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("activity", sa.Text),
        sa.Column("registration", sa.Uuid),
        sa.Column("provenance", sa.Text, nullable=False),
        sa.Column("credential_id", sa.Uuid),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("target", sa.Uuid),
        sa.Column("actor_key", sa.Uuid),
        sa.Column("verb_key", sa.Uuid),
        sa.Column("activity_key", sa.Uuid),
        sa.PrimaryKeyConstraint("space_id", "stored", "seq", name="pk_statements"),
        postgresql_partition_by="hash (space_id)",
    )


def _make_ids() -> None:
    op.create_table(
        "statement_ids",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("stored", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_statement_ids"),
    )


def _move_related() -> None:
    _step_aside("related", "fk_related_space_id")
    op.create_table(
        "related",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("key", sa.Uuid, nullable=False),
        sa.Column("stored", Instant, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "key", "stored", "seq", name="pk_related"),
    )
    op.execute(
        "insert into related select space_id, key, stored, seq from old_related join statements using (space_id, seq)"
    )
    op.drop_table("old_related")
    protect("related", "select, insert")


def _make_parts() -> None:
    op.execute("create sequence statements_seq")
    op.execute(f"grant usage on sequence statements_seq to {APPLICATION}")
    for part in range(HASHES):
        op.execute(
            f"create table statements_{part} partition of statements "
            f"for values with (modulus {HASHES}, remainder {part}) partition by range (stored)"
        )
        op.execute(f"create table statements_{part}_rest partition of statements_{part} default")
    _open_to_application(_MAKE_MONTHS)
    op.execute("select haidang_make_months(min(stored), max(stored)) from old_statements having count(*) > 0")


def _open_to_application(function: str) -> None:
    name = function.split("(", 1)[0].rpartition(" ")[2]
    op.execute(function)
    op.execute(f"revoke all on function {name} from public")
    op.execute(f"grant execute on function {name} to {APPLICATION}")


# A new part is made apart and then attached, for which the rest has to be nobody's for a moment: whoever makes a month gives up
# rather than let readers queue behind it, and comes again. What lies in the rest already stays there, and its month with it.
_MAKE_MONTHS = f"""
create function haidang_make_months(earliest timestamptz, latest timestamptz) returns integer
language plpgsql security definer
set search_path = public, pg_temp set timezone = 'UTC' set lock_timeout = '200ms' as $$
declare
    month timestamptz := date_trunc('month', earliest);
    made integer := 0;
    part text;
begin
    if latest > earliest + interval '100 years' then
        raise exception 'a hundred years are enough';
    end if;
    perform pg_advisory_xact_lock(hashtext('haidang months'));
    while month <= latest loop
        for hash in 0 .. {HASHES - 1} loop
            part := format('statements_%s_%s', hash, to_char(month, 'YYYY_MM'));
            if to_regclass(part) is null then
                begin
                    execute format('create table %I (like statements including all)', part);
                    execute format(
                        'alter table statements_%s attach partition %I for values from (%L) to (%L)',
                        hash, part, month, month + interval '1 month');
                    made := made + 1;
                exception when check_violation then
                    null;
                end;
            end if;
        end loop;
        month := month + interval '1 month';
    end loop;
    return made;
end $$
"""

# The whole of an append is one message to the server: who waits for an answer waits for one. It runs with the application's own rights.
# The ids go in first and in one order, so that two writers of the same statements wait for each other and never in a circle. The
# moment is taken after the writer has said that it writes (docs/record.md), and put where the text is marked for it.
_APPEND = f"""
create function haidang_append(space bigint, said json, texts text, or_nothing boolean) returns integer
language plpgsql set search_path = public, pg_temp as $$
declare
    moment timestamptz;
    written text;
    kept integer;
begin
    perform set_config('{SPACE}', space::text, true);
    perform pg_advisory_xact_lock_shared({WRITING}, {SINCE});
    moment := clock_timestamp();
    written := to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    with entries as materialized (
        select nextval('statements_seq') as seq, entry.* from rows from (
            json_to_recordset(said) as (
                id uuid, stored timestamptz, actor text, verb text, activity text, registration uuid, provenance text,
                credential_id uuid, target uuid, actor_key uuid, verb_key uuid, activity_key uuid, keys uuid[], voids uuid),
            unnest(string_to_array(replace(texts, E'\\x01', written), E'\\x02'))
        ) as entry(id, stored, actor, verb, activity, registration, provenance, credential_id, target, actor_key, verb_key,
                   activity_key, keys, voids, payload)
    ), new as (
        insert into statement_ids (space_id, id, seq, stored)
        select space, id, seq, coalesce(stored, moment) from entries order by id
        on conflict do nothing returning seq
    ), log as (
        insert into statements (space_id, seq, epoch, id, stored, actor, verb, activity, registration, provenance,
                                credential_id, payload, target, actor_key, verb_key, activity_key)
        select space, seq, (select value::int from service where name = 'epoch'), id, coalesce(stored, moment), actor, verb,
               activity, registration, provenance, credential_id, payload, target,
               actor_key, verb_key, activity_key
        from entries where seq in (select seq from new)
    ), links as (
        insert into related (space_id, key, seq, stored)
        select space, key, seq, coalesce(stored, moment) from entries, unnest(keys) as key
        where seq in (select seq from new)
    ), voidings as (
        insert into voided (space_id, id, "by") select space, voids, id from entries
        where voids is not null and seq in (select seq from new)
    )
    select count(*) into kept from new;
    if or_nothing and kept < json_array_length(said) then
        raise exception 'the log has one of these already' using errcode = '{ALREADY_THERE}';
    end if;
    return kept;
end $$
"""  # noqa: S608 - our own names
