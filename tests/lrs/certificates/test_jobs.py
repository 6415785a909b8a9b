"""What is done to many certificates is done in slices: whoever is killed when, each is in the file once, and was sent once."""

from __future__ import annotations

import io
import json
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from lrs.certificates import bundle, job_pages, jobs, keeping, sending
from lrs.certificates.signed import check
from lrs.outcomes.rules.language import COMPLETED
from storage import audit, certificate_jobs, certificate_lists, certificates
from storage import letters as kept
from storage.certificate_jobs import JobRow
from storage.letters import WAITING
from tests.lrs.outcomes.test_pages import SAFE
from tests.lrs.outcomes.test_paper_pages import Class
from tests.parts.poppler import poppler

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

JOBS = "/s/haiphong/certificates/jobs"


class Killed(BaseException):
    """The process is gone."""


class Office(Class):
    """A school that gives certificates, and whoever looks after it."""

    def __init__(self, installation: Installation, people: int = 5) -> None:
        super().__init__(installation)
        installation.haidang("certificates", "key")
        self.owner = self.gives()
        self.people = [self.named(f"Người thứ {number}") for number in range(people)]
        for one in self.people:
            self.say(one, COMPLETED, SAFE)

    def ask(self, kind: str, **more: str) -> str:
        """Ask for something; give the address of its page."""
        answer = self.owner.post(JOBS, form_at="/s/haiphong/me", data={"kind": kind, "rule": str(self.rule)} | more)
        assert answer.status_code == 303, answer.text
        return answer.location.removeprefix("http://app.lms.localhost")

    def job(self, page: str) -> JobRow:
        """Look at a job."""
        with self.installation.services.database.read(self.space) as tx:
            found = certificate_jobs.find(tx, uuid.UUID(page.rpartition("/")[2]))
        assert found is not None
        return found

    def lead(self) -> None:
        """Do what whoever leads does, until there is nothing more to do."""
        self.installation.app.extensions["haidang.followers"].catch_up()

    def later(self, **more: float) -> None:
        """Let time go by for all jobs."""
        with self.installation.services.database.write(self.space) as tx:
            for row in certificate_jobs.listed(tx):
                jobs_ = certificate_jobs.jobs
                tx.run(jobs_.update().where(jobs_.c.id == row.id).values(due=row.due - timedelta(**more)))


@pytest.fixture
def office(embedded: Installation) -> Office:
    return Office(embedded)


def test_a_zip_and_a_book_are_made_in_slices_and_taken_from_any_byte_on(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bundle, "AT_ONCE", {"zip": 2, "pdf": 2})
    packed, book = office.ask("zip"), office.ask("pdf")
    waiting = office.owner.get(packed).text
    state = json.loads(office.owner.get(f"{packed}.json").data)

    office.lead()

    assert "0 trên 5" in waiting
    assert (state["seen"], state["total"], state["finished"]) == (0, 5, False)
    assert [office.job(page).parts for page in (packed, book)] == [4, 4]
    whole = office.owner.get(f"{packed}/file")
    with ZipFile(io.BytesIO(whole.data)) as archive:
        assert archive.testzip() is None
        ours = keeping.seal_of(office.installation.services.config).certificate
        assert [check(archive.read(each), [[ours]]) for each in archive.namelist()] == [ours] * 5
        assert [each[:4] for each in archive.namelist()] == ["0001", "0002", "0003", "0004", "0005"]
    printed = office.owner.get(f"{book}/file").data
    text = poppler("pdftotext", printed, tmp_path)
    assert [line for line in text.splitlines() if line.startswith("Người thứ")] == [f"Người thứ {n}" for n in range(5)]
    assert "Pages:           5" in poppler("pdfinfo", printed, tmp_path)
    rest = office.owner.get(f"{packed}/file", headers={"Range": f"bytes={len(whole.data) // 3}-"})
    assert (rest.status_code, rest.data) == (206, whole.data[len(whole.data) // 3 :])
    assert office.owner.get(f"{packed}/file", headers={"Range": f"bytes={len(whole.data)}-"}).status_code == 416
    assert "Tải xuống" in office.owner.get(packed).text
    with office.installation.services.database.read(office.space) as tx:
        assert (
            len(audit.page(tx, audit.Wanted(acts=("certificate.exported",)), 9)) == 2
        )  # the rest was no second taking


def test_whoever_is_killed_in_a_slice_leaves_nothing_out_and_nothing_in_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bundle, "AT_ONCE", {"zip": 2, "pdf": 2})
    blobs, work = office.installation.services.blobs, office.installation.app.extensions["haidang.followers"]
    put, puts = blobs.put, list[str]()

    def dies(key: str, *rest: object, **more: object) -> object:
        made = put(key, *rest, **more)  # type: ignore[arg-type]  # handed on as it came
        if "bundles/" in key:
            puts.append(key)
            if len(puts) in {1, 2, 5, 8, 12}:
                raise Killed
        return made

    monkeypatch.setattr(blobs, "put", dies)
    pages, killed = [office.ask("zip"), office.ask("pdf")], 0
    for _ in range(40):
        try:
            work.catch_up()
        except Killed:
            killed += 1
            office.later(minutes=2)  # the claim of the killed one runs out
        if all(office.job(page).finished for page in pages):
            break

    assert killed >= 3
    with ZipFile(io.BytesIO(office.owner.get(f"{pages[0]}/file").data)) as archive:
        assert archive.testzip() is None
        assert [each[:4] for each in archive.namelist()] == ["0001", "0002", "0003", "0004", "0005"]
    text = poppler("pdftotext", office.owner.get(f"{pages[1]}/file").data, tmp_path)
    assert [line for line in text.splitlines() if line.startswith("Người thứ")] == [f"Người thứ {n}" for n in range(5)]


def test_what_is_ready_is_kept_for_a_day(office: Office) -> None:
    page = office.ask("zip")
    assert office.ask("zip") == page  # pressed twice: the same is made once
    office.lead()
    folder = f"bundles/{office.space}/"
    assert [*office.installation.services.blobs.list(folder)]

    office.later(days=1, seconds=1)
    office.lead()

    assert [*office.installation.services.blobs.list(folder)] == []
    assert office.owner.get(page).status_code == 410
    assert "một ngày" in office.owner.get(page).text


def test_without_a_key_a_job_waits_and_says_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    page = office.ask("zip")
    key = office.installation.services.config.certificate_key
    assert isinstance(key, Path)
    key.unlink()
    office.lead()

    assert office.job(page).stopped == "key"
    assert "haidang doctor" in office.owner.get(page).text
    asked = {"kind": "zip", "rule": str(office.rule), "year": "2020"}
    assert office.owner.post(JOBS, form_at="/s/haiphong/me", data=asked).status_code == 503
    office.installation.haidang("certificates", "key")
    office.later(minutes=2)
    office.lead()
    assert office.job(page).finished


def test_what_was_taken_back_meanwhile_is_left_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    page = office.ask("zip")
    with office.installation.services.database.write(office.space) as tx:
        [row] = certificates.of_account(tx, uuid.UUID(office.people[2].account))
        assert certificates.leave_valid(tx, row.id, certificates.REVOKED)
    office.lead()

    assert (office.job(page).made, office.job(page).total) == (4, 5)
    assert "không có trong" in office.owner.get(page).text


def test_a_file_of_which_all_was_taken_back_can_be_opened_all_the_same(office: Office, tmp_path: Path) -> None:
    pages = [office.ask("zip"), office.ask("pdf")]
    with office.installation.services.database.write(office.space) as tx:
        for one in office.people:
            [row] = certificates.of_account(tx, uuid.UUID(one.account))
            certificates.leave_valid(tx, row.id, certificates.REVOKED)
    office.lead()

    packed, book = (office.owner.get(f"{page}/file").data for page in pages)
    assert ZipFile(io.BytesIO(packed)).namelist() == []
    assert PdfFileReader(io.BytesIO(book), strict=False).root["/Pages"]["/Count"] == 0


def test_one_that_fails_keeps_no_other_waiting(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object, **_more: object) -> int:
        raise KeyError

    monkeypatch.setattr(sending, "send", fails)
    packed = office.job(office.ask("zip"))
    database = office.installation.services.database
    with database.write(office.space) as tx:
        certificate_jobs.ask(tx, replace(packed, id=uuid.uuid4(), kind="send", total=1))

    with pytest.raises(KeyError):
        office.lead()
    office.lead()

    with database.read(office.space) as tx:
        assert {row.kind: row.finished is not None for row in certificate_jobs.listed(tx)} == {
            "send": False,
            "zip": True,
        }


def test_too_many_and_none_are_said_before_anything_begins(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    at = "/s/haiphong/me"
    none = office.owner.post(JOBS, form_at=at, data={"kind": "pdf", "rule": str(office.rule), "year": "1999"})
    monkeypatch.setattr("lrs.certificates.asking.LARGEST", 4)
    many = office.owner.post(JOBS, form_at=at, data={"kind": "pdf"})

    assert (none.status_code, many.status_code) == (404, 422)
    assert "20.000" in many.text
    for wrong in ({"kind": "tar"}, {"kind": "give"}, {"kind": "send"}, {"kind": "pdf", "year": "20x6"}):
        assert office.owner.post(JOBS, form_at=at, data=wrong).status_code == 400


def test_those_who_completed_before_get_one_each_with_numbers_without_gaps(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lrs.outcomes.handing_out.PEOPLE", 2)
    school = Class(embedded)
    people = [school.named(f"Người thứ {number}") for number in range(5)]
    nameless = embedded.person("learner")
    for one in (*people, nameless):
        school.say(one, COMPLETED, SAFE)
    owner = school.gives()
    page = owner.get(school.at).text
    work = embedded.app.extensions["haidang.followers"]

    asked = owner.post(JOBS, form_at="/s/haiphong/me", data={"kind": "give", "rule": str(school.rule)})
    database, killed = embedded.services.database, 0
    real = certificate_jobs.move
    monkeypatch.setattr(certificate_jobs, "move", sometimes(real))
    for _ in range(10):
        try:
            work.catch_up()
            break
        except Killed:
            killed += 1
    monkeypatch.setattr(certificate_jobs, "move", real)

    assert "6 người" in page
    assert killed
    done = owner.get(asked.location).text
    assert "5 người đã được cấp" in done
    assert "1 người chưa có" in done
    with database.read(school.space) as tx:
        [counted] = certificate_lists.numbers(tx, datetime.now(UTC).year)
        assert (counted.last, counted.there, counted.missing) == (5, 5, 0)
        assert [len(certificates.of_account(tx, uuid.UUID(one.account))) for one in people] == [1] * 5


def sometimes(real: object) -> object:
    """Die after what was done, before it is committed: the first and the third time."""
    times = iter(range(100))

    def move(*given: object) -> object:
        made = real(*given)  # type: ignore[operator]  # a function of the storage
        if next(times) in {0, 2}:
            raise Killed
        return made

    return move


def test_two_who_lead_at_once_do_not_make_the_same_part(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    page = office.ask("zip")
    job = office.job(page)
    database = office.installation.services.database
    with database.write(office.space) as tx:
        assert certificate_jobs.move(tx, replace(job, due=job.due + jobs.CLAIMED), job)
        assert not certificate_jobs.move(tx, replace(job, due=job.due + jobs.CLAIMED), job)


def test_it_is_said_honestly_how_long_it_takes() -> None:
    now = datetime.now(UTC)
    job = JobRow(uuid.uuid4(), "zip", "{}", "x", None, now, now, 10_000)

    def seconds(of: JobRow, before: int = 0) -> float:
        return job_pages.Shown(of, before).seconds

    assert seconds(job) == pytest.approx(2000)
    assert seconds(job, before=300) == pytest.approx(2060)
    assert seconds(replace(job, began=now - timedelta(seconds=30), seen=1000)) == pytest.approx(270, abs=3)


def test_letters_go_out_once(office: Office) -> None:
    at = f"/s/haiphong/people/{office.people[0].account}"
    office.owner.post(at, form_at=at, data={"name": "Người thứ 0", "email": "khong@example.org"})
    database = office.installation.services.database

    def send(person: Person | None = None) -> int:
        with database.write(office.space) as tx:
            found = certificate_lists.page(tx, certificate_lists.Wanted(), 99)
            rows = [row for row in found if person is None or str(row.account_id) == person.account]
            return sending.send(tx, office.installation.services.identity_keys, rows)

    assert [send(), send(), send(office.people[0])] == [1, 0, 0]
    with database.read(office.space) as tx:
        assert len(kept.listed(tx, WAITING, 9)) == 1


def test_what_has_run_out_is_sent_to_nobody(office: Office) -> None:
    for one in office.people[:2]:
        at = f"/s/haiphong/people/{one.account}"
        office.owner.post(at, form_at=at, data={"name": "Người", "email": f"{one.account}@example.org"})
    packed, table = office.job(office.ask("zip")), certificates.certificates
    with office.installation.services.database.write(office.space) as tx:
        old = table.c.account_id == uuid.UUID(office.people[0].account)
        tx.run(table.update().where(old).values(until=date(2020, 1, 1)))
        certificate_jobs.ask(tx, replace(packed, id=uuid.uuid4(), kind="send"))

    office.lead()

    with office.installation.services.database.read(office.space) as tx:
        assert [str(one.account_id) for one in kept.listed(tx, WAITING, 9)] == [office.people[1].account]
