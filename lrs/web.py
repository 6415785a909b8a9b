"""What every request has: its transaction, its space, its limits. One place for each, so that views need none."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any
from urllib.parse import unquote_to_bytes, urlencode

from flask import (
    Flask,
    Request,
    current_app,
    g,
    has_request_context,
    request,
)
from flask_babel import lazy_gettext

from lrs import access, errors, hosts
from lrs.body import Body
from lrs.config import Config
from lrs.logs import HOST, ROUTE
from lrs.routing import LateRule
from lrs.services import services
from storage import spaces
from storage.database import Connection, Tx
from storage.spaces import SpaceRow

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
    if access.asked().uploads:
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


def _most(config: Config) -> int:
    asks = access.asked()
    if asks.uploads:
        return config.upload_limit
    attached = asks.attachments and request.mimetype == "multipart/mixed"
    return config.body_limit + config.attachment_limit if attached else config.body_limit


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


def init_app(app: Flask, *identify: Callable[[], None]) -> None:
    """Give an application transactions and spaces, and hold each view to what it asks of its callers.

    The order is that of doubt: nothing is read before it is limited, nothing looked up before it is known to be text.
    """
    for step in (_name_route, _keep_to_host, _limit_body, _refuse_mojibake, _take_space, *identify, access.enforce):
        app.before_request(step)
    app.url_defaults(_give_space)
    app.teardown_appcontext(lambda _error: release())
