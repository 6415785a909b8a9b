"""Which xAPI a request speaks (xAPI Communication 3.3): it says so in a header, and the answer says the same."""

import re

from flask import Flask, Response, g, request
from flask_babel import lazy_gettext as _

from lrs.errors import Malformed
from lrs.resources.alternate import REFUSED

HEADER = "X-Experience-API-Version"
OLD = "1.0.3"
NEW = "2.0.0"
SPOKEN = (OLD, NEW)

_OLD = re.compile(r"1\.0(\.[0-9]{1,3})?")
_NEW = re.compile(r"2\.0(\.[0-9]{1,3})?")
_NEEDS_NONE = frozenset({"xapi.about"})


def version() -> str:
    """Tell which version the request speaks."""
    found: str = g.get("xapi_version", OLD)
    return found


def _choose() -> None:
    """Choose the version a request names, or refuse it: a guess would misread what it says."""
    if not _ours():
        return
    if REFUSED in request.environ:
        raise Malformed(request.environ[REFUSED])
    given = request.headers.get(HEADER, "")
    if _OLD.fullmatch(given):
        g.xapi_version, g.xapi_said = OLD, given
    elif _NEW.fullmatch(given):
        g.xapi_version, g.xapi_said = NEW, given
    elif request.endpoint not in _NEEDS_NONE:
        raise Malformed(_("The header X-Experience-API-Version says 1.0.3 or 2.0.0."))


def _ours() -> bool:
    return request.path == "/xapi" or request.path.startswith("/xapi/")


def _answer(response: Response) -> Response:
    if _ours():
        response.headers[HEADER] = g.get("xapi_said", NEW)
    return response


def init_app(app: Flask) -> None:
    """Speak both versions."""
    app.before_request(_choose)
    app.after_request(_answer)
