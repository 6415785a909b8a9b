"""Awards, courses and certificates are told of in the transaction in which they are given, once each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import orjson
import pytest
from sqlalchemy import text

from lrs.certificates.issuing import number_of
from lrs.commands import enter
from lrs.errors import NotFound
from lrs.outcomes import giving
from lrs.web import transaction
from lrs.webhooks import telling
from lrs.webhooks.events import AWARD, COURSE, ISSUED, REMINDER, REVOKED
from lrs.webhooks.keeping import Addresses
from lrs.webhooks.telling import Event
from packages.courses import enrolling, reminding
from packages.courses.course import Part
from tests.lrs.certificates.issued import issued, renamed, revoked
from tests.lrs.webhooks.hooking import SPACE
from tests.packages.courses.making import complete, course_of, lessons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.lrs.webhooks.hooking import Hooked

END = date(2030, 3, 31)
MORNING = datetime(2030, 3, 25, 2, tzinfo=UTC)
"""Nine o'clock in Việt Nam, six days before the end."""


def enrol(hooked: Hooked, course_id: UUID, people: Sequence[UUID]) -> None:
    with hooked.installation.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            enrolling.chosen(tx, None, course_id, None, people)


def remind(hooked: Hooked, at: datetime, *, by_mail: bool = False) -> int:
    parts = hooked.installation.services
    chore = reminding.chore(reminding.Ways(hooked.installation.public_url, parts.identity_keys, by_mail))
    return chore(parts.database, at)


def test_who_completes_a_course_is_told_of_once(everywhere: Hooked) -> None:
    hooked = everywhere
    hooked.add(AWARD, COURSE)
    [(package, version)] = lessons(hooked.installation, 1)
    course_id = course_of(hooked.installation, Part((package,)))
    learner = hooked.installation.person("learner")
    enrol(hooked, course_id, [UUID(learner.account)])
    for _ in range(2):
        complete(hooked.installation, learner, version)
    hooked.carry()

    told = [(got.says["type"], got.says["data"]) for got in hooked.there.got]
    assert sorted(kind for kind, _ in told) == [AWARD, AWARD, COURSE]  # the lesson's own rule, and that of the course
    (course,) = (data for kind, data in told if kind == COURSE)
    assert course["course"]["id"] == str(course_id)
    assert course["course"]["title"] == "Kỹ năng số"
    assert {data["learner"]["actor"]["account"]["name"] for _, data in told} == {learner.account}
    assert all(data["award"]["name"] for _, data in told)


def test_an_award_that_is_not_given_is_not_told_of(hooked: Hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    """One transaction: what undoes the award undoes the event."""
    hooked.add(AWARD)
    [(_, version)] = lessons(hooked.installation, 1)
    learner = hooked.installation.person("learner")

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(giving, "give", fail)
        with pytest.raises(RuntimeError):
            complete(hooked.installation, learner, version)
    assert (hooked.deliveries(), hooked.waiting()) == ([], 0)
    hooked.installation.follow()
    assert len(hooked.carry()) == 1


def test_a_reminder_comes_once_by_each_address_and_who_has_no_mail_is_reached(hooked: Hooked) -> None:
    hooked.add(REMINDER, contact=True)
    hooked.add(AWARD)
    [(package, version)] = lessons(hooked.installation, 1)
    course_id = course_of(hooked.installation, Part((package,)), deadline=END)
    done, unreached = hooked.installation.person("learner"), hooked.learner("Tạ Trai", phone="0912345678")
    mailed = hooked.learner("Từ Neo", email="neo@example.org")
    enrol(hooked, course_id, [UUID(done.account), unreached, mailed])
    complete(hooked.installation, done, version)

    assert remind(hooked, MORNING - timedelta(hours=5)) == 0  # at night
    assert [remind(hooked, MORNING), remind(hooked, MORNING + timedelta(hours=1))] == [2, 0]
    assert (
        remind(hooked, MORNING + timedelta(hours=2), by_mail=True) == 1
    )  # a mail server came later: letters are another way
    got = [each.says["data"] for each in hooked.carry() if each.says["type"] == REMINDER]
    assert {each["learner"]["name"]: each["learner"].get("phone") for each in got} == {
        "Tạ Trai": "+84912345678",
        "Từ Neo": None,
    }
    assert {(each["deadline"], each["when"], each["language"]) for each in got} == {("2030-03-31", "week", "vi")}
    hooked.add(REMINDER)
    assert remind(hooked, MORNING + timedelta(hours=3), by_mail=True) == 2  # another address
    assert remind(hooked, MORNING + timedelta(days=5)) == 4  # the day before, by both


def test_a_reminder_of_what_was_completed_or_left_meanwhile_is_not_sent(hooked: Hooked) -> None:
    hooked.add(REMINDER)
    [(package, version)] = lessons(hooked.installation, 1)
    course_id = course_of(hooked.installation, Part((package,)), deadline=END)
    learner = hooked.installation.person("learner")
    enrol(hooked, course_id, [UUID(learner.account)])
    assert remind(hooked, MORNING) == 1
    complete(hooked.installation, learner, version)

    assert hooked.carry() == []
    assert hooked.states() == [("dropped", "over", None)]


def test_a_chore_that_is_killed_between_two_lots_reminds_nobody_twice(
    hooked: Hooked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row of the reminder and the entry of the outbox are there together or not at all."""
    hooked.add(REMINDER)
    [(package, _)] = lessons(hooked.installation, 1)
    course_id = course_of(hooked.installation, Part((package,)), deadline=END)
    enrol(hooked, course_id, [hooked.learner(str(f"Tạ {each}")) for each in "ABCD"])
    monkeypatch.setattr(reminding, "SOME", 2)
    real, lots = telling.put, []

    def dying(*arguments: object) -> object:
        lots.append(1)
        if len(lots) == 2:
            raise RuntimeError
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(telling, "put", dying)
    with pytest.raises(RuntimeError):
        remind(hooked, MORNING)
    with hooked.installation.services.database.read(SPACE) as tx:
        assert tx.run(text("select count(*) from reminders")).scalar_one() == 2 == hooked.waiting()
    assert remind(hooked, MORNING) == 2
    assert len({got.says["data"]["learner"]["actor"]["account"]["name"] for got in hooked.carry()}) == 4
    assert len(hooked.there.got) == 4


def test_a_certificate_is_told_of_when_it_is_issued_replaced_and_taken_back(everywhere: Hooked) -> None:
    hooked = everywhere
    hooked.add(ISSUED, REVOKED)
    who = hooked.learner("Nguyễn Thị Hanh")
    row = issued(hooked.installation, str(who), months=12)
    new = renamed(hooked.installation, row, "Nguyễn Thị Hạnh")
    revoked(hooked.installation, new)

    told = sorted(
        (row.event, str(certificate["id"]), certificate.get("replaces"))
        for row in hooked.deliveries()
        for certificate in [orjson.loads(row.told)]
    )
    assert told == sorted(
        [(ISSUED, str(row.id), None), (ISSUED, str(new.id), str(row.id)), (REVOKED, str(new.id), None)]
    )
    (first, *_) = (got.says["data"] for got in hooked.carry() if got.says["data"]["certificate"]["id"] == str(row.id))
    assert first["certificate"] == {
        "id": str(row.id),
        "number": number_of(row),
        "day": row.day.isoformat(),
        "until": str(row.until),
    }
    assert first["learner"]["actor"]["account"]["name"] == str(who)


def test_who_removes_an_address_waits_for_what_is_put_in_and_nothing_is_put_in_after(everywhere: Hooked) -> None:
    hooked = everywhere
    webhook_id, _ = hooked.add(AWARD)
    database, keys = hooked.installation.services.database, hooked.installation.services.identity_keys

    def remove() -> None:
        with database.write(SPACE) as tx:
            Addresses(tx, keys).remove(webhook_id)

    with ThreadPoolExecutor(1) as other:
        with database.write(SPACE) as tx:
            to = telling.listening(tx, AWARD)
            telling.tell(tx, [Event(AWARD, None, {"rule": "a rule", "name": "Kỹ năng số"})])
            removed = other.submit(remove)
            with pytest.raises(TimeoutError):
                removed.result(0.3)
        removed.result(10)
    assert (hooked.deliveries(), hooked.waiting()) == ([], 0)
    with database.write(SPACE) as tx:
        assert telling.put(tx, to[0], [Event(AWARD, None, {})]) == []
        with pytest.raises(NotFound):
            telling.test(tx, to[0])
