"""Attempts: launched, committed to, and turned into statements. A receipt is given for what is on disk, never before."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _

from lrs import record
from lrs.errors import Malformed, NotFound, Trouble
from lrs.record import Source
from lrs.services import services
from packages.courses import playable
from packages.model import Package
from player import datamodel, statements
from player.tokens import Attempt
from storage import attempts, courses
from storage.attempts import AttemptRow, CommitRow
from storage.courses import VersionRow
from storage.database import Tx


class Superseded(Trouble):
    """Another tab or device has taken this attempt over."""

    status = 409
    title = _("This lesson is open somewhere else")
    advice = _("Your progress is kept. Go on in the other window, or open the lesson again here.")


class NotPlayable(Trouble):
    """There is no player yet for what this package is."""

    status = 409
    title = _("This lesson is kept here, but it cannot be opened yet.")


@dataclass(frozen=True, slots=True)
class Commit:
    """What a lesson sends: its session, its number, the values that have no receipt yet, and whether it has ended."""

    session: int
    n: int
    values: dict[str, str]
    finished: bool


def launch(tx: Tx, account_id: UUID, version: VersionRow) -> AttemptRow:
    """Begin an attempt, or a new session of the newest one; an older session may no longer write."""
    if not is_playable(version):
        raise NotPlayable
    there = attempts.newest(tx, account_id, version.id)
    if there is None:
        made = AttemptRow(uuid4(), account_id, version.id, session=1, last_commit=0, values="{}")
        attempts.begin(tx, made, datetime.now(UTC))
        return made
    attempts.begin_session(tx, there.id, there.session + 1)
    return AttemptRow(there.id, account_id, version.id, there.session + 1, 0, there.values)


def parse(body: Any, edition: str) -> Commit:
    """Read a commit; nothing of it is trusted."""
    if not isinstance(body, dict):
        raise Malformed
    session, n, finished = body.get("session"), body.get("n"), body.get("finished", False)
    if type(session) is not int or type(n) is not int or type(finished) is not bool or not 0 < n < 2**31:
        raise Malformed
    try:
        values = datamodel.check(edition, body.get("values", {}))
    except datamodel.ValueRefused as refused:
        element = str(refused)[:100].encode(errors="replace").decode()  # its name may be no text either
        raise Malformed(_("The lesson sent a value that cannot be kept: %(element)s", element=element)) from None
    return Commit(session, n, values, finished)


def commit(tx: Tx, token: Attempt, body: Any) -> int:
    """Keep a commit and say what it means; give back the number the receipt is for."""
    row = attempts.find(tx, token.attempt)
    version = courses.find_version(tx, token.version)
    if row is None or version is None:
        raise NotFound
    said = parse(body, version.edition)
    if row.session != token.session or said.session != token.session:
        raise Superseded
    if said.n <= row.last_commit:
        # Sent twice, or overtaken: a later commit carries all that an earlier one did, but for a text too long for a beacon.
        return said.n
    first = row.last_commit == 0
    before = json.loads(row.values)
    if first:
        before = datamodel.carried(version.edition, before)
    after = before | said.values
    received = CommitRow(said.session, said.n, datetime.now(UTC), json.dumps(asdict(said), ensure_ascii=False))
    attempts.save(tx, row.id, received, json.dumps(after, ensure_ascii=False))
    page = services().config.public_url
    about = statements.About(
        actor=record.actor_of(row.account_id, page),
        attempt=row.id,
        activity=version.activity,
        title=version.title,
        language="und",  # a manifest seldom says in which language its titles are
    )
    step = statements.Step(said.session, said.n, first, said.finished)
    record.append(tx, statements.between(about, step, before, after), _source(page))
    return said.n


def is_playable(version: VersionRow) -> bool:
    """Tell whether there is a player for what a version holds."""
    return playable(package_of(version))


def package_of(version: VersionRow) -> Package:
    """Read the model of a version."""
    return Package.from_json(json.loads(version.model))


def _source(page: str) -> Source:
    authority = {"objectType": "Agent", "account": {"homePage": page, "name": "player"}}
    return Source(authority, record.CLIENT_ASSERTED)
