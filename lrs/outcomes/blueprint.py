"""The blueprint to which the pages of rules, reviews and unmatched actors add their routes."""

from flask import Blueprint
from flask_babel import get_locale

from lrs.access import AUDITOR, AUTHOR
from lrs.people.roles import KEEPERS

pages = Blueprint("rules", __name__)

WRITERS = (*KEEPERS, AUTHOR)
"""Who writes rules."""

READERS = (*WRITERS, AUDITOR)
"""Who reads them, and what follows from them."""


def language() -> str:
    """Tell in which language the reader reads."""
    return str(get_locale())
