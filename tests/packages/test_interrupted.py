"""Imports that are interrupted: by a store that is cut or slow at any call, a full disk, kill -9, another author. What is left is whole."""

from __future__ import annotations

import io
import itertools
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from lrs import services
from lrs.commands import enter
from packages import publishing
from packages.placing import list_key, prefix
from storage import versions as rows
from storage.blobs import StoreAway
from storage.blobs.s3 import S3
from storage.errors import DatabaseAway
from tests.journeys.walking import serving
from tests.parts.installations import Installation, make_installation
from tests.parts.left_out import leave_out
from tests.parts.zips import scorm12
from tests.storage.blobs.relay import Relay

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

    from storage.blobs import Blobs
    from tests.journeys.walking import Service

PATIENCE = 60
NAMES = ("imsmanifest.xml", "index.html", "a.bin", "b.bin")
_REQUEST = re.compile(rb"(GET|HEAD|PUT|POST|DELETE) /")


def package(title: str, size: int = 30_000) -> bytes:
    random = Random(title)
    return scorm12(title, {name: random.randbytes(size) for name in NAMES[2:]})


def publish(installation: Installation, data: bytes) -> None:
    with installation.app.app_context():
        enter("haiphong")
        publishing.publish(io.BytesIO(data))


def with_store(installation: Installation, blobs: Blobs) -> None:
    parts = replace(installation.services, blobs=blobs)
    for app in (installation.app, installation.app.extensions["haidang.content"]):
        services.attach(app, parts)


def titles(installation: Installation) -> list[str]:
    listed = installation.haidang("package", "list", "--space", "haiphong")["packages"]
    return sorted(one["title"] for one in listed)


def check_whole(installation: Installation) -> None:
    """Hold that every version has all its files, and that nothing else lies anywhere."""
    with installation.services.database.read(1) as tx:
        versions = [version.id for version in rows.list_versions(tx)]
    expected = [prefix(1, version) + name for version in versions for name in NAMES]
    expected += [list_key(1, version) for version in versions]
    assert sorted(blob.key for blob in installation.services.blobs.list("spaces/")) == sorted(expected)
    quarantine = installation.services.config.data / "quarantine"
    assert [path.name for path in quarantine.rglob("*") if path.name != "lock"] == []


# A real store behind a line that breaks


class Calls(Relay):
    """A relay that counts requests, and breaks the line at some of them: before the store hears of it, or before its answer is heard."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self.breaks: Callable[[int], bool] = lambda _number: False
        self.after = self.broke = False
        self.delay = 0.0
        self._heard = 0
        self._counting = threading.Lock()
        self._deaf: set[socket.socket] = set()

    def begin(self, breaks: Callable[[int], bool] = lambda _number: False, *, after: bool = False) -> None:
        """Count anew."""
        self._heard, self.breaks, self.after, self.broke = 0, breaks, after, False

    @property
    def passed(self) -> int:
        """How many requests there have been."""
        return self._heard

    def _number(self) -> int:
        with self._counting:
            self._heard += 1
            return self._heard - 1

    def _pass(self, source: socket.socket, target: socket.socket, limit: str) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if limit == "cut_up_after" and _REQUEST.match(data):
                    self._over.wait(self.delay)
                    if self.breaks(self._number()):
                        self.broke = True
                        if not self.after:
                            break
                        self._deaf.add(target)
                elif source in self._deaf:
                    break
                target.sendall(data)
        self._cut(source)
        self._cut(target)


@contextmanager
def behind_a_line(installation: Installation) -> Iterator[tuple[Calls, Callable[[], None]]]:
    """Put a relay before the store; give it, and a way to connect anew through it."""
    real = installation.services.blobs
    assert isinstance(real, S3)
    real.prepare()
    host, _, port = real._address.host.partition(":")
    with Calls(host, int(port)) as relay:
        yield relay, lambda: with_store(installation, S3(replace(real._address, host=relay.netloc)))
        with_store(installation, real)


@pytest.mark.parametrize("installation", ["production"], indirect=True)
@pytest.mark.parametrize(
    ("after", "for_good"),
    [
        pytest.param(False, False, id="once, unheard", marks=pytest.mark.long),
        pytest.param(True, False, id="once, unanswered"),
        pytest.param(False, True, id="from then on, unheard", marks=pytest.mark.long),
        pytest.param(True, True, id="from then on, unanswered"),
    ],
)
def test_a_store_whose_line_breaks_at_any_call_has_all_of_a_version_or_nothing_of_it(
    installation: Installation, *, after: bool, for_good: bool
) -> None:
    publish(installation, package("Đầu tiên"))
    published, failed = ["Đầu tiên"], 0
    with behind_a_line(installation) as (relay, connect):
        # How many calls there are differs by two or three, with what is asked twice: the line breaks later and later, until it holds.
        for number in itertools.count():
            title = f"Đứt ở {number:02}"
            relay.begin(lambda n, at=number: n >= at if for_good else n == at, after=after)  # type: ignore[misc]  # of a lambda's default
            connect()
            try:
                publish(installation, package(title))
            except StoreAway:
                failed += 1
                assert title not in titles(installation)
                relay.begin()
                connect()
                with installation.app.app_context():
                    publishing.sweep()
                check_whole(installation)
                publish(installation, package(title))
                broke = True
            else:
                broke = relay.broke
            published.append(title)
            relay.begin()
            check_whole(installation)
            if not broke:
                break

    assert number >= len(NAMES) + 2  # the list of the earlier version, the files, the list of them
    assert titles(installation) == sorted(published)
    assert failed == number if for_good else failed < number  # a line that breaks once is mended by asking once more


@pytest.mark.parametrize("installation", ["production"], indirect=True)
def test_a_store_that_is_slow_at_every_call_only_takes_longer(installation: Installation) -> None:
    with behind_a_line(installation) as (relay, connect):
        relay.delay = 0.2
        connect()
        publish(installation, package("Chậm"))

        assert relay.passed >= len(NAMES) + 1
    check_whole(installation)


# A disk that is full


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Mount a small disk."""
    folder.mkdir(parents=True, exist_ok=True)
    program = shutil.which("mount")
    if os.geteuid() or program is None:
        leave_out("a small disk: only root may mount one")
    mount = [program, "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False).returncode:
        leave_out("a small disk: this system mounts none")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607 - whichever there is, as mount


def test_wherever_the_disk_runs_full_nothing_is_left_and_a_retry_with_room_works(tmp_path: Path) -> None:
    """Everything lies on one small disk: quarantine, objects and the database. More and more of it is free."""
    # Small in the zip: the files need room of their own when they are unpacked, and once more in the store.
    data, failed = scorm12("Đầy", {name: bytes(Random(name).choices(b"ab", k=60_000)) for name in NAMES[2:]}), []
    with disk(tmp_path, 8):
        (tmp_path / "data").mkdir()
        made = make_installation(
            {"HAIDANG_DATA": str(tmp_path / "data"), "HAIDANG_DATABASE_URL": f"sqlite:///{tmp_path}/data/haidang.db"}
        )
        made.haidang("space", "add", "haiphong")
        ballast = tmp_path / "ballast"
        for free in itertools.count(10_000, 20_000):
            room = shutil.disk_usage(tmp_path).free
            ballast.write_bytes(bytes(room - free))
            try:
                publish(made, data)
                break
            except (OSError, StoreAway, DatabaseAway) as error:
                failed.append(type(error).__name__)
            ballast.unlink()
            with made.app.app_context():
                publishing.sweep()
            check_whole(made)
            assert titles(made) == []

        check_whole(made)
        assert titles(made) == ["Đầy"]
        assert {"OSError", "StoreFull"} <= set(failed)
        made.services.database.dispose()


# Killed


@pytest.mark.parametrize("make_up", ["embedded", pytest.param("production", marks=pytest.mark.long)])
def test_what_a_service_was_doing_when_it_was_killed_is_swept_at_its_next_start(
    request: pytest.FixtureRequest, tmp_path: Path, make_up: str
) -> None:
    with serving(request, tmp_path, make_up, "sibling") as service:
        blobs = service.installation.services.blobs
        quarantine = tmp_path / "data" / "quarantine"
        sending = threading.Thread(
            target=send, args=(service, scorm12(more={f"{n}.txt": b"%d" % n for n in range(3000)}))
        )
        sending.start()
        wait_until(lambda: len(list(itertools.islice(blobs.list("spaces/"), 20))) == 20)
        kill(service)
        sending.join()
        assert len(list(blobs.list("spaces/"))) >= 20  # control: there is something to sweep
        assert [*quarantine.glob("1-*")] != []

        service.start()
        wait_until(lambda: [*quarantine.glob("*/")] == [])

        assert titles(service.installation) == []
        check_whole(service.installation)


def send(service: Service, data: bytes) -> None:
    """Send a package with a key."""
    key = service.installation.key("packages/write")
    word = b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
    fields = {"Authorization": f"Basic {word}", "Content-Type": "application/zip"}
    service.ask("POST", "/api/packages", body=data, headers=fields)


def kill(service: Service) -> None:
    """End the service with kill -9, all of it but the reader, which ends with its service."""
    assert service.program is not None
    master = service.program.process.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    for process in (master, *map(int, workers)):
        os.kill(process, signal.SIGKILL)
    service.stop()


def wait_until(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < until
        time.sleep(0.01)


# At the same time


def test_authors_who_upload_the_same_package_at_the_same_time_each_have_a_whole_one(installation: Installation) -> None:
    data, together = package("Cùng lúc"), threading.Barrier(4)

    def upload(_author: int) -> None:
        together.wait()
        publish(installation, data)

    with ThreadPoolExecutor(4) as authors:
        list(authors.map(upload, range(4)))

    assert titles(installation) == ["Cùng lúc"] * 4
    check_whole(installation)
