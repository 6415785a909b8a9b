"""Forged requests: what changes state must come from our own page, and say a word that only our page was told."""

import hmac
import secrets
from hashlib import sha256

from flask import Flask, Response, g, request

from lrs import cookies, hosts
from lrs.access import PROGRAM, access_of
from lrs.errors import ForgedForm
from lrs.services import services
from lrs.web import current_host

FIELD = "csrf"
HEADER = "X-CSRF-Token"

COOKIE = "form"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def browser() -> str:
    """Name the browser that sends a form: by a word that it chose to keep."""
    return cookies.read(COOKIE)


def token() -> str:
    """Give the word for this browser's forms: worthless without the cookie it was made from."""
    browser = cookies.read(COOKIE) or g.get("new_browser", "")
    if not browser:
        browser = g.new_browser = secrets.token_urlsafe(16)
    return _word(browser)


def _word(browser: str) -> str:
    return hmac.new(services().keys.key("forms"), browser.encode(), sha256).hexdigest()


def _own_origin() -> bool:
    """Tell whether the browser says that the request comes from this very origin.

    Lessons live on sibling hosts: same site, another origin. So same-site is not enough (docs/isolation.md).
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    return request.headers.get("Origin") == f"{request.scheme}://{request.host}"


def enforce() -> None:
    """Refuse a request that changes state and is not from a form of ours."""
    if request.method in _SAFE or request.endpoint is None or current_host().kind == hosts.MACHINE:
        return
    if PROGRAM in access_of(request.endpoint).roles:
        return  # programs come with a key of their own in each request, and no cookie is read
    if not _own_origin():
        raise ForgedForm
    browser = cookies.read(COOKIE)
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not browser or not hmac.compare_digest(given.encode(), _word(browser).encode()):
        raise ForgedForm


def _remember(response: Response) -> Response:
    if "new_browser" in g:
        cookies.write(response, COOKIE, g.new_browser)
    return response


def init_app(app: Flask) -> None:
    """Watch an application's forms."""
    app.before_request(enforce)
    app.after_request(_remember)
    app.jinja_env.globals["csrf"] = token
