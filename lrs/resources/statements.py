"""Reading the record with a key: newest first, one by its id or a page at a time. Writing and the filters are not here yet."""

from uuid import UUID

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import PROGRAM, allow
from lrs.errors import Malformed, NotFound
from lrs.record import VERSION
from lrs.resources.blueprint import xapi
from lrs.web import reading
from storage import statements

PAGE = 100


@xapi.get("/statements")
@allow(PROGRAM, scopes=("statements/read", "all/read"))
def read() -> ResponseReturnValue:
    """Give one statement, or a page of them and where the next one is."""
    wanted, limit, before = _query()
    with reading() as tx:
        if wanted is not None:
            found = statements.find(tx, wanted)
            if found is None:
                raise NotFound
            return _json(found.payload)
        rows = statements.latest(tx, limit + 1, before)
    page = rows[:limit]
    more = url_for("xapi.read", limit=limit, before=page[-1][0]) if len(rows) > limit else ""
    # The texts are joined as they are kept: nothing of a statement is rewritten on its way out.
    return _json(f'{{"statements":[{",".join(row.payload for _, row in page)}],"more":"{more}"}}')


def _query() -> tuple[UUID | None, int, int | None]:
    unknown = set(request.args) - {"statementId", "limit", "before"}
    if unknown:
        raise Malformed(f"unknown parameter: {min(unknown)}")
    try:
        wanted = UUID(request.args["statementId"]) if "statementId" in request.args else None
        limit = int(request.args.get("limit", PAGE))
        before = int(request.args["before"]) if "before" in request.args else None
    except ValueError:
        raise Malformed from None
    if not limit >= 0 or (before is not None and not 0 <= before < 2**63):
        raise Malformed
    return wanted, min(limit, PAGE) or PAGE, before


def _json(text: str) -> Response:
    return Response(text, mimetype="application/json", headers={"X-Experience-API-Version": VERSION})
