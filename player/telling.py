"""What is said about an attempt, into the record: whose it is, at which lesson, and on whose authority."""

from typing import Any

from lrs import record
from lrs.record import Source
from lrs.services import services
from player import statements
from player.course import Course, Part
from player.standing import Standing
from player.statements import About, Step
from storage.attempts import AttemptRow
from storage.database import Tx


def about(row: AttemptRow, course: Course, part: Part | None = None) -> About:
    """Say what statements are about: a lesson, or the course as a whole."""
    return About(
        actor=record.actor_of(row.account_id, services().config.public_url),
        attempt=row.id,
        course=course.activity,
        course_title=course.title,
        lesson=statements.lesson_of(course.activity, part.id if part else ""),
        title=part.title if part else course.title,
        edition=course.edition,
    )


def append(tx: Tx, told: list[dict[str, Any]]) -> None:
    """Append statements to the record: the player vouches for who said it, not for what was said."""
    if told:
        page = services().config.public_url
        authority = {"objectType": "Agent", "account": {"homePage": page, "name": "player"}}
        record.append(tx, told, Source(authority, record.CLIENT_ASSERTED))


def of_course(tx: Tx, whole: About, step: Step, was: Standing, becomes: Standing) -> None:
    """Say what has been reached in the course as a whole."""
    if was != becomes:
        append(tx, statements.of_course(whole, step, was, becomes))
