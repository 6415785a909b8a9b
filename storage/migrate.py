"""Bring a database to the schema of this release: forward only, on both databases, all or nothing."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import postgresql
from storage.database import Database, Tx

_FOLDER = Path(__file__).parent / "migrations"


def head() -> str:
    """Name the newest revision this release knows."""
    return _head(_FOLDER)


@cache
def _head(folder: Path) -> str:
    found = ScriptDirectory(str(folder)).get_current_head()
    assert found is not None  # noqa: S101 - the folder beside this file is never empty
    return found


def revisions() -> list[str]:
    """List the revisions, oldest first."""
    return [script.revision for script in reversed(list(ScriptDirectory(str(_FOLDER)).walk_revisions()))]


def current(tx: Tx) -> str | None:
    """Name the revision a database is at; None for an empty one."""
    return MigrationContext.configure(tx.connection).get_current_revision()


def upgrade(database: Database, *, login: str | None = None, to: str = "head") -> tuple[str | None, str | None]:
    """Migrate as the owner of the tables; give back the revision before and after."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    with database.write() as tx:
        if tx.postgresql:
            postgresql.make_role(tx.connection, login or database.url.username or "")
        before = current(tx)
        if before == head() and to == "head":
            return before, before
        config.attributes["connection"] = tx.connection
        command.upgrade(config, to)
        return before, current(tx)
