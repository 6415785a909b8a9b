"""The blueprint to which the pages of skills add their routes, and what their templates share."""

from typing import Any

from flask import Blueprint, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from markupsafe import Markup

from lrs.language import reader_language
from lrs.services import services
from lrs.skills import keeping, picture
from lrs.web import current_space

pages = Blueprint("skills", __name__)

PICTURES: dict[str, LazyString] = {
    "office": _("a public office"),
    "basket": _("a shopping basket"),
    "payment": _("a bank card"),
    "shield": _("a shield"),
    "phone": _("a phone"),
    "book": _("a book"),
    "talk": _("a conversation"),
    "lens": _("a magnifying glass"),
    "helper": _("a helper, such as AI"),
    "lighthouse": _("a lighthouse"),
}
"""What is on each picture, in words: nobody chooses by looking alone."""

language = reader_language

_DIGITS = 9


def home() -> str:
    """Give the address of the space that is asked."""
    return f"{services().config.public_url}/s/{current_space().slug}"


def changed() -> int:
    """Read how often the set was changed when the form was made; what is no number is older than anything."""
    text = request.form.get("changed", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else -1


def drawn(shape: str, done: int) -> Markup:
    """Draw a picture into a page; all of it is ours."""
    return Markup(picture.drawn(shape, done))  # noqa: S704 - shapes and figures of our own


def said(text: str) -> str:
    """Say what is kept in both languages in that of the reader."""
    return keeping.said(text, reader_language())


def helpers() -> dict[str, Any]:
    """Give templates what all pages of skills need."""
    return {"drawn": drawn, "words_of": said}
