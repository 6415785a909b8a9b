"""The headers of the app's answers: what a page may load, whom it tells where its reader came from, who may frame it."""

import secrets
from functools import lru_cache
from http import HTTPStatus

from flask import Flask, Response, g

BARE = (
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
"""What goes with a few words that no application says: to an unknown host, to what is no request."""


def nonce() -> str:
    """Give the one word that a script of this page must carry."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    found: str = g.nonce
    return found


def allow_content(origin: str) -> None:
    """Let this page frame, and send forms to, the origin of one package version."""
    g.framed_origin = g.content_origin = origin


def allow_frames(origin: str) -> None:
    """Let this page frame, and no more than that, what a pattern of origins names."""
    g.framed_origin = origin


@lru_cache
def _policy(content: str, framed: str = "") -> str:
    frames = framed or "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            f"frame-src {frames}",
            f"form-action 'self' {content}".rstrip(),
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ),
    )


_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Origin-Agent-Cluster", "?1"),
    ("Permissions-Policy", "unload=*, camera=(), microphone=(), geolocation=()"),
)

PLAIN = (("Content-Security-Policy", _policy("")), *_ALWAYS, ("Cache-Control", "no-store"))
"""What goes with an answer that is no page."""


def _send(response: Response) -> Response:
    """Add what the view has not said itself; a page without a script of its own has no word for one."""
    said = {name.lower() for name, _ in response.headers}
    policy = _policy(g.get("content_origin", ""), g.get("framed_origin", ""))
    if "nonce" in g:
        policy = f"{policy}; script-src 'nonce-{g.nonce}'"
    more = [("Content-Security-Policy", policy), *_ALWAYS]
    if response.status_code != HTTPStatus.NOT_MODIFIED:
        more.append(("Cache-Control", "no-store"))
    response.headers.extend([field for field in more if field[0].lower() not in said])
    return response


def init_app(app: Flask) -> None:
    """Send the headers with every answer of an application."""
    app.after_request(_send)
    app.jinja_env.globals["nonce"] = nonce
