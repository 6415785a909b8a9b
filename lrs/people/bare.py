"""A picture bare of all that is not drawn: comments, places, programs' notes. What moves, is turned or goes on is refused. Pure.

PNG (ISO/IEC 15948), JPEG (ITU-T T.81) and WebP (RFC 9649) are rows of parts with their lengths, so this reads no pixel.
"""

from collections.abc import Iterator

CUT, MORE, MOVES, TURNED, PRESS = "cut", "more", "moves", "turned", "press"
"""Why a picture is refused: it is cut off; something stands behind its end; it moves; its camera was turned; it is for printing presses."""

_PNG_HEAD = 8
_PNG_DRAWN = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
)

_START, _END, _SCAN, _MARK = 0xD8, 0xD9, 0xDA, 0xFF
_JFIF, _EXIF, _ICC, _ADOBE, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_APPS = range(0xE0, 0xF0)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x00, 0x01, *range(0xD0, 0xD8)})
"""Within a scan: a byte FF that is only a byte, and markers without a length."""
_CMYK = 4
_ORIENTATION = 0x0112
_UPRIGHT = 1

_RIFF_HEAD = 12
_WEBP_NOTES = frozenset({b"EXIF", b"XMP "})
_ANIMATED, _NOTED = 0x02, 0x0C


class Refused(Exception):
    """It cannot be taken; `why` is one of the words above."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def bare_png(content: bytes) -> bytes:
    """Leave of a PNG what is drawn."""
    kept, last = [content[:_PNG_HEAD]], b""
    for kind, whole in _chunks(content):
        if kind in {b"acTL", b"fcTL", b"fdAT"}:
            raise Refused(MOVES)
        if kind in _PNG_DRAWN:
            kept.append(whole)
        last = kind
    if last != b"IEND":
        raise Refused(CUT)
    return b"".join(kept)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, ended = _PNG_HEAD, False
    while at < len(content):
        if ended:
            raise Refused(MORE)
        end = at + 12 + int.from_bytes(content[at : at + 4])
        if end > len(content):
            raise Refused(CUT)
        kind = content[at + 4 : at + 8]
        ended = kind == b"IEND"
        yield kind, content[at:end]
        at = end


def bare_jpeg(content: bytes) -> bytes:
    """Leave of a JPEG what is drawn."""
    kept, at = [content[:2]], 2
    while True:
        while content[at : at + 2] == b"\xff\xff":  # a marker may be led by any number of FF
            at += 1
        if at + 2 > len(content) or content[at] != _MARK:
            raise Refused(CUT)
        marker = content[at + 1]
        if marker == _END:
            if at + 2 != len(content):
                raise Refused(MORE)
            return b"".join([*kept, b"\xff\xd9"])
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if end > len(content) or end < at + 4:
            raise Refused(CUT)
        body = content[at + 4 : end]
        _look(marker, body)
        if marker == _SCAN:
            end = _after_scan(content, end)
        if not _noted(marker, body):
            kept.append(content[at:end])
        at = end


def _look(marker: int, body: bytes) -> None:
    if marker in _FRAMES and body[5:6] == bytes([_CMYK]):
        raise Refused(PRESS)
    if marker == _EXIF and _orientation(body) != _UPRIGHT:
        raise Refused(TURNED)


def _noted(marker: int, body: bytes) -> bool:
    """Tell whether a part is not drawn: all that programs note, but for what says how colours are meant."""
    if marker == _ICC:
        return not body.startswith(b"ICC_PROFILE\0")
    return marker == _COMMENT or (marker in _APPS and marker not in {_JFIF, _ADOBE})


def _after_scan(content: bytes, at: int) -> int:
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Refused(CUT)
        if content[at + 1] not in _ALONE and content[at + 1] != _MARK:
            return at
        at += 1


def _orientation(body: bytes) -> int:
    """Read which side of a photo is up (Exif 2.32, 4.6.4); what cannot be read says nothing."""
    tiff = body.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if len(tiff) == len(body) or order is None:
        return _UPRIGHT

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if order == "little" else "big")

    first = number(4, 4)
    for entry in range(first + 2, first + 2 + 12 * number(first, 2), 12):
        if number(entry, 2) == _ORIENTATION:
            return number(entry + 8, 2)
    return _UPRIGHT


def bare_webp(content: bytes) -> bytes:
    """Leave of a WebP what is drawn."""
    size = int.from_bytes(content[4:8], "little")
    if len(content) < size + 8:
        raise Refused(CUT)
    if len(content) > size + 8:
        raise Refused(MORE)
    kept, at = [], _RIFF_HEAD
    while at < len(content):
        kind, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        if end > len(content) or (kind == b"VP8X" and not length):
            raise Refused(CUT)
        if (kind == b"VP8X" and content[at + 8] & _ANIMATED) or kind in {b"ANIM", b"ANMF"}:
            raise Refused(MOVES)
        if kind == b"VP8X":
            flags = bytes([content[at + 8] & ~_NOTED & 0xFF])
            kept.append(content[at : at + 8] + flags + content[at + 9 : end])
        elif kind not in _WEBP_NOTES:
            kept.append(content[at:end])
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
