"""What a space decides for itself: languages, time zone, emblem; how much room it has; and what was reached of late."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Space
from storage.migrations.protection import narrow, on_postgresql, protect
from storage.postgresql import APPLICATION

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the settings; a space that is there already keeps what held for all, and versions weigh what their imports said."""
    op.add_column("spaces", sa.Column("languages", sa.Text, nullable=False, server_default="vi,en"))
    op.add_column("spaces", sa.Column("zone", sa.Text, nullable=False, server_default="Asia/Ho_Chi_Minh"))
    op.add_column("spaces", sa.Column("emblem", sa.Text))
    op.add_column("spaces", sa.Column("quota", sa.BigInteger))
    op.add_column("versions", sa.Column("size", sa.BigInteger, nullable=False, server_default="0"))
    told = "(report::jsonb #>> '{report,size}')::bigint" if on_postgresql() else "json_extract(report, '$.report.size')"
    op.execute(f"update versions set size = coalesce({told}, 0)")  # noqa: S608
    op.create_table(
        "emblems",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "digest", name="pk_emblems"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_emblems_space_id"),
    )
    op.add_column("links", sa.Column("browser", sa.LargeBinary))
    op.create_index("ix_outcomes_space_id_reached", "outcomes", ["space_id", "reached"])
    protect("emblems", "select, insert, update, delete")
    if on_postgresql():
        op.execute(f"grant update (name, language, languages, zone, emblem) on spaces to {APPLICATION}")
        op.execute("drop function haidang_space_by_slug(text)")
    narrow(
        "haidang_space_by_slug(wanted text)",
        "table (id bigint, slug text, name text, language text, languages text, zone text, emblem text, quota bigint)",
        "select id, slug, name, language, languages, zone, emblem, quota from spaces where slug = wanted",
    )
    narrow(
        "haidang_set_quota(wanted text, most bigint)",
        "bigint",
        "update spaces set quota = most where slug = wanted returning id",
    )
