"""Numbers have no gaps and are nobody's twice, whoever issues at once, changes their mind or is killed; a certificate is never given up."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from storage import certificate_lists, certificate_templates, certificates
from storage.certificate_lists import Taking
from storage.certificate_templates import TemplateRow
from storage.certificates import REPLACED, REVOKED, VALID, EventRow
from tests.storage.issuers import YEAR, Changed, certificate, issue
from tests.storage.plans import indexes
from tests.storage.samples import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.certificates import CertificateRow
    from storage.database import Tx
    from tests.parts.databases import Ground

UNIT, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


class Place:
    """A space with somebody in it, and a template."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.space = ground, ground.space(f"s{uuid.uuid4().hex}")
        self.account, self.template = ground.account(self.space).id, uuid.uuid4()
        with ground.app.write(self.space) as tx:
            certificate_templates.add(tx, TemplateRow(self.template, 1, "Lớp AI", "{}", now()))

    def row(self, counted: int = 1, unit: uuid.UUID = UNIT, award: uuid.UUID | None = None) -> CertificateRow:
        return certificate(self.account, self.template, unit, counted, award)

    def numbers(self, unit: uuid.UUID = UNIT) -> list[int]:
        with self.ground.app.read(self.space) as tx:
            return [row.counted for row in certificate_lists.some(tx, Taking(year=YEAR), unit, (0, 0), 1_000_000)]


@pytest.fixture
def place(ground: Ground) -> Place:
    """Give a place to issue in."""
    return Place(ground)


def test_the_certificate_of_an_award_is_found_among_very_many(place: Place) -> None:
    def last_round(tx: Tx) -> object:
        return certificates.of_awards(tx, [uuid.uuid4()])

    def any_round_but(state: str) -> Callable[[Tx], object]:
        found = certificates.certificates
        query = select(found.c.id).where(found.c.award_id == uuid.uuid4(), found.c.state != state)
        return lambda tx: tx.run(query.where(found.c.space_id == tx.space))

    with place.ground.app.read(place.space) as tx:
        assert "uq_certificates_award" in indexes(tx, last_round)
    with place.ground.app.read(place.space) as tx:
        assert "uq_certificates_award" not in indexes(tx, any_round_but(REVOKED))  # control: another partial index


def test_numbers_go_up_by_unit_and_year(place: Place) -> None:
    with place.ground.app.write(place.space) as tx:
        assert [certificates.take(tx, UNIT, 2026) for _ in range(3)] == [1, 2, 3]
        assert certificates.take(tx, UNIT, 2026, 10) == 4
        assert certificates.take(tx, UNIT, 2026) == 14
        assert certificates.take(tx, OTHER, 2026) == 1
        assert certificates.take(tx, UNIT, 2027) == 1
        certificates.hold(tx, UNIT, 2026)
        assert certificates.take(tx, UNIT, 2026) == 15


def test_what_is_taken_back_gives_its_number_back(place: Place) -> None:
    with suppress(Changed), place.ground.app.write(place.space) as tx:
        assert certificates.take(tx, UNIT, YEAR) == 1
        raise Changed

    with place.ground.app.write(place.space) as tx:
        assert certificates.take(tx, UNIT, YEAR) == 1


def test_eight_who_issue_at_once_leave_no_gap(place: Place) -> None:
    who = (place.account, place.template, UNIT)
    threads = [threading.Thread(target=issue, args=(place.ground.app, place.space, who, 12)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = place.numbers()
    assert found == list(range(1, len(found) + 1))
    assert len(found) > 30


def test_processes_that_are_killed_leave_no_gap(place: Place) -> None:
    given = [place.ground.url, str(place.space), str(place.account), str(place.template), str(UNIT), "3"]
    for _ in range(3):
        running = [subprocess.Popen([sys.executable, "-m", "tests.storage.issuers", *given]) for _ in range(2)]
        before, waited = len(place.numbers()), time.monotonic()
        while len(place.numbers()) < before + 10 and time.monotonic() < waited + 60:
            time.sleep(0.05 + random.random() / 20)
        for process in running:
            process.kill()
            process.wait()

    found = place.numbers()
    assert found == list(range(1, len(found) + 1))
    assert len(found) >= 30


def test_no_number_is_given_twice(place: Place) -> None:
    with place.ground.app.write(place.space) as tx:
        certificates.add(tx, [place.row()])

    with pytest.raises(IntegrityError), place.ground.app.write(place.space) as tx:
        certificates.add(tx, [place.row()])


def test_an_award_has_one_certificate_that_is_not_replaced(place: Place) -> None:
    award, first = uuid.uuid4(), place.row()
    with place.ground.app.write(place.space) as tx:
        certificates.add(tx, [first := place.row(award=award)])
    with pytest.raises(IntegrityError), place.ground.app.write(place.space) as tx:
        certificates.add(tx, [place.row(2, award=award)])

    with place.ground.app.write(place.space) as tx:
        assert certificates.leave_valid(tx, first.id, REPLACED)
        certificates.add(tx, [second := place.row(2, award=award)])
        assert certificates.of_awards(tx, [award]) == [second]


def test_a_sheet_is_found_by_its_code_whatever_became_of_it(place: Place) -> None:
    row = place.row()
    with place.ground.app.write(place.space) as tx:
        certificates.add(tx, [row])
        assert certificates.leave_valid(tx, row.id, REVOKED)
        assert not certificates.leave_valid(tx, row.id, REPLACED)
        found = certificates.by_code(tx, row.code)

    assert found is not None
    assert (found.id, found.state) == (row.id, REVOKED)
    assert found.state != VALID


def test_what_happened_is_listed_in_its_order(place: Place) -> None:
    row = place.row()
    happened = [EventRow(uuid.uuid4(), row.id, now(), kind, None, kind) for kind in ("issued", "replaced")]
    with place.ground.app.write(place.space) as tx:
        certificates.add(tx, [row])
        certificates.note(tx, happened[::-1])
        assert certificates.history(tx, row.id) == happened
        assert certificates.rounds(tx, row) == [row]
        assert certificates.of_account(tx, place.account) == [row]


@pytest.mark.parametrize(
    "change",
    [
        update(certificates.certificates).values(counted=7),
        update(certificates.certificates).values(code="another"),
        delete(certificates.certificates),
        delete(certificates.counters),
        delete(certificates.events),
        update(certificates.events).values(reason=""),
    ],
)
def test_the_application_gives_up_no_number_and_no_history(shared_postgresql: Ground, change: object) -> None:
    space = shared_postgresql.space(f"a{uuid.uuid4().hex}")

    with pytest.raises(ProgrammingError, match="permission denied"), shared_postgresql.app.write(space) as tx:
        tx.run(change)  # type: ignore[arg-type]
    with shared_postgresql.app.read(space) as tx:
        assert tx.run(select(certificates.counters)).all() == []
