"""An award gets one certificate; it may be taken back, named anew under its number, and runs out by itself."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from lrs import sealing
from lrs.certificates import issuing
from lrs.certificates.issuing import Award, NotValidAnyMore, Office, Told
from lrs.people import printed
from lrs.people.identity import NotUnderstood
from lrs.sealing import KeyRing
from storage import certificate_templates, certificates
from storage.certificate_templates import TemplateRow

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from storage.database import Tx
    from tests.parts.databases import Ground

NEW_YEAR = datetime(2026, 12, 31, 18, tzinfo=UTC)
ZONE = "Asia/Ho_Chi_Minh"


class Desk:
    """A space where certificates are issued."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        sealing.make(folder / "identity.keys")
        self.ground, self.keys = ground, KeyRing(folder / "identity.keys")
        self.space, self.template = ground.space(), uuid.uuid4()
        with self.write() as tx:
            certificate_templates.add(tx, TemplateRow(self.template, 1, "Lớp AI", "{}", NEW_YEAR))

    def write(self) -> AbstractContextManager[Tx]:
        return self.ground.app.write(self.space)

    def office(self, tx: Tx, moment: datetime = NEW_YEAR) -> Office:
        return Office(tx, self.keys, moment, ZONE)

    def award(self, name: str = "Nguyễn Thị Hạnh") -> Award:
        account = self.ground.account(self.space).id
        return Award(
            uuid.uuid4(),
            account,
            name,
            Told("An toàn số", hours="12"),
            (self.template, 1),
            24,
            uuid.UUID(int=7),
            "KHCN",
        )


@pytest.fixture
def desk(ground: Ground, tmp_path: Path) -> Desk:
    """Give a place to issue at."""
    return Desk(ground, tmp_path)


def test_a_certificate_says_who_what_and_when(desk: Desk) -> None:
    award = desk.award()

    with desk.write() as tx:
        row = desk.office(tx).issue(award)
        paper = issuing.on_paper(row, printed.name_on(tx, desk.keys, row), "https://example.org", "payload", None)

    assert (paper.number, paper.name, paper.course) == ("0001/2027/KHCN", "Nguyễn Thị Hạnh", "An toàn số")
    assert (paper.day, paper.until) == (date(2027, 1, 1), date(2029, 1, 1))
    assert b"Nguy" not in row.sealed
    assert not issuing.expired(row, date(2029, 1, 1))
    assert issuing.expired(row, date(2029, 1, 2))


def test_an_award_is_issued_once(desk: Desk) -> None:
    award = desk.award()

    with desk.write() as tx:
        first = desk.office(tx).issue(award)
    with desk.write() as tx:
        again = desk.office(tx, NEW_YEAR + timedelta(days=9)).issue(award)
        after = desk.office(tx).issue(other := replace(award, id=uuid.uuid4()))

    assert again == first
    assert (after.counted, after.award_id) == (2, other.id)


def test_of_eight_who_issue_one_award_at_once_one_does(desk: Desk) -> None:
    award, ready, got = desk.award(), threading.Barrier(8), list[uuid.UUID]()

    def press() -> None:
        ready.wait()
        with desk.write() as tx:
            got.append(desk.office(tx).issue(award).id)

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(got) == 8
    assert len(set(got)) == 1
    other = desk.award()
    with desk.write() as tx:
        assert desk.office(tx).issue(other).counted == 2


def test_a_class_gets_numbers_in_a_row_and_whoever_has_one_keeps_it(desk: Desk) -> None:
    awards = [desk.award(f"Người thứ {number}") for number in range(5)]
    elsewhere = replace(desk.award(), unit_id=certificates.OF_NO_UNIT, unit_code="")

    with desk.write() as tx:
        had = desk.office(tx).issue(awards[2])
        rows = desk.office(tx).issue_all([*awards, elsewhere])

    assert rows[2] == had
    assert sorted(row.counted for row in rows[:5]) == [1, 2, 3, 4, 5]
    assert issuing.number_of(rows[5]) == "0001/2027"
    assert [row.award_id for row in rows] == [award.id for award in [*awards, elsewhere]]


def test_a_certificate_is_taken_back_once_and_says_why(desk: Desk) -> None:
    award = desk.award()
    with desk.write() as tx:
        row = desk.office(tx).issue(award)
    with pytest.raises(NotUnderstood), desk.write() as tx:
        desk.office(tx).revoke(row, "  ")
    with desk.write() as tx:
        desk.office(tx, NEW_YEAR + timedelta(days=1)).revoke(row, "Làm bài hộ")
        history = certificates.history(tx, row.id)
    with pytest.raises(NotValidAnyMore), desk.write() as tx:
        desk.office(tx).revoke(row, "Lần nữa")

    assert [(event.kind, event.reason) for event in history] == [("issued", ""), ("revoked", "Làm bài hộ")]


def test_a_corrected_name_keeps_the_number_and_gets_a_new_code(desk: Desk) -> None:
    award = desk.award("Nguyễn Thị Hành")
    with desk.write() as tx:
        row = desk.office(tx).issue(award)
    with desk.write() as tx:
        new = desk.office(tx, NEW_YEAR + timedelta(days=400)).rename(row, "Nguyễn Thị Hạnh", "Sai dấu")
        old = certificates.by_code(tx, row.code)
        rounds = certificates.rounds(tx, row)

        assert printed.name_on(tx, desk.keys, new) == "Nguyễn Thị Hạnh"
        assert printed.name_on(tx, desk.keys, row) == "Nguyễn Thị Hành"
    with pytest.raises(NotValidAnyMore), desk.write() as tx:
        desk.office(tx).rename(row, "Ai khác", "x")

    assert old is not None
    assert old.state == certificates.REPLACED
    assert [each.round for each in rounds] == [1, 2]
    assert issuing.number_of(new) == issuing.number_of(row)
    assert (new.day, new.until, new.state) == (row.day, row.until, certificates.VALID)
    assert new.code != row.code
