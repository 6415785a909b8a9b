"""The headers of the content hosts: who may frame them, what they may do, and that they tell nobody where their reader came from."""

from functools import lru_cache

from flask import Flask, Response, request
from flask_babel import lazy_gettext

from lrs.config import Config
from lrs.errors import Trouble
from lrs.services import services


class WorkerRefused(Trouble):
    """A lesson asked for a service worker, which would outlive it and see the lessons of others on this device."""

    status = 403
    title = lazy_gettext("Lessons may not install anything in the browser")


@lru_cache
def fields(config: Config) -> tuple[tuple[str, str], ...]:
    """Let only the app frame this host, tell nobody where the reader came from, keep `unload` alive for old lessons."""
    return (
        ("Content-Security-Policy", f"frame-ancestors 'self' {config.public_url} {_space_origins(config)}"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Origin-Agent-Cluster", "?1"),  # a lesson that loops for ever then stops itself alone, not the app's page
        ("Permissions-Policy", "unload=*, camera=(), microphone=(), geolocation=()"),
        ("Cache-Control", "no-store"),
    )


def _space_origins(config: Config) -> str:
    """Name the origins of the spaces' own hosts; a lesson's host is among them by pattern, and gains nothing by framing another."""
    return config.public_url.replace("//" + config.app_host, f"//*.{config.domain}", 1)


def _refuse_workers() -> None:
    """Refuse the script of every service worker: under its own scope a lesson could answer in our shell's place."""
    if "Service-Worker" in request.headers:
        raise WorkerRefused


def _send(response: Response) -> Response:
    for name, value in fields(services().config):
        response.headers.setdefault(name, value)
    return response


def init_app(app: Flask) -> None:
    """Shield an application."""
    app.before_request(_refuse_workers)
    app.after_request(_send)
