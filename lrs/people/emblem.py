"""An emblem: a small picture in one of three formats that browsers draw and do not run; told by what it is, not by its name."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from flask_babel import lazy_gettext as _

from lrs.people.bare import CUT, MORE, MOVES, PRESS, TURNED, Refused, bare_jpeg, bare_png, bare_webp
from lrs.people.identity import NotUnderstood

MOST_BYTES = 200_000
MOST_PIXELS = 2_000

_PNG_HEAD, _WEBP_HEAD = 24, 30
_MARK = 0xFF
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG that begin a frame, which tells the size: all of C0 to CF but three."""


@dataclass(frozen=True, slots=True)
class Emblem:
    """A picture that was looked at."""

    type: str
    content: bytes

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Take a picture, or say what is wrong with it."""
        if len(content) > MOST_BYTES:
            raise NotUnderstood("emblem", _("The picture is too large: %(most)s KB at most.", most=MOST_BYTES // 1000))
        for kind, measure in _KINDS.items():
            size = measure(content)
            if size is None:
                continue
            if not all(1 <= side <= MOST_PIXELS for side in size):
                raise NotUnderstood(
                    "emblem", _("The picture is too large: %(most)s points a side at most.", most=MOST_PIXELS)
                )
            return cls(kind, _bare(kind, content))
        raise NotUnderstood("emblem", _("This is not a picture that every device can show: take PNG, JPEG or WebP."))

    @property
    def digest(self) -> str:
        """Name it by what is in it."""
        return sha256(self.content).hexdigest()[:32]


def _png(content: bytes) -> tuple[int, int] | None:
    """Its first chunk begins with width and height."""
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < _PNG_HEAD:
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Go from marker to marker until one begins a frame."""
    if not content.startswith(_JPEG):
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == _MARK:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in _FRAMES:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 1 if marker == _MARK else 2 + max(2, length)  # a marker may be led by any number of FF
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    """One of three kinds of first chunk tells the size, each in its own way."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < _WEBP_HEAD:
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if kind == b"VP8L":
        packed = int.from_bytes(content[21:25], "little")
        return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        return int.from_bytes(content[26:28], "little") & 0x3FFF, int.from_bytes(content[28:30], "little") & 0x3FFF
    return None


def _bare(kind: str, content: bytes) -> bytes:
    """Leave what is drawn, so that nobody keeps or gets what else was in the file."""
    try:
        return _BARE[kind](content)
    except Refused as refused:
        raise NotUnderstood("emblem", _WHY[refused.why]) from None


_BARE = {"image/png": bare_png, "image/jpeg": bare_jpeg, "image/webp": bare_webp}
_WHY = {
    CUT: _("The picture is cut off. Send it again, or save it anew as PNG."),
    MORE: _("Behind the picture something else is in the file. Save it anew as PNG, and take that."),
    MOVES: _("The picture moves. Take one that stands still."),
    TURNED: _("The camera was turned when this photo was taken. Turn it upright, save it anew as PNG, and take that."),
    PRESS: _("The picture has colours for printing presses (CMYK). Save it anew as PNG, and take that."),
}

_KINDS = {"image/png": _png, "image/jpeg": _jpeg, "image/webp": _webp}
