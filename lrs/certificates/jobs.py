"""What is done to many certificates, a slice at a time, by whoever leads the followers (docs/certificates-sending.md)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask, g

from lrs.certificates import bundle, sending
from lrs.certificates.bundle import Bundle, Maker
from lrs.certificates.drawing import NotSigned, ready
from lrs.certificates.issuing import expired
from lrs.certificates.proofs import prove
from lrs.certificates.takings import Place, Wanted
from lrs.services import Services
from storage import certificate_jobs, spaces
from storage.certificate_jobs import GIVE, PDF, SEND, ZIP, JobRow
from storage.database import Database, Tx

KEPT = timedelta(days=1)
"""How long what is ready waits to be taken."""

CLAIMED = timedelta(minutes=1)
"""So long nobody else touches a file of which somebody makes the next part."""

_PAUSE = timedelta(minutes=1)
"""How long a job rests that cannot go on, for want of a key or because of a mistake."""

_LETTERS = 100

Step = Callable[[Tx, Services, JobRow], JobRow]
"""Does a slice that is only rows, and says how far the job has come."""


class PaperJobs:
    """Go on with the jobs of a space, the shortest first, and take away what nobody fetched."""

    name = "certificates"

    def __init__(self, app: Flask, parts: Services, give: Step) -> None:
        self._app = app
        self._parts = parts
        self._in_one = {GIVE: give, SEND: _send}

    def spaces(self, tx: Tx) -> list[int]:
        """Name the spaces in which there is something to do; asked before any space is set."""
        return certificate_jobs.spaces(tx, datetime.now(UTC))

    def work(self, database: Database, space: int) -> int:
        """Do a slice; say whether there was one."""
        with database.read(space) as tx:
            job = certificate_jobs.next_due(tx, datetime.now(UTC))
        if job is None:
            return 0
        if job.finished is not None:
            Bundle(self._parts, space, job).remove()
            with database.write(space) as tx:
                certificate_jobs.remove(tx, job.id)
        elif job.kind in self._in_one:
            self._in_rows(database, space, job)
        else:
            self._drawn(database, space, job)
        return 1

    def _in_rows(self, database: Database, space: int, job: JobRow) -> None:
        """Do a slice that is only rows; where it fails, others go first for a while."""
        try:
            with database.write(space) as tx:
                certificate_jobs.move(tx, _moved(self._in_one[job.kind](tx, self._parts, job)), job)
        except Exception:
            with database.write(space) as tx:
                certificate_jobs.move(tx, replace(job, due=datetime.now(UTC) + _PAUSE), job)
            raise

    def _drawn(self, database: Database, space: int, job: JobRow) -> None:
        """Make a part of a file, which nobody else makes meanwhile; no transaction is open while it is drawn."""
        claimed = replace(job, due=datetime.now(UTC) + CLAIMED, began=job.began or datetime.now(UTC))
        with database.write(space) as tx:
            if not certificate_jobs.move(tx, claimed, job):
                return
            found = spaces.own(tx)
        with self._app.app_context():
            g.space = found  # what is signed names the space
            try:
                if job.kind == ZIP:
                    ready(self._parts)
                made = Bundle(self._parts, space, claimed)
                moved = _moved(Maker(database, made, Wanted.loads(job.wanted), prove).step())
            except NotSigned:
                moved = replace(claimed, stopped="key", due=datetime.now(UTC) + _PAUSE)
        with database.write(space) as tx:
            ours = certificate_jobs.move(tx, moved, claimed)
        if ours:  # else somebody else makes this part by now, of the note before it
            Bundle(self._parts, space, claimed).tidy()


def _moved(job: JobRow) -> JobRow:
    """Say when somebody has to look at a job again: at once, or, if it has come to its end, to take it away."""
    now = datetime.now(UTC)
    began = job.began or now
    if job.after is None:
        return replace(job, began=began, due=now + KEPT, finished=now, stopped=None, seen=job.total)
    return replace(job, began=began, due=now, stopped=None)


def _send(tx: Tx, parts: Services, job: JobRow) -> JobRow:
    """Send some certificates that were not sent yet."""
    wanted = Wanted.loads(job.wanted)
    rows, place = bundle.following(tx, wanted, Place.loads(job.after), _LETTERS)
    if not rows:
        return replace(job, after=None)
    today = datetime.now(ZoneInfo(spaces.own(tx).settings.zone)).date()
    hold = [row for row in rows if not expired(row, today)]  # nobody is glad of a letter about one that has run out
    sent = sending.send(tx, parts.identity_keys, hold, actor=job.actor_id)
    seen = min(job.seen + len(rows), job.total)
    return replace(job, after=place.dumps(), seen=seen, made=job.made + sent)


FILES = frozenset({ZIP, PDF})
