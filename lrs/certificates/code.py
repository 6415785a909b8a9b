"""The QR code of a certificate: what the caller says, as large as it must be for an office printer and a phone's camera."""

from dataclasses import dataclass
from io import BytesIO

import segno

_QUIET = 4
_LEAST_MM, _MOST_MM = 25.0, 34.0
_MODULE_MM = 0.34
"""Four dots of a printer with 300 dots an inch."""


class PayloadTooLong(Exception):
    """The code would have more modules than can be printed in its place."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code as a drawing, and how wide it is printed."""

    svg: str
    millimetres: float

    @classmethod
    def of(cls, payload: str | bytes) -> "Code":
        """Draw a payload."""
        try:
            made = segno.make_qr(payload, error="m")
        except segno.DataOverflowError:
            raise PayloadTooLong from None
        side = made.symbol_size(border=_QUIET)[0] * _MODULE_MM
        if side > _MOST_MM:
            raise PayloadTooLong
        out = BytesIO()
        made.save(out, kind="svg", border=_QUIET, light="#fff", xmldecl=False, nl=False)
        return cls(out.getvalue().decode(), max(side, _LEAST_MM))
