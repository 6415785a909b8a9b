"""What statements say of activities goes into the log with them: the one message of an append brings it along."""

from alembic import op

from storage.migrations.protection import on_postgresql
from storage.postgresql import ALREADY_THERE, APPLICATION, SINCE, SPACE, WRITING

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Put the new function in the old one's place."""
    if on_postgresql():
        op.execute("drop function haidang_append")
        op.execute(_APPEND)
        op.execute("revoke all on function haidang_append from public")
        op.execute(f"grant execute on function haidang_append to {APPLICATION}")


# The whole of an append is one message to the server: who waits for an answer waits for one. It runs with the application's own rights.
# The ids go in first and in one order, so that two writers of the same statements wait for each other and never in a circle. The
# moment is taken after the writer has said that it writes (docs/record.md), and put where the text is marked for it.
_APPEND = f"""
create function haidang_append(space bigint, said json, texts text, or_nothing boolean, spoken json) returns integer
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
    if json_array_length(spoken) > 0 then
        insert into definitions (space_id, activity, hash, iri, body, first)
        select space, activity, hash, iri, body, moment
        from json_to_recordset(spoken) as new(activity uuid, hash uuid, iri text, body text) order by activity, hash
        on conflict do nothing;
    end if;
    return kept;
end $$
"""  # noqa: S608 - our own names
