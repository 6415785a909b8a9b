"""A document is found, or put over whatever is there, by one message to PostgreSQL that is a transaction of its own."""

from alembic import op

from storage.migrations.protection import on_postgresql
from storage.postgresql import APPLICATION, SPACE

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the functions, which run with the application's own rights."""
    if on_postgresql():
        for function in (_FIND, _PUT):
            op.execute(function)
        for name in ("haidang_document", "haidang_put_document"):
            op.execute(f"revoke all on function {name} from public")
            op.execute(f"grant execute on function {name} to {APPLICATION}")


_FIND = f"""
create function haidang_document(space bigint, scope uuid, registration uuid, key uuid)
returns table (content bytea, content_type text, etag text, updated text)
language plpgsql set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    perform set_config('{SPACE}', haidang_document.space::text, true);
    return query select content, content_type, etag, to_char(updated at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
    from documents where space_id = haidang_document.space and scope = haidang_document.scope
    and registration = haidang_document.registration and key = haidang_document.key;
end $$
"""  # noqa: S608 - our own names

_PUT = f"""
create function haidang_put_document(
    space bigint, scope uuid, registration uuid, key uuid, id text, content bytea, content_type text, etag text)
returns void language plpgsql set search_path = public, pg_temp as $$
#variable_conflict use_variable
begin
    perform set_config('{SPACE}', space::text, true);
    insert into documents (space_id, scope, registration, key, id, content, content_type, etag, updated)
    values (space, scope, registration, key, id, content, content_type, etag, clock_timestamp())
    on conflict on constraint pk_documents do update set
    content = excluded.content, content_type = excluded.content_type, etag = excluded.etag, updated = excluded.updated;
end $$
"""  # noqa: S608
