"""An address of ours as a code to scan: on a slip, on a poster, on the page of somebody who goes home."""

from typing import Any

import segno
from flask import request, url_for
from markupsafe import Markup


def address_of(endpoint: str, **values: Any) -> str:
    """Write a whole address, as it is seen from the current host."""
    return request.host_url.rstrip("/") + url_for(endpoint, **values)


def drawn(address: str) -> Markup:
    """Draw an address of our own."""
    return Markup(segno.make(address, error="m").svg_inline(border=2, light="#fff", omitsize=True))  # noqa: S704 - our own address
