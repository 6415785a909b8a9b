"""Whoever has not completed a course is reminded once for each deadline, a week and a day before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from lrs.commands import enter
from lrs.people import letters
from lrs.web import transaction
from packages.courses import enrolling, keeping, reminding
from packages.courses.course import Part
from packages.courses.editing import Given
from storage import letters as kept
from storage.letters import WAITING
from tests.packages.courses.making import complete, course_of, lessons

if TYPE_CHECKING:
    from tests.parts.installations import Installation

END = date(2030, 3, 31)
MORNING = datetime(2030, 3, 25, 2, tzinfo=UTC)
"""Nine o'clock in Việt Nam, six days before the end."""


@pytest.mark.parametrize(
    ("left", "kind"), [(-1, ""), (0, "day"), (1, "day"), (2, "week"), (7, "week"), (8, ""), (365, "")]
)
def test_a_week_and_a_day_before(left: int, kind: str) -> None:
    assert reminding.kind_of(left) == kind


def learner(installation: Installation, name: str, email: str = "") -> UUID:
    known = ["--email", email] if email else []
    words = ("account", "add", "--space", "haiphong", "--role", "learner", "--name", name, *known)
    return UUID(installation.haidang(*words)["account"])


def test_once_each_to_those_who_have_an_address_and_have_not_completed(installation: Installation) -> None:
    [(package, version)] = lessons(installation, 1)
    course_id = course_of(installation, Part((package,)), deadline=END)
    done, unreached = installation.person("learner"), installation.person("learner")
    one, other = (
        learner(installation, "Tạ Trai", "trai@example.org"),
        learner(installation, "Từ Neo", "neo@example.org"),
    )
    with installation.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            later = (END + timedelta(days=30)).isoformat()
            batch = keeping.add_batch(tx, course_id, None, Given({"name": "đợt 02", "deadline": later}))
            enrolling.chosen(tx, None, course_id, None, [one, UUID(done.account), UUID(unreached.account)])
            enrolling.chosen(tx, None, course_id, batch, [other])
    complete(installation, done, version)
    remind = reminding.chore(reminding.Ways(installation.public_url, installation.services.identity_keys))
    database = installation.services.database

    def count(at: datetime) -> int:
        return remind(database, at)

    assert count(MORNING - timedelta(hours=5)) == 0  # at night
    assert [count(MORNING), count(MORNING + timedelta(hours=1))] == [1, 0]
    with database.read(1) as tx:
        [letter] = kept.listed(tx, WAITING, 10)
        told = letters.Reminder.loads(letters.opened(tx, installation.services.identity_keys, letter))
    assert (letter.account_id, letter.kind) == (one, letters.REMINDER)
    assert told == letters.Reminder("Kỹ năng số", END, f"{installation.public_url}/s/haiphong/courses/{course_id}")
    assert [count(MORNING + timedelta(days=5)), count(MORNING + timedelta(days=6))] == [1, 0]
    assert count(MORNING + timedelta(days=30)) == 1  # the batch has a later end
