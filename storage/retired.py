"""Tables as earlier revisions had them and none has now: a backup of those days is read into them, and migrated from there."""

from sqlalchemy import Column, MetaData, Table, Text, Uuid

from storage.columns import Instant, Space

metadata = MetaData()

rules = Table(
    "rules",
    metadata,
    Column("space_id", Space),
    Column("id", Uuid),
    Column("activity", Text),
    Column("body", Text),
    Column("created", Instant),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("space_id", Space),
    Column("rule_id", Uuid),
    Column("account_id", Uuid),
    Column("evidence", Uuid),
    Column("reached", Instant),
)
