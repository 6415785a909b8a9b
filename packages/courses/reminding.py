"""Reminders before the last day of a course, a chore of the leader: a week and a day before, each once (docs/courses.md)."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from lrs.people import letters
from lrs.people.directory import Directory
from lrs.sealing import KeyRing
from packages.courses.course import Words, read, said
from storage import courses, people, reminders, spaces
from storage.courses import CourseRow
from storage.database import Database, Tx
from storage.reminders import Reminder
from storage.spaces import SpaceRow

Told = Callable[[str], letters.Reminder]
"""What somebody is reminded of, in their language."""

WEEK, DAY = "week", "day"

SOME = 200
"""People in one transaction: nobody else waits for long."""

_AWAKE = range(8, 20)
"""The hours in which a letter may come, where the space is."""


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


def chore(public_url: str, keys: KeyRing) -> Callable[[Database], int]:
    """Make the chore that reminds everybody who is to be reminded now, in all spaces."""

    def remind(database: Database, now: datetime | None = None) -> int:
        """Remind; count the letters."""
        at = now or datetime.now(UTC)
        with database.read() as tx:
            slugs = spaces.slugs(tx)
        return sum(_in_space(database, slug, at, public_url, keys) for slug in slugs)

    return remind


def _in_space(database: Database, slug: str, at: datetime, public_url: str, keys: KeyRing) -> int:
    with database.read() as tx:
        space = spaces.find_by_slug(tx, slug)
    if space is None:
        return 0
    here = at.astimezone(ZoneInfo(space.settings.zone))
    if here.hour not in _AWAKE:
        return 0
    with database.read(space.id) as tx:
        wanted = [(row, *one) for row in courses.listed(tx) for one in due(tx, row, here.date())]
    count = 0
    for row, what, batches in wanted:
        address = f"{public_url}/s/{space.slug}/courses/{row.id}"
        told = partial(_told, read(row.body or "").titles, what.deadline, address)
        while True:
            with database.write(space.id) as tx:
                some = reminders.note(tx, what, reminders.due(tx, what, batches, SOME), at)
                count += _write(tx, keys, space, some, told)
            if len(some) < SOME:
                break
    return count


def _told(titles: Words, deadline: date, address: str, language: str) -> letters.Reminder:
    return letters.Reminder(said(titles, language), deadline, address)


def _write(tx: Tx, keys: KeyRing, space: SpaceRow, account_ids: list[UUID], told: Told) -> int:
    """Put letters in for those of them who have an address; count them."""
    known = Directory(tx, keys).identities(account_ids)
    reached = [one for one in people.find_accounts(tx, account_ids) if one.id in known and known[one.id].email]
    for one in reached:
        letters.remind(tx, keys, one.id, language := letters.manner(one, space).language, told(language))
    return len(reached)
