"""What is done to many certificates in slices: making files, sending, giving. Each row is its own cursor."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

ZIP, PDF, GIVE, SEND = "zip", "pdf", "give", "send"

jobs = Table(
    "certificate_jobs",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("actor_id", Uuid),
    Column("asked", Instant, nullable=False),
    Column("due", Instant, nullable=False),
    Column("began", Instant),
    Column("finished", Instant),
    Column("stopped", Text),
    Column("total", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("made", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("after", Text),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
    Index(None, "space_id", "due"),
)


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job: what is wanted as JSON, how far it has come, and when somebody has to look at it next: to go on, or to take it away."""

    id: UUID
    kind: str
    wanted: str
    title: str
    actor_id: UUID | None
    asked: datetime
    due: datetime
    total: int
    began: datetime | None = None
    finished: datetime | None = None
    stopped: str | None = None
    """In one word, what keeps it from going on for now."""
    seen: int = 0
    made: int = 0
    """Of those that were looked at: how many are in the file, were put in the post, were given one."""
    parts: int = 0
    after: str | None = None


_NAMES = tuple(JobRow.__dataclass_fields__)
_row = select(*(jobs.c[name] for name in _NAMES))
_MOVES = ("due", "began", "finished", "stopped", "seen", "made", "parts", "after")


def ask(tx: Tx, job: JobRow) -> None:
    """Ask for something to be done."""
    tx.run(insert(jobs), {"space_id": tx.space} | {name: getattr(job, name) for name in _NAMES})


def find(tx: Tx, job_id: UUID) -> JobRow | None:
    """Find a job that was not taken away yet."""
    row = tx.run(_row.where(jobs.c.space_id == tx.space, jobs.c.id == job_id)).one_or_none()
    return None if row is None else JobRow(*row)


def listed(tx: Tx) -> list[JobRow]:
    """List all jobs of a space, the newest first."""
    query = _row.where(jobs.c.space_id == tx.space).order_by(jobs.c.asked.desc(), jobs.c.id)
    return [JobRow(*row) for row in tx.run(query)]


def next_due(tx: Tx, now: datetime) -> JobRow | None:
    """Give the job to go on with: what has ended long ago is taken away first, and of the others the shortest comes first."""
    query = _row.where(jobs.c.space_id == tx.space, jobs.c.due <= now)
    row = tx.run(query.order_by(jobs.c.finished.is_(None), jobs.c.total, jobs.c.asked).limit(1)).one_or_none()
    return None if row is None else JobRow(*row)


def before(tx: Tx, job: JobRow) -> int:
    """Count how many certificates other jobs have still to look at before this one is the shortest."""
    query = select(func.coalesce(func.sum(jobs.c.total - jobs.c.seen), 0)).where(
        jobs.c.space_id == tx.space, jobs.c.finished.is_(None), jobs.c.total < job.total, jobs.c.id != job.id
    )
    return int(tx.run(query).scalar_one())


def move(tx: Tx, job: JobRow, was: JobRow) -> bool:
    """Say how far a job has come, if nobody else has moved it since; tell whether that is so."""
    own = (jobs.c.space_id == tx.space) & (jobs.c.id == job.id)
    same = (jobs.c.seen == was.seen) & (jobs.c.due == was.due) & jobs.c.finished.is_(None)
    values = {name: getattr(job, name) for name in _MOVES}
    return bool(tx.run(update(jobs).where(own, same).values(values)).rowcount)


def remove(tx: Tx, job_id: UUID) -> None:
    """Forget a job."""
    tx.run(delete(jobs).where(jobs.c.space_id == tx.space, jobs.c.id == job_id))


def spaces(tx: Tx, now: datetime) -> list[int]:
    """Name the spaces in which a job is to go on, or to be taken away; asked before any space is set."""
    if tx.postgresql:
        return list(tx.run(text("select * from haidang_spaces_with_paper_jobs(:now)"), {"now": now}).scalars())
    return list(tx.run(select(jobs.c.space_id).where(jobs.c.due <= now).distinct()).scalars())
