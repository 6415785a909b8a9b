"""Nobody is reminded twice of one deadline in one way."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from storage import reminders
from storage.reminders import Reminder
from tests.storage.test_courses import NOW, course
from tests.storage.test_units import account

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_once_each_by_kind_and_deadline(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        week, moved = Reminder(course(tx), "week", date(2026, 1, 31)), account(tx)
        other = account(tx)

        assert reminders.note(tx, week, [], NOW) == []
        assert reminders.note(tx, week, [moved], NOW) == [moved]
        assert reminders.note(tx, week, [moved, other], NOW) == [other]
        assert reminders.note(tx, Reminder(week.course_id, "week", date(2026, 2, 28)), [moved], NOW) == [moved]
