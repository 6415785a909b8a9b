"""Reviews: awards of which a person has to say whether they stay, since the record or the rule says something else now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    select,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

reviews = Table(
    "reviews",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("version_id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("cause", Text, nullable=False),
    Column("about", Uuid, nullable=False),
    Column("opened", Instant, nullable=False),
    Column("decided", Instant),
    Column("decision", Text),
    Column("decided_by", Uuid),
    PrimaryKeyConstraint("space_id", "id"),
    UniqueConstraint("space_id", "version_id", "account_id", "about"),
    ForeignKeyConstraint(
        ["space_id", "version_id", "account_id"], ["awards.space_id", "awards.version_id", "awards.account_id"]
    ),
    Index(None, "space_id", "opened", "id"),
)

VOIDED, CHANGED = "voided", "changed"
"""Why: a statement that showed it is void, or the rule has another version now."""

KEPT, TAKEN, MET = "kept", "taken", "met"
"""What becomes of it: a person lets it stay, a person takes it back, or it is so again and nobody has to say anything."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Whose award is to be looked at, and why."""

    version_id: UUID
    account_id: UUID
    cause: str
    about: UUID
    """The statement that is void, or the version that the rule has now."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review as it is kept."""

    id: UUID
    version_id: UUID
    account_id: UUID
    cause: str
    about: UUID
    opened: datetime
    decided: datetime | None = None
    decision: str | None = None
    decided_by: UUID | None = None


def open_some(tx: Tx, causes: Iterable[Cause], now: datetime) -> None:
    """Open reviews; one that was opened before for the same reason stays as it is, decided or not."""
    values = [
        {"space_id": tx.space, "id": uuid4(), "opened": now} | {name: getattr(cause, name) for name in Cause.__slots__}
        for cause in causes
    ]
    if values:
        tx.run(tx.insert(reviews).on_conflict_do_nothing(), values)


def undecided(tx: Tx, most: int) -> list[ReviewRow]:
    """List what nobody has decided yet, the oldest first."""
    query = _review.where(reviews.c.space_id == tx.space, reviews.c.decided.is_(None))
    return [ReviewRow(*row) for row in tx.run(query.order_by(reviews.c.opened, reviews.c.id).limit(most))]


def asked(tx: Tx, version_id: UUID, account_ids: Sequence[UUID]) -> set[UUID]:
    """Name the statements because of whose voiding awards by a version came to a review, decided or not."""
    if not account_ids:
        return set()
    query = select(reviews.c.about).where(
        reviews.c.space_id == tx.space, reviews.c.version_id == version_id, reviews.c.account_id.in_(account_ids)
    )
    return set(tx.run(query).scalars())


def count(tx: Tx) -> int:
    """Count what nobody has decided yet."""
    query = select(func.count()).select_from(reviews)
    return int(tx.run(query.where(reviews.c.space_id == tx.space, reviews.c.decided.is_(None))).scalar_one())


def find(tx: Tx, review_id: UUID) -> ReviewRow | None:
    """Find a review."""
    row = tx.run(_review.where(reviews.c.space_id == tx.space, reviews.c.id == review_id)).one_or_none()
    return None if row is None else ReviewRow(*row)


def of_account(tx: Tx, account_id: UUID) -> list[ReviewRow]:
    """List the reviews of somebody's awards, the latest first."""
    query = _review.where(reviews.c.space_id == tx.space, reviews.c.account_id == account_id)
    return [ReviewRow(*row) for row in tx.run(query.order_by(reviews.c.opened.desc(), reviews.c.id))]


def decide(tx: Tx, review_id: UUID, decision: str, by: UUID | None, now: datetime) -> bool:
    """Say what becomes of an award; of any number who say so at once, one is heard."""
    here = (reviews.c.space_id == tx.space) & (reviews.c.id == review_id) & reviews.c.decided.is_(None)
    values = {"decided": now, "decision": decision, "decided_by": by}
    return bool(tx.run(update(reviews).where(here).values(values)).rowcount)


def settle_award(tx: Tx, version_id: UUID, account_id: UUID, now: datetime, but: Sequence[UUID] = ()) -> None:
    """Close what nobody has decided about the ground of an award, since it has one again."""
    own = (reviews.c.space_id == tx.space) & (reviews.c.version_id == version_id) & (reviews.c.account_id == account_id)
    void = (reviews.c.cause == VOIDED) & reviews.c.about.not_in(but) & reviews.c.decided.is_(None)
    tx.run(update(reviews).where(own, void).values(decided=now, decision=MET))


def settle(tx: Tx, account_id: UUID, about: UUID, now: datetime) -> None:
    """Close what nobody has decided about somebody and a version, since they meet it now."""
    own = (reviews.c.space_id == tx.space) & (reviews.c.account_id == account_id) & (reviews.c.about == about)
    tx.run(update(reviews).where(own, reviews.c.decided.is_(None)).values(decided=now, decision=MET))


_review = select(*(reviews.c[name] for name in ReviewRow.__slots__))
