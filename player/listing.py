"""Which lessons somebody sees, and how far they have come in each: a guest sees what is open to everybody, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from lrs.access import GUEST, Caller
from lrs.errors import NotFound
from storage import attempts, awards, versions
from storage.database import Tx
from storage.versions import ListedVersion, VersionRow

State = Literal["new", "begun", "completed"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as somebody sees it in a list."""

    id: UUID
    title: str
    state: State


def lessons(tx: Tx, who: Caller) -> list[Lesson]:
    """List the lessons that somebody may open, each with how far they have come."""
    if who.role == GUEST:
        return _of(tx, account(who), versions.list_open(tx))
    return _of(tx, account(who), versions.list_versions(tx))


def following(listed: Iterable[Lesson]) -> Lesson | None:
    """Tell what to do next: the first lesson that is not completed."""
    return next((lesson for lesson in listed if lesson.state != "completed"), None)


def version(tx: Tx, who: Caller, version_id: UUID) -> VersionRow:
    """Find a lesson that somebody may open; what they may not is not there."""
    found = versions.find_version(tx, version_id)
    if found is None or (who.role == GUEST and found.package_id not in versions.open_packages(tx)):
        raise NotFound
    return found


def state(tx: Tx, who: Caller, shown: VersionRow) -> State:
    """Tell how far somebody has come in a lesson."""
    return _of(tx, account(who), [shown])[0].state


def account(who: Caller) -> UUID:
    """Name the account of somebody who learns."""
    if who.account_id is None:
        raise NotFound
    return who.account_id


def _of(tx: Tx, account_id: UUID, shown: Iterable[VersionRow | ListedVersion]) -> list[Lesson]:
    reached = awards.reached(tx, account_id)
    begun = {attempt.version_id for attempt in attempts.list_of(tx, account_id)}

    def state_of(one: VersionRow | ListedVersion) -> State:
        if one.activity in reached:
            return "completed"
        return "begun" if one.id in begun else "new"

    return [Lesson(one.id, one.title, state_of(one)) for one in shown]
