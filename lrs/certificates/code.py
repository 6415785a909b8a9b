"""The QR code of a certificate: what the caller says, as large as it must be for an office printer and a phone's camera."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import segno

from lrs.seals.code import in_modes

_QUIET = 4
_LEAST_MM, _MOST_MM = 25.0, 34.0
_MODULE_MM = 0.34
"""Four dots of a printer with 300 dots an inch."""


Payload = str | bytes | tuple[str, ...]
"""What a code holds; of parts, each is written in the mode that takes least room."""


class PayloadTooLong(Exception):
    """The code would have more modules than can be printed in its place."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code as a drawing, and how wide it is printed."""

    svg: str
    millimetres: float

    @classmethod
    def of(cls, payload: Payload) -> "Code":
        """Draw a payload."""
        try:
            parts: Any = in_modes(payload) if isinstance(payload, str) else payload
            made = segno.make_qr(parts, error="m")
        except segno.DataOverflowError:
            raise PayloadTooLong from None
        side = made.symbol_size(border=_QUIET)[0] * _MODULE_MM
        if side > _MOST_MM:
            raise PayloadTooLong
        out = BytesIO()
        made.save(out, kind="svg", border=_QUIET, light="#fff", xmldecl=False, nl=False)
        return cls(out.getvalue().decode(), max(side, _LEAST_MM))
