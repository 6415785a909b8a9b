"""Rules in versions, states, awards with their evidence, reviews; who is who outside; what is made anew; tags."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Space
from storage.migrations.protection import narrow, on_postgresql, protect

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Make the tables, and take the rules that lessons began with, and what was reached by them, over into them."""
    op.execute("create temporary table kept_rules as select * from rules")
    op.execute("create temporary table kept_outcomes as select * from outcomes")
    op.drop_table("outcomes")
    op.drop_table("rules")
    _rules()
    _what_follows()
    _who_is_who()
    _take_over()


def _rules() -> None:
    op.create_table(
        "rules",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False, server_default=""),
        sa.Column("activity", sa.Text),
        sa.Column("created", Instant, nullable=False),
        sa.Column("ended", Instant),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_rules"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_rules_space_id"),
    )
    op.create_index("ix_rules_space_id_activity", "rules", ["space_id", "activity"])
    op.create_table(
        "rule_versions",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("rule_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("tags", sa.Text, nullable=False, server_default="{}"),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.Column("made_by", sa.Uuid),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_rule_versions"),
        sa.UniqueConstraint("space_id", "rule_id", "number", name="uq_rule_versions_space_id_rule_id_number"),
        sa.ForeignKeyConstraint(
            ["space_id", "rule_id"], ["rules.space_id", "rules.id"], name="fk_rule_versions_space_id_rule_id"
        ),
    )
    op.create_table(
        "tags",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("tag", sa.Text, nullable=False),
        sa.Column("key", sa.Uuid, nullable=False),
        sa.Column("activity", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "tag", "key", name="pk_tags"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_tags_space_id"),
    )
    protect("rules", "select, insert, update")
    protect("rule_versions", "select, insert")  # a version is never changed
    protect("tags", "select, insert, delete")


def _what_follows() -> None:
    op.create_table(
        "states",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("version_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("met", sa.Boolean, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "version_id", "account_id", name="pk_states"),
        *_of_a_version_and_an_account("states"),
    )
    op.create_index("ix_states_space_id_account_id", "states", ["space_id", "account_id"])
    op.create_table(
        "awards",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("version_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("decided", sa.Uuid, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("reached", Instant, nullable=False),
        sa.Column("taken", Instant),
        sa.PrimaryKeyConstraint("space_id", "version_id", "account_id", name="pk_awards"),
        *_of_a_version_and_an_account("awards"),
    )
    op.create_index("ix_awards_space_id_account_id", "awards", ["space_id", "account_id"])
    op.create_index("ix_awards_space_id_reached", "awards", ["space_id", "reached"])
    op.create_table(
        "reviews",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("about", sa.Uuid, nullable=False),
        sa.Column("opened", Instant, nullable=False),
        sa.Column("decided", Instant),
        sa.Column("decision", sa.Text),
        sa.Column("decided_by", sa.Uuid),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_reviews"),
        sa.UniqueConstraint(
            "space_id", "version_id", "account_id", "about", name="uq_reviews_space_id_version_id_account_id_about"
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "version_id", "account_id"],
            ["awards.space_id", "awards.version_id", "awards.account_id"],
            name="fk_reviews_space_id_version_id_account_id",
        ),
    )
    op.create_index("ix_reviews_space_id_opened_id", "reviews", ["space_id", "opened", "id"])
    op.create_table(
        "remakings",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version_id", sa.Uuid),
        sa.Column("account_id", sa.Uuid),
        sa.Column("after", sa.Uuid),
        sa.Column("asked", Instant, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_remakings"),
        *_of_a_version_and_an_account("remakings"),
    )
    protect("states", "select, insert, update, delete")
    protect("awards", "select, insert, update")  # what was given is never removed
    protect("reviews", "select, insert, update")
    protect("remakings", "select, insert, update, delete")
    narrow("haidang_spaces_remaking()", "setof bigint", "select distinct space_id from remakings")


def _who_is_who() -> None:
    op.create_table(
        "actors",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("blind", sa.LargeBinary, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("key_id", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("confirmed", Instant, nullable=False),
        sa.Column("confirmed_by", sa.Uuid),
        sa.PrimaryKeyConstraint("space_id", "blind", name="pk_actors"),
        _of_an_account("actors"),
    )
    op.create_index("ix_actors_space_id_account_id", "actors", ["space_id", "account_id"])
    op.create_index("ix_actors_space_id_key_id", "actors", ["space_id", "key_id"])
    op.create_table(
        "strangers",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("blind", sa.LargeBinary, nullable=False),
        sa.Column("key_id", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("first", Instant, nullable=False),
        sa.Column("last", Instant, nullable=False),
        sa.Column("passed", Instant),
        sa.PrimaryKeyConstraint("space_id", "blind", name="pk_strangers"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_strangers_space_id"),
    )
    op.create_index("ix_strangers_space_id_key_id", "strangers", ["space_id", "key_id"])
    op.create_table(
        "confirmers",
        sa.Column("space_id", Space, nullable=False),
        sa.Column("statement_id", sa.Uuid, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space_id", "statement_id", name="pk_confirmers"),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name="fk_confirmers_space_id"),
    )
    protect("actors", "select, insert, update, delete")
    protect("strangers", "select, insert, update, delete")
    protect("confirmers", "select, insert")


def _of_a_version_and_an_account(table: str) -> tuple[sa.ForeignKeyConstraint, sa.ForeignKeyConstraint]:
    return _of_a_version(table), _of_an_account(table)


def _of_a_version(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", "version_id"],
        ["rule_versions.space_id", "rule_versions.id"],
        name=f"fk_{table}_space_id_version_id",
    )


def _of_an_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", "account_id"], ["accounts.space_id", "accounts.id"], name=f"fk_{table}_space_id_account_id"
    )


def _take_over() -> None:
    """Make each rule its own first version, and each outcome an award; states are made anew from the record."""
    op.execute(
        "insert into rules (space_id, id, activity, created) select space_id, id, activity, created from kept_rules"
    )
    op.execute(
        """
        insert into rule_versions (space_id, id, rule_id, number, body, zone, created)
        select kept.space_id, kept.id, kept.id, 1, kept.body, spaces.zone, kept.created
        from kept_rules as kept join spaces on spaces.id = kept.space_id
        """
    )
    shown = "replace(evidence::text, '-', '')" if on_postgresql() else "evidence"
    op.execute(
        f"""
        insert into awards (space_id, version_id, account_id, decided, evidence, reached)
        select space_id, rule_id, account_id, evidence, '["' || {shown} || '"]', reached from kept_outcomes
        """  # noqa: S608 - our own words
    )
    # A rule has one id and one version here, which serves as the name of what is to be done as well.
    op.execute(
        """
        insert into remakings (space_id, id, version_id, asked)
        select space_id, id, id, created from kept_rules
        """
    )
    op.execute("drop table kept_rules")
    op.execute("drop table kept_outcomes")
