"""A form that is sent twice was sent once: unsteady fingers press again, and a slow line makes everybody press again.

A form that makes somebody brings a word of its own. What the first press has made is kept under a hash of that word and of what was
written, and a second press of the same browser gets it; whoever writes another name into the same form means somebody else.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from flask import Flask
from flask_babel import lazy_gettext as _

from lrs import forgery
from lrs.errors import Trouble
from lrs.people import words
from lrs.web import transaction
from storage import people
from storage.database import Tx
from storage.people import MADE, LinkRow

FIELD = "once"

LASTS = timedelta(minutes=10)
"""How long a second press is answered as the first: the answer to that one may be lost on its way, and nobody else knows it."""

_TOLD_APART = frozenset({FIELD, forgery.FIELD})


class SentBefore(Trouble):
    """The same form came again, much later or from somewhere else."""

    status = 409
    title = _("This form has been sent before")
    advice = _("What it asked for is done. Open the page anew to add somebody else.")


class _Meanwhile(Exception):
    """The other one of two presses was quicker."""


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a form's button, and the browser that it comes from."""

    digest: bytes
    browser: bytes

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Self | None:
        """Read which press a form is; one without a word is none that could be told from others."""
        if not form.get(FIELD):
            return None
        written = sorted(each for each in form.items() if each[0] not in _TOLD_APART)
        digest = words.digest(json.dumps([form[FIELD], written]))
        return cls(digest, words.digest(forgery.browser()))


def make(press: Press | None, maker: Callable[[Tx], UUID]) -> UUID:
    """Make an account, or tell which one the same press has made before."""
    try:
        with transaction() as tx:
            return _before(tx, press) or _note(tx, press, maker(tx))
    except _Meanwhile:
        with transaction() as tx:
            found = _before(tx, press)
        if found is None:
            raise SentBefore from None
        return found


def _before(tx: Tx, press: Press | None) -> UUID | None:
    link = None if press is None else people.find_link(tx, press.digest)
    if link is None or press is None:
        return None
    if link.purpose != MADE or link.browser != press.browser or link.expires <= datetime.now(UTC):
        raise SentBefore
    return link.account_id


def _note(tx: Tx, press: Press | None, made: UUID) -> UUID:
    now = datetime.now(UTC)
    if press is not None and not people.add_pressed(
        tx, press.digest, LinkRow(made, now + LASTS, now, MADE, press.browser)
    ):
        raise _Meanwhile
    return made


def init_app(app: Flask) -> None:
    """Let forms bring a word of their own."""
    app.jinja_env.globals["once"] = lambda: secrets.token_urlsafe(16)
