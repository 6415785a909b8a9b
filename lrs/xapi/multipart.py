"""Multipart: bodies of several parts, read and written (Communication 1.5.2; 2.0: 4.1.3; RFC 2046 5.1)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message

from lrs.xapi.errors import NOTHING, Invalid, TooLarge, shown

PARTS = 10_000
"""The most parts that are read from one body."""

MIXED = "multipart/mixed"

_SECTION = "1.0.3 Communication 1.5.2; 2.0 4.1.3; RFC 2046 5.1"
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")
_CRLF = b"\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers, under names in lower case, and its content."""

    headers: Mapping[str, str]
    content: bytes


def media_type(content_type: str | None) -> str:
    """Give the type and subtype of a Content-Type header in lower case, without its parameters."""
    return (content_type or "").partition(";")[0].strip().lower()


def boundary(content_type: str) -> str:
    """Give the boundary of a multipart Content-Type header, quoted or not."""
    header = Message()
    header["Content-Type"] = content_type
    found = header.get_param("boundary")
    # The boundary is a required parameter (RFC 2046 5.1.1).
    if not isinstance(found, str) or not _BOUNDARY.fullmatch(found):
        raise Invalid("Content-Type", shown(content_type), "a boundary of 1 to 70 characters", _SECTION)
    return found


def parse(content_type: str, body: bytes) -> list[Part]:
    """Read the parts of a body; what stands before the first boundary and after the last is no part of it."""
    line = re.compile(rb"\r\n--" + re.escape(boundary(content_type).encode("ascii")) + rb"(--)?[ \t]*(?=\r\n|\Z)")
    # The boundary's line may be the first of the body, or come after an empty one.
    text = _CRLF + body
    parts: list[Part] = []
    start: int | None = None
    for found in line.finditer(text):
        if start is not None:
            parts.append(_part(text[start : found.start()], len(parts)))
        if found[1]:
            return parts
        if len(parts) == PARTS:
            raise TooLarge("the number of parts", PARTS)
        start = found.end()
    # A body that was sent in full ends with the closing boundary (RFC 2046 5.1.1).
    raise Invalid(
        "body",
        NOTHING if start is None else "a body that breaks off",
        "parts, and the closing boundary after the last",
        _SECTION,
    )


def content_type(mark: str) -> str:
    """Write the Content-Type header of a body: the boundary unquoted, and the first parameter."""
    return f"{MIXED}; boundary={mark}"


def write(parts: Iterable[Part], mark: str) -> Iterator[bytes]:
    """Write a body piece by piece; the boundary is the caller's to choose, out of letters and digits that chance upon no content."""
    for part in parts:
        headers = "".join(f"{name}: {value}\r\n" for name, value in part.headers.items())
        yield f"--{mark}\r\n{headers}\r\n".encode()
        yield part.content
        yield _CRLF
    yield f"--{mark}--\r\n".encode()


def _part(text: bytes, at: int) -> Part:
    """Take a part apart: headers, an empty line, content. It begins with the end of the boundary's line."""
    if text.startswith(_CRLF + _CRLF):
        return Part({}, text[4:])
    head, separator, content = text[2:].partition(_CRLF + _CRLF)
    if not separator:
        raise Invalid(
            f"part {at + 1}", shown(text[:80].decode("latin-1")), "headers, an empty line and content", _SECTION
        )
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").split("\r\n"):
        name, colon, value = line.partition(":")
        if not colon or not name.strip() or name != name.strip():
            raise Invalid(f"part {at + 1}", shown(line), "headers, each with a name and a colon", _SECTION)
        headers[name.lower()] = value.strip()
    return Part(headers, content)
