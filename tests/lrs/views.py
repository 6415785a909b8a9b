"""Views that a test adds to an application, and how they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.test import Client, TestResponse

from lrs.access import EVERYBODY, allow

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

APP = "http://app.lms.localhost:8080"
CONTENT = f"http://c-{'0' * 32}.lms.localhost:8080"
MACHINE = "http://127.0.0.1:8080"
PAGE = {"Accept": "text/html", "Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}


def add(app: Flask, path: str, view: Callable[..., str], *methods: str, uploads: bool = False) -> None:
    """Add a view for anybody, on both applications and on the machine's host."""
    marked = allow(EVERYBODY, uploads=uploads, machine=True)(view)
    for application in (app, app.extensions["haidang.content"]):
        application.add_url_rule(path, path.strip("/"), marked, methods=methods or ["GET"])


def get(app: Flask, path: str, base: str = APP, **headers: str) -> TestResponse:
    return Client(app).get(path, base_url=base, headers=PAGE | {k.replace("_", "-"): v for k, v in headers.items()})
