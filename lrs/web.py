"""What every request has: its transaction, its space, its answer when something fails. One place for each, so that views need none."""

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import IO, Any
from urllib.parse import unquote_to_bytes, urlencode

from flask import (
    Flask,
    Request,
    Response,
    current_app,
    g,
    has_request_context,
    jsonify,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from lrs import access, errors, hosts
from lrs.body import Body
from lrs.config import Config
from lrs.keys import SecretMissing
from lrs.logs import HOST, REQUEST_ID, ROUTE, log, place
from lrs.routing import LateRule
from lrs.services import services
from storage import spaces
from storage.blobs import StoreAway, StoreFull
from storage.database import Connection, Tx
from storage.errors import DatabaseAway
from storage.spaces import SpaceRow

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_AWAY = _FULL | {errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
"""What a disk or a system says when it is full, worn out or read-only: somebody mends that, and nobody lost anything."""

_MOST_PARTS = 8
"""Parts of a form that brings a file: each file among them takes one of the process's own."""


class WebRequest(Request):
    """A request whose files wait in quarantine, not in the system's folder for what is temporary: that may be small, or memory."""

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self._opened: list[IO[bytes]] = []

    def _get_file_stream(self, *_sizes: object, **_more: object) -> IO[bytes]:
        self._opened.append(services().quarantine.file())
        return self._opened[-1]

    def close(self) -> None:
        """Let go of the files, also of one that a full disk cut short: its form was never read to its end."""
        super().close()
        for file in self._opened:
            with suppress(OSError):  # what could not be written before cannot be written now
                file.close()


class WebApp(Flask):
    """A Flask application whose addresses fit the host they are asked for: on a space's own host its name is left out."""

    request_class = WebRequest
    url_rule_class = LateRule

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's default provider: people read its answers too

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Call views as they are: none of ours is asynchronous, and to look each time took a thirtieth of a request."""
        return func

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


def on_own_host() -> bool:
    """Tell whether the current request came to a space's own host."""
    return current_host().kind == hosts.SPACE


def connection() -> Connection:
    """Hold the connection of the request."""
    if "connection" not in g:
        g.connection = services().database.connect()
    held: Connection = g.connection
    return held


@contextmanager
def transaction(*, space: int | None = None, writes: bool = True) -> Iterator[Tx]:
    """Open the transaction of a use case, in the space of the request; after the block it is on disk."""
    database, held = services().database, connection()
    which = space if space is not None else g.get("space_id")
    opened = database.write(which, held) if writes else database.read(which, held)
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


def _name_route() -> None:
    """Tell the log which route was asked for."""
    if request.url_rule is not None:
        request.environ[ROUTE] = request.url_rule.rule


def _take_space() -> None:
    """Find the space an address names, before anything else happens in it; the page that says that nothing is there is one of it too."""
    nowhere = request.endpoint is None
    slug = _named_by_path() if nowhere else (request.view_args or {}).pop("space", None)
    if slug is None:
        return
    with reading() as tx:
        found = spaces.find_by_slug(tx, slug)
    if found is None:
        if nowhere:
            return
        raise errors.NotFound
    g.space, g.space_id = found, found.id


def _named_by_path() -> str | None:
    """Tell which space an address is in that leads nowhere."""
    found = re.match(r"/s/([^/]+)/", request.path)
    return found[1] if found and current_host().kind in {hosts.APP, hosts.SPACE} else None


def take_own_space() -> None:
    """Find the space that a program's key selects, for a view that needs more of it than its number."""
    with reading() as tx:
        g.space = spaces.own(tx)


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
    if machine and request.endpoint is not None and not access.access_of(request.endpoint).machine:
        raise errors.NotFound(lazy_gettext("The pages are at %(address)s", address=services().config.public_url))


def _limit_body() -> None:
    """Set how much this view reads at most; more is a 413 before it is read."""
    if _asks().uploads:
        if request.mimetype == "application/x-www-form-urlencoded":
            raise errors.NotAFile  # it would be read into memory, as all such forms are
        request.max_form_parts = _MOST_PARTS
    most = _most(services().config)
    announced = request.content_length
    if announced is not None and announced > most:
        raise errors.TooLarge
    request.environ["wsgi.input"] = Body(request.environ["wsgi.input"], most, announced)
    # Werkzeug stops at its limit without a word: it has to ask for the one byte too many, at which Body raises.
    request.max_content_length = most + 1


def _asks() -> access.Access:
    return access.Access(frozenset()) if request.endpoint is None else access.access_of(request.endpoint)


def _most(config: Config) -> int:
    asks = _asks()
    if asks.uploads:
        return config.upload_limit
    attached = asks.attachments and request.mimetype == "multipart/mixed"
    return config.body_limit + config.attachment_limit if attached else config.body_limit


def _for_program() -> bool:
    """Tell a program from a person: programs come with keys, to the machine's host, or ask for JSON; so do a lesson's scripts."""
    kind = current_host().kind
    if request.path.startswith(("/xapi", "/api/")) or kind == hosts.MACHINE:
        return True
    accepted = request.accept_mimetypes
    if kind == hosts.CONTENT and "text/html" not in [name for name, _quality in accepted]:
        return True
    return accepted.best_match(("text/html", "application/json")) == "application/json"


def answer(trouble: errors.Trouble, status: int | None = None) -> Response:
    """Turn what went wrong into a page for people or problem details for programs; a content host has no pages, only words."""
    status = trouble.status if status is None else status
    program = _for_program()
    if program:
        response = _problem(trouble, status)
    elif current_host().kind == hosts.CONTENT:
        response = Response("\n".join(_words(trouble)) + "\n", status, mimetype="text/plain")
    else:
        response = Response(_page(trouble), status)
    if trouble.retry_after is not None:
        response.headers["Retry-After"] = str(trouble.retry_after)
    if status == HTTPStatus.UNAUTHORIZED and program:
        response.headers["WWW-Authenticate"] = 'Basic realm="Hai Dang"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _say(text: object) -> str:
    """Write what is said so that it can be sent: it may repeat half a letter that JSON let in."""
    return str(text).encode("utf-8", "replace").decode("utf-8") if text else ""


def _words(trouble: errors.Trouble) -> list[str]:
    return [_say(text) for text in (trouble.title, trouble.detail, trouble.advice) if text]


def _page(trouble: errors.Trouble) -> str:
    inside = access.caller().role is not None  # who is not signed in has no start page to go back to
    title, detail = _say(trouble.title), _say(trouble.detail)
    return render_template(
        "error.html",
        trouble=trouble,
        title=title,
        detail=detail,
        space=g.get("space"),
        inside=inside,
        go_in=_way_in() if isinstance(trouble, errors.SignInNeeded) else "",
        written=_written() if isinstance(trouble, errors.SignInNeeded) else [],
        address=path_here(),
    )


_SECRET = frozenset({"password", "old", "new"})
"""Fields that no page repeats."""


def _written() -> list[tuple[str, str]]:
    """List what somebody has written into a form whose session ended meanwhile: they send it once more when they are signed in again.

    Its word is repeated as it came, and no new one given: a page of others knows none, and gets nothing sent by this one either.
    """
    if (
        request.method != "POST"
        or request.mimetype != "application/x-www-form-urlencoded"
        or _SECRET & set(request.form)
    ):
        return []
    return [*request.form.items(multi=True)]


def _way_in() -> str:
    """Give the address of the page to sign in at, which leads back to the one that was asked for."""
    if "space" not in g or request.endpoint is None:
        return ""
    return url_for("entry.form", go=address_shown() or None)


def address_shown() -> str:
    """Give the address at which one can come back to the page that is shown, as it is seen from the current host; or none."""
    if request.method != "GET" and not _can_be_opened():
        return ""
    path = path_here()
    asked = urlencode([each for each in request.args.items(multi=True) if each[0] != "lang"])  # it was for this once
    return f"{path}?{asked}" if asked and request.method == "GET" else path


def path_here() -> str:
    """Give the path that was asked for, as it is seen from the current host."""
    return request.path.removeprefix(f"/s/{current_host().slug}") if on_own_host() else request.path


def _can_be_opened() -> bool:
    """Tell whether what answers a form is also the address of a page."""
    return "GET" in current_app.create_url_adapter(request).allowed_methods()  # type: ignore[union-attr]


def _problem(trouble: errors.Trouble, status: int) -> Response:
    """Write problem details (RFC 9457)."""
    said = {"title": trouble.title, "detail": trouble.detail, "advice": trouble.advice}
    problem = {name: _say(text) for name, text in said.items() if text}
    request_id = request.environ.get(REQUEST_ID, "")
    response = jsonify({"type": "about:blank", "status": status, "request": request_id} | problem)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def _on_http(error: HTTPException) -> Response:
    """Answer what the framework itself refuses."""
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        passed: Response = error.get_response()  # type: ignore[assignment]
        return passed
    known: dict[int, type[errors.Trouble]] = {400: errors.Malformed, 404: errors.NotFound, 413: errors.TooLarge}
    if error.code in known:
        return answer(known[error.code]())
    response = answer(errors.Trouble(), error.code)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _on_away(error: Exception) -> Response:
    """Answer that a part does not answer: nothing was acknowledged, so nothing is lost."""
    log("away", level="error", part=type(error).__name__, says=str(error))
    release()
    return answer(errors.NoRoom() if _asks().uploads and _is_full(error) else errors.Away())


def _is_full(error: Exception) -> bool:
    return isinstance(error, StoreFull) or (isinstance(error, OSError) and error.errno in _FULL)


def _on_system(error: OSError) -> Response:
    """Answer what the machine itself refuses: a full or read-only disk is away, anything else is our mistake."""
    return _on_away(error) if error.errno in _AWAY else _on_bug(error)


def _on_bug(error: Exception) -> Response:
    """Answer our own mistake; the log gets the place, and nothing of what was sent."""
    log("bug", level="error", **place(error))
    bug = errors.Trouble(_("This is our mistake, not yours. It has been noted; please try again later."))
    return answer(bug, HTTPStatus.INTERNAL_SERVER_ERROR)


def init_app(app: Flask, *identify: Callable[[], None]) -> None:
    """Give an application transactions, spaces and answers, and hold each view to what it asks of its callers.

    The order is that of doubt: nothing is read before it is limited, nothing looked up before it is known to be text.
    """
    for step in (_name_route, _keep_to_host, _limit_body, _refuse_mojibake, _take_space, *identify, access.enforce):
        app.before_request(step)
    app.url_defaults(_give_space)
    app.teardown_appcontext(lambda _error: release())
    app.register_error_handler(errors.Trouble, answer)
    app.register_error_handler(RequestEntityTooLarge, lambda _error: answer(errors.TooLarge()))
    app.register_error_handler(HTTPException, _on_http)
    for away in (DatabaseAway, StoreAway, SecretMissing):
        app.register_error_handler(away, _on_away)
    app.register_error_handler(OSError, _on_system)
    app.register_error_handler(Exception, _on_bug)
