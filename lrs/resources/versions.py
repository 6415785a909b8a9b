"""Which xAPI a request speaks (xAPI Communication 3.3): it says so in a header, and the answer says the same.

A request that forgets the header is refused all the same; its answer speaks what the same key spoke last, which its program understands.
"""

from collections import OrderedDict
from uuid import UUID

from flask import Flask, Response, g, request

from lrs.access import caller
from lrs.errors import Malformed
from lrs.resources.alternate import REFUSED
from lrs.xapi.errors import Invalid
from lrs.xapi.version import HEADER, Version, asked

_NEEDS_NONE = frozenset({"xapi.about", "xapi.description"})
_MOST = 10_000

_spoke_last: OrderedDict[UUID, str] = OrderedDict()
"""By key, in this process; what is forgotten is no loss."""


def version() -> Version:
    """Tell which version the request speaks."""
    found: Version = g.xapi_version
    return found


def ours() -> bool:
    """Tell whether a request is for the record at all."""
    return request.path == "/xapi" or request.path.startswith("/xapi/")


def choose() -> None:
    """Look which version a request names, before anything else can refuse it."""
    if REFUSED in request.environ:
        raise Malformed(request.environ[REFUSED])
    given = request.headers.get(HEADER)
    if ours() and given is not None:
        try:
            g.xapi_version, g.xapi_said = asked(given), given
        except Invalid as wrong:
            g.xapi_wrong = wrong


def demand() -> None:
    """Refuse a request that names no version, or one that is not spoken here: a guess would misread what it says."""
    if not ours() or request.endpoint in _NEEDS_NONE:
        return
    if "xapi_wrong" in g:
        raise g.xapi_wrong
    if "xapi_version" not in g:
        asked(None)
    who = caller()
    if who.credential_id is not None:
        remember(who.credential_id, g.xapi_said)


def remember(credential: UUID, said: str) -> None:
    """Remember what a key spoke."""
    _spoke_last[credential] = said
    _spoke_last.move_to_end(credential)
    if len(_spoke_last) > _MOST:
        _spoke_last.popitem(last=False)


def _answer(response: Response) -> Response:
    if ours():
        credential = caller().credential_id
        last = _spoke_last.get(credential, Version.V2) if credential is not None else Version.V2
        response.headers[HEADER] = g.get("xapi_said", last)
    return response


def init_app(app: Flask) -> None:
    """Speak both versions."""
    app.before_request(demand)
    app.after_request(_answer)
