"""The stylesheet: small files, one noun each, sent as one."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, request

from lrs.access import EVERYBODY, allow

pages = Blueprint("design", __name__)

FOLDER = Path(__file__).parent / "css"

FILES = (
    *(
        "tokens",
        "dark",
        "text",
        "frame",
        "surfaces",
        "forms",
        "lists",
        "figures",
        "lessons",
        "courses",
        "reports",
        "results",
        "rules",
        "print",
    ),
)
"""In the order in which a later one may say otherwise than an earlier one."""

DARK = """@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{
{colours}}} }}
@media screen {{ :root[data-theme=dark] {{ color-scheme: dark;
{colours}}} }}
:root[data-theme=light] {{ color-scheme: light; }}
"""
"""The colours of the dark, written once: for whose device is dark, and for a page that is shown so on purpose. Paper is never dark."""

_COMMENT = re.compile(r"[ \t]*/\*.*?\*/\n?", re.DOTALL)

_KEPT = 300
"""Seconds for which a browser does not ask again."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole stylesheet, and the tag that changes with it."""

    text: str
    tag: str


@lru_cache
def sheet() -> Sheet:
    """Put the files together, without what they say to whoever writes them."""
    text = _COMMENT.sub("", "\n".join(part(name) for name in FILES))
    return Sheet(text, hashlib.sha256(text.encode()).hexdigest()[:32])


def part(name: str) -> str:
    """Read one of the files."""
    text = (FOLDER / f"{name}.css").read_text("utf-8")
    return DARK.format(colours=text) if name == "dark" else text


@pages.get("/static/haidang.css")
@allow(EVERYBODY)
def stylesheet() -> Response:
    """Serve the stylesheet of all pages."""
    response = Response(sheet().text, mimetype="text/css")
    response.set_etag(sheet().tag)
    response.cache_control.public, response.cache_control.max_age = True, _KEPT
    response.make_conditional(request)
    return response
