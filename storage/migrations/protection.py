"""Row-level security, said once: a table's rows are those of the transaction's space, and the application may do just what is listed."""

from alembic import op

from storage.postgresql import APPLICATION, SPACE

_SPACE = f"nullif(current_setting('{SPACE}', true), '')::bigint"


def on_postgresql() -> bool:
    """Tell whether the database knows roles and policies."""
    return op.get_bind().dialect.name == "postgresql"


def protect(table: str, rights: str, *, key: str = "space_id") -> None:
    """Close a table to other spaces, and grant these rights: what is not named here the application cannot do."""
    if on_postgresql():
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy one_space on {table} using ({key} = {_SPACE}) with check ({key} = {_SPACE})")
        op.execute(f"grant {rights} on {table} to {APPLICATION}")


def protect_above(table: str, rights: str) -> None:
    """Close a table to every space: its rows are seen, and written, only where no space is set."""
    if on_postgresql():
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy no_space on {table} using ({_SPACE} is null) with check ({_SPACE} is null)")
        op.execute(f"grant {rights} on {table} to {APPLICATION}")


def narrow(signature: str, returns: str, body: str) -> None:
    """Make a function that sees across spaces, and nothing more than its text says."""
    if on_postgresql():
        name = signature.split("(", 1)[0]
        op.execute(
            f"create function {signature} returns {returns} language sql security definer "
            f"set search_path = public, pg_temp as $$ {body} $$",
        )
        types = f"{name}({_types(signature)})"
        op.execute(f"revoke all on function {types} from public")
        op.execute(f"grant execute on function {types} to {APPLICATION}")


def _types(signature: str) -> str:
    arguments = signature.split("(", 1)[1].rstrip(")")
    return ", ".join(argument.split(None, 1)[1] for argument in arguments.split(",") if argument.strip())
