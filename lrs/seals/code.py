"""A seal as a square to be printed: the address of the checking page, with the seal behind `#`, where no server sees it."""

import re
from typing import Any

import segno

PATH = "/v/"
"""Where the page is."""

_PARTS = re.compile(r"(https?://[^/#]+/)([^#]*#)([0-9]+)")
_ERROR = "m"


def address(origin: str, seal: str) -> str:
    """Write the address that opens the page that checks."""
    return f"{origin}{PATH}#{seal}"


def code(address: str) -> Any:
    """Draw an address as a code."""
    return segno.make(in_modes(address), error=_ERROR, boost_error=False, micro=False)


def in_modes(address: str) -> Any:
    """Part an address so that each part takes least room in a code: the origin in capitals, which mean the same there; the path; digits."""
    parts = _PARTS.fullmatch(address)
    return [parts[1].upper(), parts[2], parts[3]] if parts else address  # segno joins modes, which its types do not say
