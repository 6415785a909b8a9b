"""Writes an answer to a line: the head with the first piece in one go, in chunks what has no length."""

import re
import socket
import time
from collections.abc import Iterable
from email.utils import formatdate
from functools import lru_cache
from types import TracebackType
from typing import Any

from storage.waiting import about_to_wait

ExcInfo = tuple[type[BaseException], BaseException, TracebackType]
Fields = list[tuple[str, str]]

_WITHOUT_BODY = re.compile("1..|204|304")
_WITHOUT_LENGTH = re.compile("1..|204")
_STATUS = re.compile("[1-9][0-9]{2} [\t -~]*")
_FIELDS = re.compile(r"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: [\t -~\x80-\xff]*\r\n)*")
_OURS = frozenset({"connection", "date", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"})
"""What the application has no say in: how this line is used."""


class Answer:
    """One answer, on its way."""

    def __init__(self, line: socket.socket, method: str, version: str, *, stays: bool) -> None:
        self._line = line
        self._method = method
        self._version = version
        self._head = b""
        self._chunked = False
        self._empty = False
        self.begun = False
        """Whether something of it is out."""
        self.stays = stays
        """Whether the line can be used afterwards."""

    def start(self, status: str, fields: Fields, exc_info: ExcInfo | None = None) -> Any:
        """Take the head from the application; `start_response` of WSGI."""
        if exc_info is not None and self.begun:
            raise exc_info[1].with_traceback(exc_info[2])
        if exc_info is None and self._head:
            raise RuntimeError("the head of this answer is there already")
        self._head = self._write_head(status, fields)
        return self.write

    def _write_head(self, status: str, fields: Fields) -> bytes:
        self._empty = self._method == "HEAD" or _WITHOUT_BODY.match(status) is not None
        without_length = _WITHOUT_LENGTH.match(status) is not None
        lines: list[str] = []
        has_length = False
        for name, value in fields:
            small = name.lower()
            if small == "content-length":
                if without_length:
                    continue
                has_length = True
            elif small in _OURS:
                continue
            lines.append(f"{name}: {value}\r\n")
        text = "".join(lines)
        if not _STATUS.fullmatch(status) or not _FIELDS.fullmatch(text) or text.count("\n") != len(lines):
            raise ValueError(
                "the head of this answer cannot be sent"
            )  # it may hold what was sent to us: do not repeat it
        self._chunked = not has_length and not self._empty and self._version == "HTTP/1.1"
        if not has_length and not self._empty and not self._chunked:
            self.stays = False
        chunks = "Transfer-Encoding: chunked\r\n" if self._chunked else ""
        stays = "keep-alive" if self.stays else "close"
        begin = f"{self._version} {status}\r\nDate: {_date(int(time.time()))}\r\nConnection: {stays}\r\n{chunks}"
        return f"{begin}{text}\r\n".encode("latin-1")

    def write(self, piece: bytes) -> None:
        """Send a piece, and the head before the first."""
        if not self._head:
            raise RuntimeError("an answer needs a head before its body")
        data = b"" if self.begun else self._head
        self.begun = True
        if piece and not self._empty:
            data += b"%x\r\n%b\r\n" % (len(piece), piece) if self._chunked else piece
        if data:
            _send(self._line, data)

    def send(self, body: Iterable[bytes]) -> None:
        """Send the whole."""
        if isinstance(body, list | tuple):
            body = [b"".join(body)]
        for piece in body:
            self.write(piece)
        if not self.begun:
            self.write(b"")
        if self._chunked:
            _send(self._line, b"0\r\n\r\n")


def _send(line: socket.socket, data: bytes) -> None:
    """Send, and wait only if the line takes no more now."""
    try:
        sent = line.send(data, socket.MSG_DONTWAIT)
    except BlockingIOError:
        sent = 0
    if sent < len(data):
        about_to_wait()
        line.sendall(data[sent:])


@lru_cache(2)
def _date(second: int) -> str:
    """Write the time as HTTP does."""
    return formatdate(second, usegmt=True)
