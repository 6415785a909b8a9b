"""The Statements resource (xAPI Communication 2.1): written by POST and PUT, read by GET with filters, whole or a page at a time."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from lrs import record
from lrs.access import PROGRAM, allow, caller
from lrs.errors import NotFound
from lrs.resources import answers, bounds, cursors, parcels
from lrs.resources.blueprint import xapi
from lrs.resources.short_way import fail_as_before
from lrs.resources.versions import version
from lrs.services import services
from lrs.web import connection, reading, release
from lrs.xapi import identifiers, parameters, query
from lrs.xapi.actors import key
from lrs.xapi.errors import Conflict, Otherwise
from lrs.xapi.query import StatementQuery
from lrs.xapi.statement import check_id
from lrs.xapi.values import written
from storage.consistency import whole_until
from storage.database import Tx
from storage.search import Place, Wanted, find, search

MOST = 500
"""Statements in one answer: what a limit of 0, or none, stands for too (2.1.3)."""
CONSISTENT = "X-Experience-API-Consistent-Through"

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_WRITERS = ("statements/write",)
_READERS = ("statements/read", "statements/read/mine", "all/read")
_EVERYBODYS = frozenset({"statements/read", "all/read", "all"})


@xapi.put("/statements")
@allow(PROGRAM, scopes=_WRITERS, attachments=True)
def put() -> ResponseReturnValue:
    """Keep one statement under the id that the address names."""
    given = parameters.only(request.args.items(multi=True), frozenset({"statementId"}))
    wanted = parameters.uuid("statementId", parameters.required(given, "statementId"))
    release()  # the line may be slow
    with parcels.opened(version(), one=True) as parcel:
        check_id(parcel.statements[0], wanted)
        _keep(parcel, [wanted])
    return "", 204


@xapi.post("/statements")
@allow(PROGRAM, scopes=_WRITERS, attachments=True)
def post() -> ResponseReturnValue:
    """Keep one statement or a batch, all or nothing, and name their ids."""
    parameters.only(request.args.items(multi=True), frozenset())
    try:
        fail_as_before()
    except Otherwise as other:
        raise _told(other) from None
    release()  # the line may be slow
    with parcels.opened(version()) as parcel:
        return [str(kept) for kept in _keep(parcel)]


def _keep(parcel: parcels.Parcel, ids: list[UUID] | None = None) -> list[UUID]:
    who = caller()
    bounds.check_statements(who, parcel.statements)
    source = record.source_of(who, services().config.public_url)
    delivery = record.prepare(parcel.statements, source, ids)
    try:
        if parcel.spool:
            _check_before_storing(delivery)
        with parcel.unpacked(who.space_id or 0):
            services().gathering.keep(who.space_id or 0, delivery)
    except Otherwise as other:
        raise _told(other) from None
    return delivery.ids


def _check_before_storing(delivery: record.Delivery) -> None:
    """Refuse what the log would refuse, while nothing lies in the object store that no statement names."""
    with reading() as tx:
        record.check_same(tx, delivery.said)
    release()  # the object store may take its time


def _told(other: Otherwise) -> Conflict:
    """Say what differs to a key that may read the statement that is there, and to others that it differs."""
    own = other.credential_id == caller().credential_id and "statements/read/mine" in caller().scopes
    may_read = own or caller().scopes & _EVERYBODYS
    return Conflict(f"{other}: {other.difference}" if may_read and other.difference else str(other))


@xapi.get("/statements")
@allow(PROGRAM, scopes=_READERS)
def read() -> ResponseReturnValue:
    """Give one statement, or a page of those that pass the filters and where the next one is."""
    g.whole_until = whole_until(services().database, caller().space_id or 0, connection())
    pairs = list(request.args.items(multi=True))
    cursor, rest = cursors.read(pairs)
    wanted = query.parse(rest, version())
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


def _page(tx: Tx, wanted: StatementQuery, cursor: Place | None, show: answers.Show) -> Response:
    limit = min(wanted.limit or MOST, MOST)
    hits = search(tx, _filters(wanted, limit + 1, cursor))
    more = cursors.more(hits[limit - 1].place) if len(hits) > limit else ""
    shown = hits[:limit]
    response = show.page(tx, [hit.payload for hit in shown], more)
    if shown:
        response.last_modified = max(shown[0].stored, shown[-1].stored)
    return response


def _filters(wanted: StatementQuery, limit: int, cursor: Place | None) -> Wanted:
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
        until=_until(wanted),
        credential_id=None if caller().scopes & _EVERYBODYS else caller().credential_id,
    )


def _until(wanted: StatementQuery) -> datetime | None:
    """Stop where the log is whole, going forward: a statement that appears late must not have been passed by."""
    whole: datetime = g.whole_until
    if not wanted.ascending:
        return wanted.until
    return min(wanted.until or whole, whole)


def _key(iri: str | None) -> str | None:
    return None if iri is None else identifiers.key(iri)


def _may_see(credential_id: UUID | None) -> bool:
    return bool(caller().scopes & _EVERYBODYS) or credential_id == caller().credential_id
