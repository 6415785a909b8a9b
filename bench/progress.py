"""The progress of a course: its table of 128 units, with an empty record and a full one, and a unit of 7,892 put in at once.

None of it looks at a statement (docs/courses.md), so that the table takes as long with many as with none.
"""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from bench import school
from bench.figures import Figure, Round
from bench.lines import LoadFailed
from bench.people import Browser, path_of, timed
from bench.service import URL
from lrs.access import LEARNER
from packages.courses import enrolling
from packages.courses.course import Course, Part, Section, write
from storage import courses, enrolments, people, rules, spaces, statements, units, versions
from storage.courses import CourseRow, VersionOfCourse
from storage.database import Database, Tx
from storage.enrolments import UNIT, Enrolling, Figures
from storage.people import AccountRow
from storage.rules import RuleRow, VersionRow
from storage.units import SpanRow, UnitRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.service import Service

FEW, MANY = 4_000, 40_000
"""People."""

SAID = 25
"""Statements for each of them."""

UNITS, PARTS, AT_ONCE = 128, 12, 7_892
TABLE, PUT_IN = "progress of 128 units", "a unit put in at once"
_AT_ONCE = 2000
_DAY = date(2026, 1, 1)
_NOW = datetime(2026, 6, 1, tzinfo=UTC)


def measure(service: Service, many: int, asked: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Fill a space with people in a course, open its table so often, and put a unit in."""
    database = Database(service.environ[URL])
    with database.read() as tx:
        space = spaces.find_by_slug(tx, service.space)
    if space is None:
        raise LoadFailed("the space is not there")
    with database.write(space.id) as tx:
        course_id, large = fill(tx, many)
    note = f"{many:,} people in {UNITS} units; a page, from the request to its end"
    boss = Browser(service)
    boss.post(path_of(service, "administrator"))
    for full in (False, True):
        boss.close()  # while the record is filled the service would: the next request opens a line of its own
        figure = Figure(TABLE, "pages/s", size=say_much(database, space.id, many) if full else 0, note=note)
        service.ground.settle()
        figure.rounds.append(timed(lambda: boss.get(f"/s/{service.space}/courses/{course_id}/progress"), asked))
        say(figure)
        yield figure
    boss.close()
    figure = Figure(PUT_IN, "people/s", note=f"{many:,} people in {UNITS} units")
    begun = time.perf_counter()
    with database.write(space.id) as tx:
        count = enrolling.unit(tx, None, course(tx), None, enrolling.OfUnit(large, below=True, day=_DAY))
    taken = time.perf_counter() - begun
    figure.rounds.append(Round.of([taken], count / taken))
    database.dispose()
    say(figure)
    yield figure


def fill(tx: Tx, many: int) -> tuple[UUID, UUID]:
    """Make units with people in them, and a course in which all are; name the course, and a unit with 7,892 people or all there are."""
    chance = random.Random(7)
    top, large = _unit(tx, None), None
    small = [_unit(tx, top) for _ in range(UNITS - 2)]
    large = _unit(tx, top)
    made = [uuid4() for _ in range(many)]
    for number, account in enumerate(made):
        people.add_account(tx, AccountRow(account, LEARNER, _NOW))
        units.join(tx, account, large if number < AT_ONCE else chance.choice(small), _DAY)
    course_id = course(tx)
    enrolments.enrol_members(tx, Enrolling(course_id, UNIT, _NOW), [large, *small], _DAY)
    enrolments.set_figures(tx, course_id, {one: _figures(chance) for one in made})
    return course_id, large


def say_much(database: Database, space: int, many: int) -> int:
    """Let everybody say much; count the statements."""
    chance, count = random.Random(many), 0
    learners = [UUID(int=chance.getrandbits(128), version=4) for _ in range(many)]
    entries = islice(school.said(learners, chance), many * SAID)
    while some := list(islice(entries, _AT_ONCE)):
        with database.write(space) as tx:
            count += statements.append(tx, some)
    return count


def course(tx: Tx) -> UUID:
    """Make a course of twelve lessons."""
    packages = [uuid4() for _ in range(PARTS)]
    for package in packages:
        versions.add_package(tx, package, _NOW)
    body = write(Course({"vi": "Kỹ năng số"}, sections=(Section(parts=tuple(Part((one,)) for one in packages)),)))
    row, rule, version = CourseRow(uuid4(), _NOW, str(uuid4())), uuid4(), uuid4()
    rules.add(tx, RuleRow(rule, "", None, _NOW))
    rules.add_version(
        tx, VersionRow(version, rule, 1, '{"did": {"activity": "https://example.org/a"}}', "{}", "UTC", _NOW)
    )
    courses.add(tx, row)
    courses.publish(tx, VersionOfCourse(row.id, 1, body, rule, version, _NOW), packages)
    return row.id


def _unit(tx: Tx, parent: UUID | None) -> UUID:
    unit = UnitRow(uuid4(), f"Phường {uuid4().hex[:6]}")
    units.add(tx, unit)
    units.set_spans(tx, unit.id, [SpanRow(unit.id, parent, _DAY)])
    return unit.id


def _figures(chance: random.Random) -> Figures:
    done = chance.randint(0, PARTS)
    moved = _NOW + timedelta(days=chance.randint(0, 60))
    return Figures(_NOW if done else None, moved if done else None, moved if done == PARTS else None, done, done)
