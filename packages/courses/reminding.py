"""Reminders before the last day of a course, a chore of the leader: a week and a day before, once by each channel (docs/courses.md)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from lrs.daytime import ByDay, by_day
from lrs.people import letters
from lrs.people.directory import Directory
from lrs.sealing import KeyRing
from lrs.webhooks import telling
from lrs.webhooks.events import REMINDER
from lrs.webhooks.telling import Event
from packages.courses.course import Words, read, said
from storage import courses, people, reminders, webhooks
from storage.courses import CourseRow
from storage.database import Database, Tx
from storage.reminders import MAIL, Reminder
from storage.spaces import SpaceRow

WEEK, DAY = "week", "day"

SOME = 200
"""People in one transaction: nobody else waits for long."""


def kind_of(left: int) -> str:
    """Tell which reminder is due so many days before the last one; nothing is none."""
    if left in {0, 1}:
        return DAY
    return WEEK if 1 < left <= 7 else ""  # noqa: PLR2004 - a week


def due(tx: Tx, row: CourseRow, today: date) -> Iterator[tuple[Reminder, list[UUID | None]]]:
    """List the reminders of a course that are due, and for which batches each is: a batch has a deadline of its own, or the course's."""
    if row.body is None:
        return
    whole, by_day = read(row.body).deadline, dict[date, list[UUID | None]]()
    ends = [(None, whole), *((one.id, one.deadline or whole) for one in courses.batches_of(tx, row.id))]
    for batch, day in ends:
        if day is not None:
            by_day.setdefault(day, []).append(batch)
    for day, batches in by_day.items():
        if kind := kind_of((day - today).days):
            yield Reminder(row.id, kind, day), batches


@dataclass(frozen=True, slots=True)
class Ways:
    """How people can be reminded: by letters, if there is a mail server, and by whatever other systems a space tells."""

    public_url: str
    keys: KeyRing
    by_mail: bool = True


def chore(ways: Ways) -> ByDay:
    """Make the chore that reminds everybody who is to be reminded now, in all spaces."""

    @by_day
    def remind(database: Database, space: SpaceRow, here: datetime) -> int:
        """Remind; count the letters and what other systems are told."""
        with database.read(space.id) as tx:
            channels = [str(one.id) for one in telling.listening(tx, REMINDER)] + [MAIL] * ways.by_mail
            wanted = (
                [(row, *one) for row in courses.listed(tx) for one in due(tx, row, here.date())] if channels else []
            )
        return sum(
            _all(
                database, space, replace(what, channel=channel), batches, Asked(ways, here, read(row.body or "").titles)
            )
            for row, what, batches in wanted
            for channel in channels
        )

    return remind


@dataclass(frozen=True, slots=True)
class Asked:
    """What reminding needs to know beside whom and of what: how, when, and what the course is called."""

    ways: Ways
    at: datetime
    titles: Words


def _all(database: Database, space: SpaceRow, what: Reminder, batches: Sequence[UUID | None], asked: Asked) -> int:
    """Remind everybody by one channel, some at a time; count them."""
    count = 0
    while True:
        with database.write(space.id) as tx:
            some = reminders.note(tx, what, reminders.due(tx, what, batches, SOME), asked.at)
            count += (
                _write(tx, space, what, some, asked) if what.channel == MAIL else _tell(tx, what, some, asked.titles)
            )
        if len(some) < SOME:
            return count


def _tell(tx: Tx, what: Reminder, account_ids: list[UUID], titles: Words) -> int:
    """Put reminders in for another system; if it was removed in this very moment, nobody is told."""
    to = webhooks.find(tx, UUID(what.channel))
    if to is None:
        return 0
    told = {
        "course": str(what.course_id),
        "titles": dict(titles),
        "deadline": what.deadline.isoformat(),
        "when": what.kind,
    }
    return len(telling.put(tx, to, [Event(REMINDER, each, told) for each in account_ids]))


def _write(tx: Tx, space: SpaceRow, what: Reminder, account_ids: list[UUID], asked: Asked) -> int:
    """Put letters in for those of them who have an address; count them."""
    keys, address = asked.ways.keys, f"{asked.ways.public_url}/s/{space.slug}/courses/{what.course_id}"
    known = Directory(tx, keys).identities(account_ids)
    reached = [one for one in people.find_accounts(tx, account_ids) if one.id in known and known[one.id].email]
    for one in reached:
        language = letters.manner(one, space).language
        letters.remind(
            tx, keys, one.id, language, letters.Reminder(said(asked.titles, language), what.deadline, address)
        )
    return len(reached)
