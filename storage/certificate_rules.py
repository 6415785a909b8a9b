"""Which rules give a certificate: by which template, and for how long (docs/certificates.md, Given by a rule)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    delete,
    false,
    select,
    text,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

certificate_rules = Table(
    "certificate_rules",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("rule_id", Uuid, nullable=False),
    Column("template_id", Uuid, nullable=False),
    Column("months", Integer),
    Column("at", Instant, nullable=False),
    Column("actor_id", Uuid),
    Column("hours", Text, nullable=False, server_default=text("''")),
    Column("letter", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("space_id", "rule_id"),
    ForeignKeyConstraint(["space_id", "rule_id"], ["rules.space_id", "rules.id"]),
)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Whoever meets this rule gets a certificate that looks like this."""

    rule_id: UUID
    template_id: UUID
    months: int | None
    """How long it holds; none: for ever."""
    at: datetime
    actor_id: UUID | None = None
    hours: str = ""
    """How many hours stand on it, if it says so."""
    letter: bool = False
    """Whether it is sent by e-mail when it is issued."""


_NAMES = tuple(LinkRow.__dataclass_fields__)


def put(tx: Tx, link: LinkRow) -> None:
    """Let a rule give a certificate from now on, or one that looks otherwise."""
    said = {name: getattr(link, name) for name in _NAMES}
    query = tx.insert(certificate_rules).values(space_id=tx.space, **said)
    changed = {name: said[name] for name in _NAMES if name != "rule_id"}
    tx.run(query.on_conflict_do_update(index_elements=["space_id", "rule_id"], set_=changed))


def remove(tx: Tx, rule_id: UUID) -> None:
    """Let a rule give none any more; those that were issued stay."""
    own = (certificate_rules.c.space_id == tx.space) & (certificate_rules.c.rule_id == rule_id)
    tx.run(delete(certificate_rules).where(own))


def of(tx: Tx, rule_ids: Iterable[UUID]) -> dict[UUID, LinkRow]:
    """Tell which of some rules give a certificate."""
    query = select(*(certificate_rules.c[name] for name in _NAMES)).where(certificate_rules.c.space_id == tx.space)
    return {row[0]: LinkRow(*row) for row in tx.run(query.where(certificate_rules.c.rule_id.in_([*rule_ids])))}


def of_template(tx: Tx, template_id: UUID) -> list[LinkRow]:
    """List the rules whose certificates look like a template."""
    query = select(*(certificate_rules.c[name] for name in _NAMES)).where(
        certificate_rules.c.space_id == tx.space, certificate_rules.c.template_id == template_id
    )
    return [LinkRow(*row) for row in tx.run(query.order_by(certificate_rules.c.rule_id))]
