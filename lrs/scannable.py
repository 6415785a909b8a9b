"""An address as a code that a phone's camera reads, drawn into the page: no other server hears of it."""

from typing import Any

import segno
from flask import request, url_for
from markupsafe import Markup


def address_of(endpoint: str, **values: Any) -> str:
    """Write a whole address, as it is seen from the current host."""
    return request.host_url.rstrip("/") + url_for(endpoint, **values)


def code(address: str) -> Markup:
    """Draw the code of an address of ours."""
    return Markup(segno.make(address, error="m").svg_inline(border=2, light="#fff", omitsize=True))  # noqa: S704 - our own drawing
