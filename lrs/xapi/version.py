"""Versions: which one a request speaks, and which ones a statement may carry (Communication 3.3, Data 2.4.10; 2.0: 4.1.7, 4.2.4.3)."""

import re
from enum import StrEnum

from lrs.xapi.errors import NOTHING, Invalid, shown

HEADER = "X-Experience-API-Version"

_SECTION = "1.0.3 Communication 3.3; 2.0 4.1.7"


class Version(StrEnum):
    """A version of the specification that the record speaks."""

    V1 = "1.0.3"
    V2 = "2.0.0"

    @property
    def default(self) -> str:
        """What a statement that names no version is given: every 1.0.x statement follows the data model of 1.0.0 (Data 2.4.10)."""
        return "1.0.0" if self is Version.V1 else "2.0.0"


_ASKED = {Version.V1: re.compile(r"1\.0(\.[0-9]+)?"), Version.V2: re.compile(r"2\.0(\.[0-9]+)?")}


def asked(header: str | None) -> Version:
    """Tell which version a request's header asks for."""
    # Every request but one for `about` names its version (3.3).
    if header is None:
        raise Invalid(HEADER, NOTHING, "the version of the request, such as 1.0.3 or 2.0.0", _SECTION)
    for version, pattern in _ASKED.items():
        if pattern.fullmatch(header):
            return version
    # A request in a version that is not supported is refused (3.3).
    raise Invalid(HEADER, shown(header), "a version that is spoken here: 1.0.x or 2.0.x", _SECTION)
