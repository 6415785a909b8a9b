"""The door: hosts are told apart before anything is routed, so that the content of a lesson never meets a route of the app."""

from collections.abc import Iterable
from functools import lru_cache

from lrs import hosts
from lrs.headers import BARE
from lrs.hosts import Hosts
from lrs.logs import HOST, Application, Environ, StartResponse

_COMMON = ("/xapi", "/api/", "/static/", "/healthz", "/readyz", "/metrics")
"""Addresses that are the same on every host of the app: no space stands in front of them."""

_NO_SUCH_HOST = "Không có trang nào ở địa chỉ này. Hãy kiểm tra lại địa chỉ.\nThere is no site at this address. Check the address.\n"


class Door:
    """Two applications behind one address: the app with its spaces, and the content of lessons."""

    def __init__(self, known: Hosts, app: Application, content: Application) -> None:
        self._tell = lru_cache(1024)(known.tell)
        self._app = app
        self._content = content

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Hand the request to the application its host stands for."""
        host = self._tell(environ.get("HTTP_HOST", ""))
        environ[HOST] = host
        if host.kind == hosts.CONTENT:
            return self._content(environ, start_response)
        if host.kind == hosts.UNKNOWN:
            return _refuse(start_response)
        if host.kind == hosts.SPACE and not environ.get("PATH_INFO", "").startswith(_COMMON):
            environ["PATH_INFO"] = f"/s/{host.slug}{environ.get('PATH_INFO', '') or '/'}"
        return self._app(environ, start_response)


def _refuse(start_response: StartResponse) -> Iterable[bytes]:
    body = _NO_SUCH_HOST.encode()
    start_response("404 Not Found", [*BARE, ("Content-Length", str(len(body)))])
    return [body]
