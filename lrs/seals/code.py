"""A seal as a square to be printed: the address of the checking page, with the seal behind `#`, where no server sees it."""

from typing import Any

import segno

PATH = "/v/"
"""Where the page is."""

MARGIN = 4
"""Squares of white around it, as ISO/IEC 18004 asks."""

_ERROR = "m"


def address(origin: str, seal: str) -> str:
    """Write the address that opens the page that checks."""
    return f"{origin}{PATH}#{seal}"


def code(origin: str, seal: str) -> Any:
    """Draw the code, each part in the mode that takes least room: capitals, as good as small letters in an origin; the path; digits."""
    parts: Any = [f"{origin.upper()}/", f"{PATH[1:]}#", seal]  # segno joins modes, which its types do not say
    return segno.make(parts, error=_ERROR, boost_error=False, micro=False)
