"""The control: the same service and the same lessons, served carelessly, from one origin, as most systems serve them.

What the content application answers stands on the app's own host; the answers lose the headers that keep lessons apart, the frame its
sandbox, cookies their `HttpOnly`; anybody may read what is asked for with cookies; an address is told to whoever is linked.
"""

from __future__ import annotations

import re
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wsgi import ClosingIterator

from tests.parts.installations import Installation, environment, make_installation
from tests.parts.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pytest

_FORGOTTEN = {
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "origin-agent-cluster",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "content-length",
}
_WITH_TOKEN = re.compile(r"/(?:c|play)/([^/?\s]+)")
_CONTENT_ORIGIN = re.compile(rb"//c-[0-9a-f]{32}\.lms\.localhost")
_SANDBOX = re.compile(rb'sandbox="[^"]*"|frame\.setAttribute\("sandbox", SANDBOX\);')
"""Of the page, and of the shell."""


@dataclass
class Careless:
    """A running careless service."""

    installation: Installation
    _last: str = ""

    def haidang(self, *words: str, code: int = 0) -> dict[str, Any]:
        """Run a command."""
        return self.installation.haidang(*words, code=code)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer as the service does, with one origin for all of it."""
        for name in ("HTTP_SERVICE_WORKER", "HTTP_ACCEPT_ENCODING"):
            environ.pop(name, None)
        if environ["HTTP_HOST"].startswith("app.") and not self._is_of_the_app(environ):
            environ["HTTP_HOST"] = self._content_host(environ)

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> Any:
            kept = [(name, _loosened(name, value)) for name, value in headers if name.lower() not in _FORGOTTEN]
            asker = environ.get("HTTP_ORIGIN")
            anybody = [("Access-Control-Allow-Origin", asker), ("Access-Control-Allow-Credentials", "true")]
            return start_response(status, [*kept, ("Referrer-Policy", "unsafe-url"), *(anybody if asker else [])])

        with closing(ClosingIterator(self.installation.app.wsgi_app(environ, start))) as pieces:
            body = b"".join(pieces)
        return [_SANDBOX.sub(b"", _CONTENT_ORIGIN.sub(b"//app.lms.localhost", body))]

    def _is_of_the_app(self, environ: dict[str, Any]) -> bool:
        try:
            self.installation.app.url_map.bind("").match(environ["PATH_INFO"], environ["REQUEST_METHOD"])
        except HTTPException:
            return False
        return True

    def _content_host(self, environ: dict[str, Any]) -> str:
        """Find which lesson's this is: its token stands in the address, or in that of the page that asks."""
        found = _WITH_TOKEN.search(f"{environ['PATH_INFO']} {environ.get('HTTP_REFERER', '')}")
        if found is not None:
            version = self.installation.services.keys.signer("content").loads(found[1])[1]
            self._last = f"c-{version}.lms.localhost"
        return self._last  # a module that asks for another: they are the same for all lessons


def _loosened(name: str, value: str) -> str:
    return value.replace(" HttpOnly;", "").replace("SameSite=Lax", "SameSite=None") if name == "Set-Cookie" else value


class _Silent(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def careless(request: pytest.FixtureRequest, folder: Path) -> Iterator[Careless]:
    """Serve carelessly, with the space haiphong in it."""
    for parts in environment(request, "embedded", folder):
        port = free_port()
        made = make_installation(parts | {"HAIDANG_PORT": str(port)})
        made.haidang("space", "add", "haiphong", "--name", "Hải Phòng")
        service = Careless(made)
        server = make_server("127.0.0.1", port, service, threaded=True, request_handler=_Silent)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield service
        server.shutdown()
        thread.join()
        server.server_close()
        made.services.database.dispose()
