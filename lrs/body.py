"""The body of a request as it comes in: no more than is allowed, and no less than was announced.

A server ends a body without a word when its sender is gone, and Werkzeug ends one at the limit: half a form would pass for a whole one.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Protocol

from lrs.errors import Malformed, TooLarge

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Stream(Protocol):
    """What a server gives us to read a body from."""

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes; none at the end."""
        ...


class Body(io.RawIOBase):
    """A body that raises where it would otherwise be cut."""

    def __init__(self, stream: Stream, most: int, announced: int | None) -> None:
        super().__init__()
        self._stream = stream
        self._most = most
        self._announced = announced
        self._seen = 0

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read the next bytes."""
        into = memoryview(buffer)
        found = self._stream.read(len(into))
        self._seen += len(found)
        if self._seen > self._most:
            raise TooLarge
        if not found and self._announced is not None and self._seen < self._announced:
            raise Malformed
        into[: len(found)] = found
        return len(found)
