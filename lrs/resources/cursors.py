"""Cursors: where the next page of statements begins, as a parameter of the address in `more` (xAPI Communication 2.1.3)."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import lazy_gettext as _

from lrs.errors import Malformed
from storage.search import Place

CURSOR = "cursor"

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PLACE = re.compile(r"([0-9]{1,17})-([0-9]{1,18})", re.ASCII)

Pairs = Iterable[tuple[str, str]]


def read(pairs: Pairs) -> tuple[Place | None, list[tuple[str, str]]]:
    """Take the place to go on from out of a request's parameters; give back the rest too, which is the question itself."""
    pairs = list(pairs)
    given = [value for name, value in pairs if name == CURSOR]
    rest = [pair for pair in pairs if pair[0] != CURSOR]
    if not given:
        return None, rest
    found = _PLACE.fullmatch(given[0])
    if len(given) > 1 or found is None:
        raise Malformed(_("This is no place to go on from: take the address in `more` as it is."))
    return Place(_BEGINNING + int(found[1]) * _MICROSECOND, int(found[2])), rest


def more(place: Place) -> str:
    """Write the address of the next page: the same question, from a place on."""
    _, question = read(request.args.items(multi=True))
    cursor = f"{(place.stored - _BEGINNING) // _MICROSECOND}-{place.seq}"
    return f"{url_for('xapi.read')}?{urlencode([*question, (CURSOR, cursor)])}"
