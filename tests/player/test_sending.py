"""Long files are sent by the system, as they are, to whoever takes them."""

from __future__ import annotations

import os
import random
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from lrs.server.line import limit_silence
from player.sending import LINE, BySystem, body_of
from storage.blobs import Range
from storage.blobs.folder import Folder

if TYPE_CHECKING:
    from pathlib import Path

FILM = random.Random(1).randbytes(3_000_000)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    store = Folder(tmp_path)
    store.prepare()
    store.put("a/film.mp4", FILM)
    return store


@pytest.mark.parametrize("wanted", [None, Range(0), Range(1_234_567, 2_345_678), Range(None, 999_999)])
def test_what_arrives_is_what_was_asked_for(folder: Folder, wanted: Range | None) -> None:
    here, there = socket.socketpair()
    reading = folder.get("a/film.mp4", wanted)
    descriptor = reading.fileno()
    body = body_of(reading, {LINE: here})
    found: list[bytes] = []
    listener = threading.Thread(target=lambda: found.extend(iter(lambda: there.recv(100_000), b"")))
    listener.start()

    shown = list(body)
    here.close()
    listener.join()
    there.close()
    assert isinstance(body, BySystem)
    body.close()

    assert shown == [b""]
    assert b"".join(found) == FILM[reading.start : reading.stop]
    with pytest.raises(OSError, match="descriptor"):
        os.fstat(descriptor)


def test_who_takes_nothing_for_long_holds_no_thread(folder: Folder) -> None:
    here, there = socket.socketpair()
    limit_silence(here, 0.2)

    with there, here, folder.get("a/film.mp4") as reading, pytest.raises(BlockingIOError):
        list(body_of(reading, {LINE: here}))


def test_a_file_that_ends_too_soon_is_an_error_and_no_end(folder: Folder) -> None:
    here, there = socket.socketpair()
    taker = threading.Thread(target=lambda: list(iter(lambda: there.recv(100_000), b"")))
    taker.start()
    reading = folder.get("a/film.mp4")
    os.truncate(folder.path("a/film.mp4"), 1_000_000)

    with here, reading, pytest.raises(OSError, match="too soon"):
        list(body_of(reading, {LINE: here}))
    taker.join()
    there.close()


def test_what_is_short_or_has_no_line_of_gunicorns_is_shown(folder: Folder) -> None:
    here, there = socket.socketpair()

    with here, there, folder.get("a/film.mp4") as long, folder.get("a/film.mp4", Range(0, 9)) as short:
        assert body_of(long, {}) is long
        assert b"".join(body_of(short, {LINE: here})) == FILM[:10]
