"""The Statements resource (xAPI Communication 2.1): written by POST and PUT, read by GET with filters, whole or a page at a time."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs import record
from lrs.access import PROGRAM, allow, caller
from lrs.errors import Malformed, NotFound
from lrs.resources import answers, bounds, parcels
from lrs.resources.blueprint import xapi
from lrs.resources.versions import version
from lrs.services import services
from lrs.web import reading, release
from lrs.xapi import identifiers, parameters, query
from lrs.xapi.actors import key
from lrs.xapi.query import StatementQuery
from lrs.xapi.statement import check_id
from lrs.xapi.values import written
from storage.consistency import whole_until
from storage.database import Tx
from storage.search import Wanted, find, search

MOST = 500
"""Statements in one answer: what a limit of 0, or none, stands for too (2.1.3)."""
CURSOR = "cursor"
CONSISTENT = "X-Experience-API-Consistent-Through"

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = 18
_WRITERS = ("statements/write",)
_READERS = ("statements/read", "statements/read/mine", "all/read")
_EVERYBODYS = frozenset({"statements/read", "all/read", "all"})


@xapi.put("/statements")
@allow(PROGRAM, scopes=_WRITERS)
def put() -> ResponseReturnValue:
    """Keep one statement under the id that the address names."""
    given = parameters.only(request.args.items(multi=True), frozenset({"statementId"}))
    wanted = parameters.uuid("statementId", parameters.required(given, "statementId"))
    parcel = parcels.read(version(), one=True)
    check_id(parcel.statements[0], wanted)
    _keep(parcel, [wanted])
    return "", 204


@xapi.post("/statements")
@allow(PROGRAM, scopes=_WRITERS)
def post() -> ResponseReturnValue:
    """Keep one statement or a batch, all or nothing, and name their ids."""
    parameters.only(request.args.items(multi=True), frozenset())
    parcel = parcels.read(version())
    return [str(kept) for kept in _keep(parcel)]


def _keep(parcel: parcels.Parcel, ids: list[UUID] | None = None) -> list[UUID]:
    who = caller()
    bounds.check_statements(who, parcel.statements)
    release()  # the object store may take its time
    parcel.unpack(who.space_id or 0)
    source = record.source_of(who, services().config.public_url)
    delivery = record.prepare(parcel.statements, source, ids)
    services().gathering.keep(who.space_id or 0, delivery)
    return delivery.ids


@xapi.get("/statements")
@allow(PROGRAM, scopes=_READERS)
def read() -> ResponseReturnValue:
    """Give one statement, or a page of those that pass the filters and where the next one is."""
    with reading() as tx:
        g.whole_until = whole_until(services().database, tx)
    pairs = list(request.args.items(multi=True))
    cursor = _cursor(pairs)
    wanted = query.parse([pair for pair in pairs if pair[0] != CURSOR], version())
    with reading() as tx:
        show = answers.Show(wanted, request.headers.get("Accept-Language"))
        return _one(tx, wanted, show) if wanted.single else _page(tx, wanted, cursor, show)


def say_until_when(response: Response) -> Response:
    """Say with every answer, a refusal too, until when the log was whole (2.1.3); who was refused at the door learns nothing."""
    if request.endpoint == "xapi.read":
        response.headers[CONSISTENT] = written(g.get("whole_until", _BEGINNING))
    return response


def _one(tx: Tx, wanted: StatementQuery, show: answers.Show) -> Response:
    """Give a statement that is not voided, or one that is, as the parameter's name says."""
    asked = wanted.single
    found = find(tx, asked) if asked is not None else None
    if found is None or found.voided != (wanted.voided_statement_id is not None) or not _may_see(found.credential_id):
        raise NotFound
    response = show.one(tx, found.payload)
    response.last_modified = found.stored
    return response


def _page(tx: Tx, wanted: StatementQuery, cursor: int | None, show: answers.Show) -> Response:
    limit = min(wanted.limit or MOST, MOST)
    hits = search(tx, _filters(wanted, limit + 1, cursor))
    more = _more(hits[limit - 1].seq) if len(hits) > limit else ""
    response = show.page(tx, [hit.payload for hit in hits[:limit]], more)
    if hits:
        response.last_modified = max(hit.stored for hit in hits[:limit])
    return response


def _filters(wanted: StatementQuery, limit: int, cursor: int | None) -> Wanted:
    return Wanted(
        limit=limit,
        ascending=wanted.ascending,
        cursor=cursor,
        agent=None if wanted.agent is None else key(wanted.agent),
        related_agents=wanted.related_agents,
        verb=_key(wanted.verb),
        activity=_key(wanted.activity),
        related_activities=wanted.related_activities,
        registration=wanted.registration,
        since=wanted.since,
        until=wanted.until,
        credential_id=None if caller().scopes & _EVERYBODYS else caller().credential_id,
    )


def _key(iri: str | None) -> str | None:
    return None if iri is None else identifiers.key(iri)


def _may_see(credential_id: UUID | None) -> bool:
    return bool(caller().scopes & _EVERYBODYS) or credential_id == caller().credential_id


def _cursor(pairs: Iterable[tuple[str, str]]) -> int | None:
    given = [value for name, value in pairs if name == CURSOR]
    if not given:
        return None
    if len(given) > 1 or not given[0].isdigit() or len(given[0]) > _DIGITS:
        raise Malformed(_("This is no place to go on from: take the address in `more` as it is."))
    return int(given[0])


def _more(seq: int) -> str:
    """Write the address of the next page: the same question, from a place on."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != CURSOR]
    return f"{url_for('xapi.read')}?{urlencode([*pairs, (CURSOR, seq)])}"
