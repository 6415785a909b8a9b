"""What every request has: its transaction, its space, its answer when something fails. One place for each, so that views need none."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask, Response, current_app, g, has_request_context, jsonify, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from lrs import errors, hosts
from lrs.access import access_of
from lrs.keys import SecretMissing
from lrs.logs import HOST, REQUEST_ID, ROUTE, log
from lrs.services import services
from storage import spaces
from storage.blobs import StoreAway
from storage.database import Tx
from storage.errors import DatabaseAway
from storage.spaces import SpaceRow


class WebApp(Flask):
    """A Flask application whose addresses fit the host they are asked for: on a space's own host its name is left out."""

    def url_for(self, *arguments: Any, **values: Any) -> str:
        """Make an address as it is seen from the current host."""
        address = super().url_for(*arguments, **values)
        found = current_host()
        prefix = f"/s/{found.slug}"
        if found.kind == hosts.SPACE and address.startswith(f"{prefix}/"):
            return address.removeprefix(prefix)
        return address


def current_host() -> hosts.Host:
    """Tell which host the current request came to."""
    nowhere = hosts.Host(hosts.UNKNOWN)
    found: hosts.Host = request.environ.get(HOST, nowhere) if has_request_context() else nowhere
    return found


@contextmanager
def transaction(*, space: int | None = None, writes: bool = True) -> Iterator[Tx]:
    """Open the transaction of a use case, in the space of the request; after the block it is on disk."""
    database = services().database
    if "connection" not in g:
        g.connection = database.connect()
    which = space if space is not None else g.get("space_id")
    opened = database.write(which, g.connection) if writes else database.read(which, g.connection)
    with opened as tx:
        yield tx


def reading(*, space: int | None = None) -> Any:
    """Open a transaction that only reads."""
    return transaction(space=space, writes=False)


def release() -> None:
    """Give the connection back before something long that does not need it."""
    held = g.pop("connection", None)
    if held is not None:
        held.close()


def current_space() -> SpaceRow:
    """Tell which space the request is about."""
    found: SpaceRow = g.space
    return found


def _take_space(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Find the space an address names, before anything else happens in it."""
    if request.url_rule is not None:
        request.environ[ROUTE] = request.url_rule.rule
    slug = values.pop("space", None) if values else None
    if slug is None:
        return
    with reading() as tx:
        found = spaces.find_by_slug(tx, slug)
    if found is None:
        raise errors.NotFound
    g.space, g.space_id = found, found.id


def _give_space(endpoint: str, values: dict[str, Any]) -> None:
    """Fill the space in where an address needs one and the view did not say which."""
    if "space" not in values and "space" in g and current_app.url_map.is_endpoint_expecting(endpoint, "space"):
        values["space"] = g.space.slug


def _refuse_mojibake() -> None:
    """Refuse text that is not UTF-8: silently replaced letters would be kept as somebody's words."""
    raw = request.environ.get("PATH_INFO", "").encode("latin-1", "replace")
    query = unquote_to_bytes(request.environ.get("QUERY_STRING", "").encode("latin-1", "replace"))
    form = b""
    if request.mimetype == "application/x-www-form-urlencoded":
        form = unquote_to_bytes(request.get_data(parse_form_data=False))
    for text in (raw, query, form):
        try:
            text.decode("utf-8")
        except UnicodeDecodeError:
            raise errors.Malformed(lazy_gettext("It holds letters that are not UTF-8.")) from None
    if b"\0" in raw + query + form:
        raise errors.Malformed(lazy_gettext("It holds a NUL character."))


def _keep_to_host() -> None:
    """Close the pages on the machine's own host: no cookie of ours is safe on a bare address."""
    machine = current_host().kind == hosts.MACHINE
    if machine and request.endpoint is not None and not access_of(request.endpoint).machine:
        raise errors.NotFound(lazy_gettext("The pages are at %(address)s", address=services().config.public_url))


def _limit_body() -> None:
    """Set how much this view reads at most; more is a 413 before it is read."""
    config = services().config
    uploads = request.endpoint is not None and access_of(request.endpoint).uploads
    request.max_content_length = config.upload_limit if uploads else config.body_limit
    if request.content_length is not None and request.content_length > request.max_content_length:
        raise errors.TooLarge


def _wants_page() -> bool:
    """Tell a person from a program: programs come with keys, to the machine's host, or ask for JSON."""
    if request.path.startswith("/xapi") or current_host().kind == hosts.MACHINE:
        return False
    accepted = request.accept_mimetypes
    return accepted.best_match(("text/html", "application/json")) != "application/json"


def answer(trouble: errors.Trouble) -> Response:
    """Turn what went wrong into a page for people or problem details for programs."""
    status = HTTPStatus(trouble.status)
    title, detail = str(trouble.title), str(trouble.detail or "")
    if _wants_page():
        response = Response(render_template("error.html", trouble=trouble, title=title, detail=detail), status)
    else:
        problem = {"type": "about:blank", "title": title, "status": status.value}
        if detail:
            problem["detail"] = detail
        if trouble.advice:
            problem["advice"] = str(trouble.advice)
        problem["request"] = request.environ.get(REQUEST_ID, "")
        response = jsonify(problem)
        response.status_code = status
        response.content_type = "application/problem+json"
    if trouble.retry_after is not None:
        response.headers["Retry-After"] = str(trouble.retry_after)
    if status == HTTPStatus.UNAUTHORIZED and not _wants_page():
        response.headers["WWW-Authenticate"] = 'Basic realm="xAPI"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _on_http(error: HTTPException) -> Response:
    """Answer what the framework itself refuses."""
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        passed: Response = error.get_response()  # type: ignore[assignment]
        return passed
    known: dict[int, type[errors.Trouble]] = {400: errors.Malformed, 404: errors.NotFound, 413: errors.TooLarge}
    if error.code in known:
        return answer(known[error.code]())
    trouble = errors.Trouble()
    response = answer(trouble)
    response.status_code = error.code
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _on_away(error: Exception) -> Response:
    """Answer that a part does not answer: nothing was acknowledged, so nothing is lost."""
    log("away", level="error", part=type(error).__name__, says=str(error))
    release()
    return answer(errors.Away())


def _on_bug(error: Exception) -> Response:
    """Answer our own mistake; the log gets the place, and nothing of what was sent."""
    frames = traceback.extract_tb(error.__traceback__)
    log(
        "bug",
        level="error",
        kind=type(error).__name__,
        where=[f"{f.filename}:{f.lineno} {f.name}" for f in frames[-12:]],
    )
    bug = errors.Trouble(_("This is our mistake, not yours. It has been noted; please try again later."))
    response = answer(bug)
    response.status_code = HTTPStatus.INTERNAL_SERVER_ERROR
    return response


def init_app(app: Flask) -> None:
    """Give an application transactions, spaces and answers."""
    app.url_value_preprocessor(_take_space)
    app.url_defaults(_give_space)
    app.before_request(_keep_to_host)
    app.before_request(_limit_body)
    app.before_request(_refuse_mojibake)
    app.teardown_appcontext(lambda _error: release())
    app.register_error_handler(errors.Trouble, answer)
    app.register_error_handler(RequestEntityTooLarge, lambda _error: answer(errors.TooLarge()))
    app.register_error_handler(HTTPException, _on_http)
    for away in (DatabaseAway, StoreAway, SecretMissing):
        app.register_error_handler(away, _on_away)
    app.register_error_handler(Exception, _on_bug)
