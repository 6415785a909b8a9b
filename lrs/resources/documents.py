"""The resources that keep documents (xAPI Communication 2.2, 2.3, 2.6, 2.7): State, Agent Profile, Activity Profile."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from lrs.access import PROGRAM, allow, caller
from lrs.errors import NotFound
from lrs.resources import bounds, kinds
from lrs.resources.blueprint import xapi
from lrs.resources.bodies import body
from lrs.resources.kinds import KINDS, READS, UNNAMED_TYPE, Asked, Kind
from lrs.resources.short_way import fail_as_before
from lrs.resources.versions import version
from lrs.web import reading, transaction
from lrs.xapi import documents as rules
from lrs.xapi import parameters
from lrs.xapi.documents import Method, Precondition, Resource
from storage import documents
from storage.database import Tx
from storage.documents import Document


def _asked(kind: Kind, *more: str) -> Asked:
    found = kinds.read(kind, request.args.items(multi=True), version(), *more)
    bounds.check_place(caller(), found.place, request.method)
    return found


def _one(kind: Kind) -> Asked:
    found = _asked(kind)
    if found.id is None:
        parameters.required({}, kind.id)
    return found


def _precondition() -> Precondition:
    return Precondition(request.headers.get("If-Match"), request.headers.get("If-None-Match"))


def _get(kind: Kind) -> ResponseReturnValue:
    """Give a document, or the ids of those that are there."""
    asked = _asked(kind, "since")
    with reading() as tx:
        if asked.id is None:
            return _ids(documents.ids(tx, asked.place, asked.since))
        found = documents.find(tx, asked.place, asked.id)
    if found is None:
        raise NotFound
    response = Response(found.content, content_type=found.content_type)
    response.headers["ETag"] = found.etag
    response.last_modified = found.updated
    return response


def _ids(found: list[tuple[str, datetime]]) -> Response:
    # The same id may stand under several registrations, where none is asked for.
    response = jsonify(list(dict.fromkeys(name for name, _ in found)))
    response.headers["ETag"] = rules.etag(response.get_data())
    if found:
        response.last_modified = max(updated for _, updated in found)
    return response


def _put(kind: Kind) -> ResponseReturnValue:
    """Write a document over whatever is there, as far as the request expects it."""
    asked, content = _one(kind), body()
    kind_of_content = request.content_type or UNNAMED_TYPE
    return _changed(kind, Method.PUT, asked, lambda tx, there: _write(tx, asked, content, kind_of_content, there))


def _post(kind: Kind) -> ResponseReturnValue:
    """Write a document, or merge it into the one that is there."""
    asked, content = _one(kind), body()
    kind_of_content = request.content_type or UNNAMED_TYPE
    rules.check_posted(content, kind_of_content)

    def merge(tx: Tx, there: Document | None) -> bool:
        merged = content
        if there is not None:
            merged = rules.merge(there.content, there.content_type, content, kind_of_content)
        return _write(tx, asked, merged, kind_of_content, there)

    return _changed(kind, Method.POST, asked, merge)


def _delete(kind: Kind) -> ResponseReturnValue:
    """Remove a document; of states, all of a place."""
    asked = _asked(kind) if kind.resource is Resource.STATE else _one(kind)
    name = asked.id
    if name is not None:
        return _changed(
            kind,
            Method.DELETE,
            asked,
            lambda tx, there: there is None or documents.remove(tx, asked.place, name, there.etag),
        )
    with transaction() as tx:
        documents.remove_all(tx, asked.place)
    return "", 204


def _changed(
    kind: Kind, method: Method, asked: Asked, change: Callable[[Tx, Document | None], bool]
) -> ResponseReturnValue:
    """Look what is there, check what the request expects of it, and change just that: whoever was not quick enough looks again."""
    with transaction() as tx:
        while True:
            there = documents.find(tx, asked.place, asked.id or "")
            rules.check(method, kind.resource, version(), None if there is None else there.etag, _precondition())
            if change(tx, there):
                return "", 204


def _write(tx: Tx, asked: Asked, content: bytes, content_type: str, there: Document | None) -> bool:
    made = Document(asked.id or "", content, content_type, rules.etag(content), datetime.now(UTC))
    return documents.put(tx, asked.place, made, None if there is None else there.etag)


def _add_routes(kind: Kind) -> None:
    """Give a resource its four methods."""
    views: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
        ("GET", _get, (kind.scope, READS)),
        ("PUT", _put, (kind.scope,)),
        ("POST", _post, (kind.scope,)),
        ("DELETE", _delete, (kind.scope,)),
    )
    for method, act, scopes in views:

        def view(act: Any = act) -> ResponseReturnValue:
            fail_as_before()
            answer: ResponseReturnValue = act(kind)
            return answer

        view.__doc__ = act.__doc__
        name = f"{method.lower()}_{kind.resource.name.lower()}"
        xapi.add_url_rule(kind.address, name, allow(PROGRAM, scopes=scopes)(view), methods=[method])


for _kind in KINDS:
    _add_routes(_kind)
