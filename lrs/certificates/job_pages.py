"""What is done to many certificates, as whoever asked for it sees it: how far it is, how long it takes, and the file when it is ready."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext, ngettext
from flask_babel import gettext as _
from werkzeug.http import parse_range_header

from lrs import days
from lrs.access import allow, caller
from lrs.amounts import number, size
from lrs.certificates import asking
from lrs.certificates.asking import Asked
from lrs.certificates.bundle import Bundle
from lrs.certificates.drawing import ready
from lrs.certificates.jobs import FILES, KEPT
from lrs.errors import Malformed, Trouble
from lrs.people import audit, letters
from lrs.people.roles import KEEPERS
from lrs.people.units import Units
from lrs.people.units_pages import unit_in
from lrs.services import services
from lrs.web import current_space, reading, release, transaction
from storage import certificate_jobs
from storage.blobs import Blob, Blobs, Range
from storage.certificate_jobs import GIVE, PDF, SEND, ZIP, JobRow
from storage.certificate_lists import Taking
from storage.certificates import OF_NO_UNIT
from storage.database import Tx

pages = Blueprint("certificate_jobs", __name__)

PER_MINUTE = {ZIP: 300, PDF: 900, GIVE: 20_000, SEND: 6_000}
"""What a machine of two cores does at least, while others learn: for the words before a job has a speed of its own."""

_TYPES = {ZIP: "application/zip", PDF: "application/pdf"}

WHAT: dict[str, LazyString] = {
    ZIP: lazy_gettext("A zip of certificates"),
    PDF: lazy_gettext("A file to print"),
    GIVE: lazy_gettext("Certificates for those who completed before"),
    SEND: lazy_gettext("E-mails with certificates"),
}


class JobOver(Trouble):
    """A job was taken away, or never was."""

    status = 410
    title = lazy_gettext("This is not here any more")
    advice = lazy_gettext("What is made is kept for a day. Ask for it once more on the page of certificates.")


@dataclass(frozen=True, slots=True)
class Shown:
    """How far a job is, in words."""

    job: JobRow
    before: int
    size: int = 0

    @property
    def words(self) -> str:
        """Say how many of how many."""
        said: str = _("%(seen)s of %(all)s", seen=number(self.job.seen), all=number(self.job.total))
        return said

    @property
    def left(self) -> str:
        """Say honestly how long it takes: by its own speed so far."""
        minutes = -(-int(self.seconds) // 60)
        if minutes <= 1:
            return str(_("Less than a minute more."))
        said: str = ngettext("About %(num)s minute more.", "About %(num)s minutes more.", minutes)
        return said

    @property
    def seconds(self) -> float:
        """Reckon how long it takes, by its own speed so far, and what stands before it."""
        job, usual = self.job, 60 / PER_MINUTE[self.job.kind]
        speed = usual
        if job.began is not None and job.seen:
            speed = (datetime.now(UTC) - job.began).total_seconds() / job.seen
        return speed * (job.total - job.seen) + usual * self.before


@pages.post("/s/<space>/certificates/jobs")
@allow(*KEEPERS)
def ask() -> ResponseReturnValue:
    """Ask for a file, for e-mails, or that those get a certificate who completed before; lead to the page that says how far it is."""
    kind, rule_id, unit = request.form.get("kind", ""), unit_in(request.form, "rule"), unit_in(request.form, "unit")
    year = asking.year_in(request.form)
    if kind not in WHAT or (kind == GIVE and rule_id is None) or (kind == SEND and not letters.offered()):
        raise Malformed
    if kind == ZIP:
        ready(services())  # what cannot be signed is said before anything begins
    with transaction() as tx:
        asked = Asked(kind, _title(tx, kind, rule_id, unit, year), caller().account_id)
        if kind == GIVE and rule_id is not None:
            job_id = asking.ask_to_give(tx, asked, rule_id)
        else:
            job_id = asking.ask(tx, asked, Taking(rule_id, year), asking.inside(tx, unit, year, days.today()))
    return redirect(url_for("certificate_jobs.one", job_id=job_id), 303)


@pages.get("/s/<space>/certificates/jobs/<uuid:job_id>")
@allow(*KEEPERS)
def one(job_id: UUID) -> ResponseReturnValue:
    """Show how far something is, and give the file when it is ready."""
    shown = _shown(job_id)
    return render_template(
        "certificate_job.html",
        space=current_space(),
        shown=shown,
        job=shown.job,
        what=WHAT[shown.job.kind],
        file=shown.job.kind in FILES,
        weight=size(shown.size),
        until=shown.job.finished and shown.job.finished + KEPT,
    )


@pages.get("/s/<space>/certificates/jobs/<uuid:job_id>.json")
@allow(*KEEPERS)
def state(job_id: UUID) -> ResponseReturnValue:
    """Tell a script how far something is."""
    shown = _shown(job_id)
    job = shown.job
    return jsonify(
        seen=job.seen,
        total=job.total,
        words=shown.words,
        left=shown.left,
        stopped=job.stopped or "",
        finished=job.finished is not None,
    )


@pages.get("/s/<space>/certificates/jobs/<uuid:job_id>/file")
@allow(*KEEPERS)
def file(job_id: UUID) -> ResponseReturnValue:
    """Give a file that is ready: all of it, or the rest of it from a byte on, to whoever lost the line."""
    job = _job(job_id)
    if job.finished is None or job.kind not in FILES:
        raise JobOver
    parts = Bundle(services(), current_space().id, job).made()
    whole = sum(part.size for part in parts)
    wanted = _rest(whole, tag := f'"{job.id}"')
    start, stop = wanted or (0, whole)
    if start >= whole:
        return Response(status=416, headers={"Content-Range": f"bytes */{whole}"})
    if not start:
        with transaction() as tx:
            audit.note(tx, caller().account_id, audit.PAPERS_TAKEN, kind=job.kind, rows=job.made)
    release()  # what follows is long, and needs no database
    answer = Response(_sent(services().blobs, parts, start, stop), 206 if wanted else 200, mimetype=_TYPES[job.kind])
    answer.headers["Content-Length"] = str(stop - start)
    answer.headers["Accept-Ranges"], answer.headers["ETag"] = "bytes", tag
    if wanted:
        answer.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{whole}"
    name = f"certificates-{job.asked.date().isoformat()}.{job.kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rest(size: int, tag: str) -> tuple[int, int] | None:
    """Read which bytes are asked for; several ranges and nonsense mean the whole, as the standard allows (RFC 9110, 14.2)."""
    field = parse_range_header(request.headers.get("Range"))
    if request.headers.get("If-Range", tag) != tag:
        return None
    if field is None or field.units != "bytes" or len(field.ranges) != 1:
        return None
    first, stop = field.ranges[0]
    return max(size + first, 0) if first < 0 else first, size if stop is None else min(stop, size)


def _sent(blobs: Blobs, parts: list[Blob], start: int, stop: int) -> Iterator[bytes]:
    """Give the bytes of parts that follow one another, from a place to a place."""
    at = 0
    for part in parts:
        first, last = max(start - at, 0), min(stop - at, part.size)
        if first < last:
            with blobs.get(part.key, Range(first, last - 1)) as piece:
                yield from piece
        at += part.size


def _title(tx: Tx, kind: str, rule_id: UUID | None, unit: UUID | None, year: int | None) -> str:
    """Say what is wanted, in the language of who wants it."""
    said = [asking.called(tx, rule_id) if rule_id else str(_("all courses"))]
    if unit is not None:
        said.append(str(_("in no unit")) if unit == OF_NO_UNIT else Units(tx).find(unit).name)
    title = ", ".join([*said, *([str(year)] if year else [])])
    return str(_("%(title)s: copies to print, without signatures", title=title)) if kind == PDF else title


def _job(job_id: UUID) -> JobRow:
    with reading() as tx:
        job = certificate_jobs.find(tx, job_id)
    if job is None:
        raise JobOver
    return job


def _shown(job_id: UUID) -> Shown:
    with reading() as tx:
        job = certificate_jobs.find(tx, job_id)
        before = 0 if job is None or job.finished else certificate_jobs.before(tx, job)
    if job is None:
        raise JobOver
    ready = job.finished is not None and job.kind in FILES
    parts = Bundle(services(), current_space().id, job).made() if ready else []
    return Shown(job, before, sum(part.size for part in parts))
