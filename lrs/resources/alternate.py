"""The alternate request syntax of 1.0.3 (xAPI Communication 1.3): a POST whose form holds another request.

It is undone before anything is routed, so that everything behind it sees an ordinary request.
"""

import io
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from lrs.logs import Application, Environ, StartResponse

REFUSED = "haidang.alternate_refused"
"""Says in the environment why a request in this syntax is none."""

_PATH = "/xapi/"
_METHODS = frozenset({"GET", "PUT", "POST", "DELETE", "HEAD"})
_VERSION = "x-experience-api-version"
_HEADERS = {
    "authorization": "HTTP_AUTHORIZATION",
    _VERSION: "HTTP_X_EXPERIENCE_API_VERSION",
    "content-type": "CONTENT_TYPE",
    "if-match": "HTTP_IF_MATCH",
    "if-none-match": "HTTP_IF_NONE_MATCH",
    "accept": "HTTP_ACCEPT",
    "accept-language": "HTTP_ACCEPT_LANGUAGE",
    "accept-encoding": "HTTP_ACCEPT_ENCODING",
}
_IGNORED = frozenset({"content-length", "host", "connection", "user-agent", "content-transfer-encoding"})


class AlternateSyntax:
    """Turns such a request into the one it stands for."""

    def __init__(self, application: Application, most: int) -> None:
        self._application = application
        self._most = most

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on, undone if it needs to be."""
        query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
        if "method" in query and environ.get("PATH_INFO", "").startswith(_PATH):
            self._undo(environ, query)
        return self._application(environ, start_response)

    def _undo(self, environ: Environ, query: dict[str, str]) -> None:
        method = query.pop("method").upper()
        if environ["REQUEST_METHOD"] != "POST" or method not in _METHODS:
            environ[REFUSED] = "method stands only in the query of a POST, and names a method"
            return
        # All parameters belong into the form (1.3.s3.b3); the address may hold no other.
        if query:
            environ[REFUSED] = "in the alternate request syntax the query holds the method alone"
            return
        form = self._form(environ)
        if form is None:
            environ[REFUSED] = "in the alternate request syntax the body is a form"
            return
        version = next((value for name, value in form.items() if name.lower() == _VERSION), None)
        if not (version or str(environ.get(_HEADERS[_VERSION], ""))).startswith("1.0"):
            environ[REFUSED] = "the alternate request syntax belongs to 1.0.3"
            return
        self._rewrite(environ, method, form)

    def _form(self, environ: Environ) -> dict[str, str] | None:
        if not environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
            return None
        size = environ.get("CONTENT_LENGTH") or "0"
        if not size.isdigit() or int(size) > self._most:
            return None
        try:
            text = environ["wsgi.input"].read(int(size)).decode("ascii")
            return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100))
        except ValueError:
            return None

    @staticmethod
    def _rewrite(environ: Environ, method: str, form: dict[str, str]) -> None:
        content = form.pop("content", "").encode()
        parameters = {}
        environ["CONTENT_TYPE"] = "application/json"
        for name, value in form.items():
            if name.lower() in _HEADERS:
                environ[_HEADERS[name.lower()]] = value
            elif name.lower() not in _IGNORED:
                parameters[name] = value
        environ["REQUEST_METHOD"] = method
        environ["QUERY_STRING"] = urlencode(parameters)
        environ["CONTENT_LENGTH"] = str(len(content))
        environ["wsgi.input"] = io.BytesIO(content)
