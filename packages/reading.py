"""Reading an upload in a process apart (packages/reader.py): hands it over, waits no longer than it may take, and says what came of it."""

import atexit
import json
import os
import select
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from lrs.logs import log
from packages.findings import Finding, PackageRefused, refused
from packages.reader import FULL, TOLD
from packages.unpacked import Unpacked

SECONDS = 10.0
"""How long reading may take, whatever was sent."""

BYTES_A_SECOND = 2 * 1024 * 1024
"""What was sent beyond that is given more time: no machine needs a second for so little."""

_GRACE = 5.0
"""Seconds for the one who watches to say that the time was over."""

_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Ended:
    """How a reading ended: what its process ended with, whether it was stopped, and the most memory it had."""

    ended: int
    late: bool
    memory: int


class Reader:
    """The reader of this process, started when first needed, and anew if it should have died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._requests: socket.socket | None = None
        self._owner = 0

    def read(self, upload: int, folder: Path, seconds: float) -> Ended:
        """Let an open file be read into a folder."""
        request = json.dumps({"folder": str(folder), "seconds": seconds}).encode()
        coming, answer = os.pipe()
        with os.fdopen(coming, "rb", buffering=0) as coming_file:
            try:
                self._send(request, [upload, answer])
            finally:
                os.close(answer)
            ready = select.poll()
            ready.register(coming_file, select.POLLIN)
            told = coming_file.read(_ANSWER) if ready.poll((seconds + _GRACE) * 1000) else b""
        return Ended(**json.loads(told)) if told else Ended(-1, late=False, memory=0)

    def close(self) -> None:
        """Let the reader go: it ends when nobody can ask it any more."""
        with self._lock:
            self._close()

    def _send(self, request: bytes, fds: list[int]) -> None:
        with self._lock:
            try:
                socket.send_fds(self._open(), [request], fds)
            except ConnectionError:
                self._close()
                socket.send_fds(self._open(), [request], fds)

    def _open(self) -> socket.socket:
        if self._requests is None or self._owner != os.getpid():
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "packages.reader", str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    # No secret of ours: addresses of databases and stores have passwords in them.
                    env={"PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)},
                    start_new_session=True,  # Ctrl+C at a terminal is for us; the reader ends with us
                )
            self._requests, self._owner = ours, os.getpid()
        return self._requests

    def _close(self) -> None:
        if self._requests is not None and self._owner == os.getpid():
            self._requests.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.wait()
        self._requests = self._process = None


_reader = Reader()
atexit.register(_reader.close)


def close() -> None:
    """Let the reader of this process go, before another program takes the process over."""
    _reader.close()


def read(source: IO[bytes], folder: Path) -> Unpacked:
    """Read an upload and unpack it into a folder; refuse it if that takes too much time or memory."""
    size = os.fstat(source.fileno()).st_size
    ended = _reader.read(source.fileno(), folder, SECONDS + size / BYTES_A_SECOND)
    if ended.late:
        raise refused("too-slow")
    if ended.ended in FULL:
        raise OSError(ended.ended, os.strerror(ended.ended))
    told: dict[str, Any] = {}
    with suppress(OSError, ValueError):
        told = json.loads((folder / TOLD).read_bytes()) if ended.ended == 0 else {}
    if "package" in told:
        unpacked = Unpacked.from_json(told)
        if unpacked.trouble:
            log("package unexamined", level="error", **unpacked.trouble)
        return unpacked
    if "refused" in told:
        refusal = PackageRefused(*(Finding(*finding) for finding in told["refused"]))
        refusal.report = told["report"]
        raise refusal
    if "failed" in told:
        raise OSError(*told["failed"])
    log("package unread", level="error", ended=ended.ended, **told.get("bug", {}))
    raise refused("unreadable")
