"""Before a certificate ends: from when it can be renewed, and one letter that says so, a chore of whoever leads."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from lrs.certificates import sending
from lrs.sealing import KeyRing
from storage import certificate_rules, certificate_sendings, spaces
from storage.certificate_sendings import ENDING
from storage.certificates import VALID, CertificateRow
from storage.database import Database
from storage.spaces import SpaceRow

RENEWABLE = timedelta(days=60)
"""So long before its last day a certificate can be renewed."""

TOLD = timedelta(days=30)
"""So long before its last day its holder gets a letter."""

Place = tuple[date, UUID]
"""Behind which last day, and which certificate of that day, to go on."""

SOME = 200
"""People in one transaction: nobody else waits for long."""

_AWAKE = range(8, 20)
"""The hours in which a letter may come, where the space is."""


def opens(row: CertificateRow) -> date | None:
    """Tell from which day on a certificate can be renewed: one that holds for less than twice that time, in its second half."""
    if row.until is None:
        return None
    return row.until - min(RENEWABLE, (row.until - row.day) / 2)


def renewable(rows: Iterable[CertificateRow], today: date) -> list[CertificateRow]:
    """List which of somebody's certificates can be renewed today: the newest of each rule, near its end or past it."""
    newest: dict[UUID, CertificateRow] = {}
    for row in rows:
        if row.state == VALID and row.rule_id is not None and _newer(row, newest.get(row.rule_id)):
            newest[row.rule_id] = row
    return [row for row in newest.values() if (opened := opens(row)) is not None and opened <= today]


def _newer(row: CertificateRow, other: CertificateRow | None) -> bool:
    return other is None or (row.issued, row.counted) > (other.issued, other.counted)


def chore(keys: KeyRing) -> Callable[[Database], int]:
    """Make the chore that writes to everybody whose certificate ends soon, in all spaces."""

    def tell_of_ends(database: Database, now: datetime | None = None) -> int:
        """Put the letters in; count them."""
        at = now or datetime.now(UTC)
        with database.read() as tx:
            slugs = spaces.slugs(tx)
        return sum(_in_space(database, slug, at, keys) for slug in slugs)

    return tell_of_ends


def _in_space(database: Database, slug: str, at: datetime, keys: KeyRing) -> int:
    with database.read() as tx:
        space = spaces.find_by_slug(tx, slug)
    here = None if space is None else at.astimezone(ZoneInfo(space.settings.zone))
    if space is None or here is None or here.hour not in _AWAKE:
        return 0
    count, after = 0, None
    while True:
        done, after = _some(database, space, here.date(), after, keys)
        count += done
        if after is None:
            return count


def _some(
    database: Database, space: SpaceRow, today: date, after: Place | None, keys: KeyRing
) -> tuple[int, Place | None]:
    """Write to some; say behind whom to go on."""
    with database.write(space.id) as tx:
        rows = certificate_sendings.ending(tx, today, today + TOLD, SOME, after)
        giving = certificate_rules.of(tx, {row.rule_id for row in rows if row.rule_id is not None})
        count = sending.send(tx, keys, _worth(rows, {*giving}), ENDING)
    last = rows[-1] if len(rows) == SOME else None
    return count, (last.until, last.id) if last is not None and last.until is not None else None


def _worth(rows: Sequence[CertificateRow], giving: set[UUID]) -> list[CertificateRow]:
    """Leave out what no rule renews any more."""
    return [row for row in rows if row.rule_id in giving]
