"""Packages: a large one and many small ones, uploaded as authors do, beside `unzip` and bare puts into the same store."""

from __future__ import annotations

import http.client
import io
import os
import re
import shutil
import subprocess
import threading
import time
import zipfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self
from urllib.parse import quote
from uuid import uuid4

from bench.figures import Figure, Round
from bench.lines import LoadFailed
from bench.service import STORE
from storage.blobs import Blobs, open_blobs
from tests.parts.left_out import MissingPartError
from tests.parts.s3 import S3Server
from tests.parts.zips import LESSON, MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.service import Service

LARGE = "large package"
SMALL = "small packages"
MEMORY = "memory of a large package"

_MIB = 1024 * 1024
_PIECE = 256 * 1024
_LOOK = 0.1
_BOUNDARY = "a-package"
_CSRF = re.compile(rb'name="csrf" value="([0-9a-f]+)"')


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    bytes: int
    files: int
    small: int


QUICK = Size(20 * _MIB, 200, 20)
FULL = Size(500 * _MIB, 2000, 200)


def make(path: Path, title: str, size: int, files: int) -> None:
    """Write a package whose files are as hard to pack as films and pictures are: half of each is chance."""
    random = Random(title)
    each = size // files
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("imsmanifest.xml", MANIFEST.format(title=title))
        archive.writestr("index.html", LESSON.format(title=title))
        for number in range(files):
            archive.writestr(
                f"media/{number:04}.bin", random.randbytes(each // 2) + b"many words of one kind " * (each // 46)
            )


class Author:
    """Somebody who is signed in and uploads."""

    def __init__(self, service: Service) -> None:
        self._host = f"app.lms.localhost:{service.port}"
        self._port = service.port
        self._page = f"/s/{service.space}/packages/new"
        self._cookies: dict[str, str] = {}
        told = service.haidang("account", "link", "--space", service.space, "--role", "author")
        link = "/" + told["url"].split("/", 3)[3]
        self._ask("POST", link, f"csrf={self._word(link)}".encode(), "application/x-www-form-urlencoded")
        self._csrf = self._word(self._page)

    def upload(self, path: Path) -> None:
        """Send a package; LoadFailed if it was not published."""
        before = (
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{self._csrf}\r\n--{_BOUNDARY}\r\n'
            'Content-Disposition: form-data; name="package"; filename="package.zip"\r\nContent-Type: application/zip\r\n\r\n'
        ).encode()
        after = f"\r\n--{_BOUNDARY}--\r\n".encode()

        def body() -> Iterator[bytes]:
            yield before
            with path.open("rb") as file:
                yield from iter(lambda: file.read(_PIECE), b"")
            yield after

        length = len(before) + path.stat().st_size + len(after)
        self._ask("POST", self._page, body(), f"multipart/form-data; boundary={_BOUNDARY}", length)

    def _word(self, page: str) -> str:
        found = _CSRF.search(self._ask("GET", page, b"", ""))
        if found is None:
            raise LoadFailed(f"no form at {page}")
        return found[1].decode()

    def _ask(self, method: str, path: str, body: bytes | Iterator[bytes], kind: str, length: int = 0) -> bytes:
        headers = {
            "Host": self._host,
            "Accept": "text/html",
            "Sec-Fetch-Site": "same-origin",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        if kind:
            headers |= {"Content-Type": kind, "Content-Length": str(length or len(bytes(body)))}  # type: ignore[arg-type]  # bytes, where no length is told
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=600)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        if answer.status not in {HTTPStatus.OK, HTTPStatus.SEE_OTHER}:
            raise LoadFailed(
                f"{method} {path.partition('?')[0]}: {answer.status}: {said[:300].decode(errors='replace')}"
            )
        for field_ in answer.msg.get_all("Set-Cookie") or ():
            name, _, value = field_.partition(";")[0].partition("=")
            self._cookies[name] = value
        return said


@dataclass
class Watch:
    """Looks at the memory of the service from time to time."""

    service: Service
    most: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_LOOK):
            self.most = max(self.most, self.service.memory().together)


@dataclass(frozen=True)
class Ways:
    """Two ways into one store: through the service, and without it. Each tells how many seconds it took."""

    author: Author
    blobs: Blobs

    def upload(self, path: Path) -> float:
        """Upload as an author does."""
        begin = time.perf_counter()
        self.author.upload(path)
        return time.perf_counter() - begin

    def bare(self, path: Path) -> float:
        """Do what cannot be left out, one after the other and without a look: unpack, and put each file."""
        begin = time.perf_counter()
        folder = path.with_suffix(".unzipped")
        subprocess.run(["unzip", "-q", str(path), "-d", str(folder)], check=True)  # noqa: S607 - whichever unzip there is
        place = f"bare/{path.stem}/"
        for file in folder.rglob("*"):
            if file.is_file():
                with io.FileIO(file) as source:
                    self.blobs.put(place + str(file.relative_to(folder)), source)
        seconds = time.perf_counter() - begin
        shutil.rmtree(folder)
        self.blobs.delete_all(place)
        return seconds


@contextmanager
def stores(missing: list[str]) -> Iterator[dict[str, str]]:
    """Name the stores to measure on: a folder, and the S3 that HAIDANG_OBJECT_STORE_URL names or one made for the run."""
    with ExitStack() as stack, TemporaryDirectory(prefix="haidang-bench-") as folder:
        found = {"folder": f"file://{quote(folder)}/objects"}
        named = os.environ.get(STORE, "")
        try:
            ours = "" if named.startswith("s3") else stack.enter_context(S3Server.start()).url(f"bench-{uuid4().hex}")
            found["S3"] = named if named.startswith("s3") else ours
        except MissingPartError as without:
            missing.append(f"packages on S3: {without}")
        yield found


def measure(service: Service, store: str, size: Size, rounds: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Upload a large package in each round and many small ones, each beside what the same costs without a service."""
    ways = Ways(Author(service), open_blobs(service.object_store))
    with _package(service, "warm", _MIB, 3) as path:
        ways.upload(path)
    large = Figure(f"{LARGE}, {store}", "MiB/s", limit_name="MiB/s by unzip and puts")
    small = Figure(f"{SMALL}, {store}", "packages/s", limit_name="a second by unzip and puts")
    memory = Figure(f"{MEMORY}, {store}", "MiB above idle")
    for number in range(rounds):
        with _package(service, f"Large {number} {service.space}", size.bytes, size.files) as path:
            idle = service.memory().together
            with Watch(service) as watch:
                seconds = ways.upload(path)
            _take(large, size.bytes / _MIB, [seconds], ways.bare(path))
        above = watch.most - idle
        memory.rounds.append(Round(above, 0, 0, 1))
        large.note = f"{size.files:,} files, {size.bytes / _MIB:,.0f} MiB; at most {above:+.0f} MiB above idle"
        say(large)
        each, bare = [], 0.0
        for n in range(size.small):
            with _package(service, f"Small {number} {n} {service.space}", 20_000, 5) as path:
                each.append(ways.upload(path))
                bare += ways.bare(path)
        _take(small, size.small, each, bare)
        say(small)
    yield from (large, small, memory)


def _take(figure: Figure, amount: float, latencies: list[float], bare: float) -> None:
    one = Round.of(latencies, amount / sum(latencies))
    one.limit = amount / bare
    figure.rounds.append(one)


@contextmanager
def _package(service: Service, title: str, size: int, files: int) -> Iterator[Path]:
    path = service.ground.folder / "package.zip"
    make(path, title, size, files)
    yield path
    path.unlink()
