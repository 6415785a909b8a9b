"""Multipart: bodies of several parts, read and written piece by piece (Communication 1.5.2; 2.0: 4.1.3; RFC 2046 5.1).

A part may be far larger than memory: of a body that is read no more is held than a boundary's line, a part's headers or a piece.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from itertools import count
from typing import Protocol

from lrs.xapi.errors import NOTHING, Invalid, TooLarge, shown

PARTS = 10_000
"""The most parts that are read from one body."""

HEAD = 8 * 1024
"""The longest head of a part."""

PIECE = 64 * 1024

MIXED = "multipart/mixed"

_SECTION = "1.0.3 Communication 1.5.2; 2.0 4.1.3; RFC 2046 5.1"
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")
_CRLF = b"\r\n"
_PADDING = 64
"""The most blanks after a boundary."""


class Source(Protocol):
    """Where a body is read from."""

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes, none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers, in what is read under names in lower case, and its content in pieces."""

    headers: Mapping[str, str]
    content: Iterable[bytes]


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


def read(content_type: str, source: Source) -> Iterator[Part]:
    """Read a body part by part; a part's content is there until the next part is asked for.

    What stands before the first boundary and after the last is no part, and is passed over.
    """
    return _Body(boundary(content_type), source).parts()


def content_type(mark: str) -> str:
    """Write the Content-Type header of a body: the boundary unquoted, and the first parameter."""
    return f"{MIXED}; boundary={mark}"


def write(parts: Iterable[Part], mark: str) -> Iterator[bytes]:
    """Write a body piece by piece; the boundary is the caller's to choose, out of letters and digits that chance upon no content."""
    for part in parts:
        headers = "".join(f"{name}: {value}\r\n" for name, value in part.headers.items())
        yield f"--{mark}\r\n{headers}\r\n".encode()
        yield from part.content
        yield _CRLF
    yield f"--{mark}--\r\n".encode()


class _Body:
    """A body, read so far ahead that a boundary's line is seen whole."""

    def __init__(self, mark: str, source: Source) -> None:
        line = rb"\r\n--%b(--)?[ \t]{0,%d}" % (re.escape(mark.encode("ascii")), _PADDING)
        self._line = re.compile(line + rb"(?=\r\n)")
        self._last_line = re.compile(line + rb"(?=\r\n|\Z)")
        self._longest = len(_CRLF + b"----" + _CRLF) + len(mark) + _PADDING
        self._source = source
        self._buffer = _CRLF  # the boundary's line may be the first of the body, or come after an empty one
        self._ended = False

    def parts(self) -> Iterator[Part]:
        """Give the parts."""
        _pass(self._content(NOTHING))
        for number in count(1):
            found = self._boundary()
            if found is None or found[1]:
                break
            if number > PARTS:
                raise TooLarge("the number of parts", PARTS)
            self._buffer = self._buffer[found.end() :]
            headers = self._headers(number)
            content = self._content("a body that breaks off")
            yield Part(headers, content)
            _pass(content)
        while self._source.read(PIECE):
            pass  # a body that was cut says so at its end alone

    def _fill(self, size: int) -> None:
        pieces = [self._buffer]
        missing = size - len(self._buffer)
        while missing > 0 and not self._ended:
            pieces.append(self._source.read(missing))
            missing -= len(pieces[-1])
            self._ended = not pieces[-1]
        self._buffer = b"".join(pieces)

    def _boundary(self) -> re.Match[bytes] | None:
        return (self._last_line if self._ended else self._line).search(self._buffer)

    def _content(self, missing: str) -> Iterator[bytes]:
        """Give what stands before the next boundary; then its line is the first in the buffer."""
        found = None
        while found is None:
            self._fill(PIECE + self._longest)
            found = self._boundary()
            # A body that was sent in full ends with the closing boundary (RFC 2046 5.1.1).
            if found is None and self._ended:
                raise Invalid("body", missing, "parts, and the closing boundary after the last", _SECTION)
            sure = len(self._buffer) - self._longest if found is None else found.start()
            piece, self._buffer = self._buffer[:sure], self._buffer[sure:]
            if piece:
                yield piece

    def _headers(self, number: int) -> dict[str, str]:
        """Take off a part's headers and the empty line. They begin with the end of the boundary's line."""
        self._fill(HEAD + self._longest)
        after = self._boundary()
        within = self._buffer if after is None else self._buffer[: after.start()]
        head, separator, _ = within.partition(_CRLF + _CRLF)
        if not separator and after is None and not self._ended:
            raise TooLarge("the length of a part's headers in bytes", HEAD)
        if not separator:
            found = shown(head[2:80].decode("latin-1"))
            raise Invalid(f"part {number}", found, "headers, an empty line and content", _SECTION)
        self._buffer = self._buffer[len(head + separator) :]
        lines = head.decode("latin-1").split("\r\n")[1:]
        return dict(_header(line, number) for line in lines)


def _header(line: str, number: int) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name.strip() or name != name.strip():
        raise Invalid(f"part {number}", shown(line), "headers, each with a name and a colon", _SECTION)
    return name.lower(), value.strip()


def _pass(pieces: Iterable[bytes]) -> None:
    for _ in pieces:
        pass
