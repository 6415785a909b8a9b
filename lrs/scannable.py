"""An address as a code that a phone's camera reads, drawn into the page: no other server hears of it."""

import segno
from markupsafe import Markup


def code(address: str) -> Markup:
    """Draw the code of an address of ours."""
    return Markup(segno.make(address, error="m").svg_inline(border=2, light="#fff", omitsize=True))  # noqa: S704 - our own drawing
