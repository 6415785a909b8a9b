"""Publishing is all or nothing, whatever fails at whichever file."""

import io
import itertools
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lrs import services
from lrs.commands import enter
from lrs.web import release
from packages import publishing, tree
from packages.cmi5 import NAMESPACE
from packages.findings import PackageRefused
from packages.model import Package
from packages.placing import list_key, prefix
from storage.blobs import Blobs, Reading, StoreAway, StoreFull
from storage.blobs.s3 import S3
from storage.errors import DatabaseAway
from tests.parts.installations import Installation, environment, make_installation
from tests.parts.left_out import leave_out
from tests.parts.zips import MANIFEST, scorm12, zipped
from tests.storage.blobs.relay import Relay

FILES = {f"media/{n}.txt": b"x" * n for n in range(4)}


def publish(installation: Installation, data: bytes) -> publishing.Published:
    with installation.app.app_context():
        enter("haiphong")
        return publishing.publish(io.BytesIO(data))


def test_all_files_lie_under_the_versions_key(installation: Installation) -> None:
    published = publish(installation, scorm12(more=FILES))

    place = prefix(1, published.version_id)
    stored = [blob.key.removeprefix(place) for blob in installation.services.blobs.list(place)]
    assert stored == sorted(["imsmanifest.xml", "index.html", *FILES])


def test_files_count_from_the_manifests_folder(embedded: Installation) -> None:
    inner = zipped({f"Bai/{name}": data for name, data in unzipped(scorm12()).items()} | {"readme.txt": b"outside"})

    published = publish(embedded, inner)

    place = prefix(1, published.version_id)
    assert {blob.key.removeprefix(place) for blob in embedded.services.blobs.list(place)} == {
        "imsmanifest.xml",
        "index.html",
    }


def unzipped(data: bytes) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Failing:
    """A real store that goes away at one of its calls: before it has done what it was asked, or after."""

    def __init__(self, blobs: Blobs, at: int, *, after: bool) -> None:
        self._blobs = blobs
        self._at = at
        self._after = after
        self._calls = itertools.count()
        self.called = 0

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._blobs, name)

        def call(*arguments: Any, **more: Any) -> Any:
            self.called = next(self._calls) + 1
            if self.called - 1 != self._at:
                return asked(*arguments, **more)
            if self._after:
                done = asked(*arguments, **more)
                if isinstance(done, Reading):
                    done.close()
            raise StoreAway("the store is away")

        return call


def with_store(installation: Installation, blobs: Any) -> None:
    parts = installation.services
    for app in (installation.app, installation.app.extensions["haidang.content"]):
        services.attach(app, replace(parts, blobs=blobs))


def stored(installation: Installation) -> list[str]:
    return [blob.key for blob in installation.services.blobs.list("spaces/")]


def quarantined(installation: Installation) -> list[str]:
    root = installation.services.config.data / "quarantine"
    return sorted(path.name for path in root.rglob("*") if path.name != "lock")


CALLS = len(FILES) + 3
"""Puts of a first version's files and of their list; the next one to fail finds nothing to do."""


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("failing", range(CALLS))
def test_a_store_that_goes_away_at_any_call_leaves_nothing(
    embedded: Installation, failing: int, *, after: bool
) -> None:
    real = embedded.services.blobs
    with_store(embedded, Failing(real, failing, after=after))

    with pytest.raises(StoreAway):
        publish(embedded, scorm12(more=FILES))

    with_store(embedded, real)
    assert (stored(embedded), quarantined(embedded)) == ([], [])
    assert embedded.haidang("package", "list", "--space", "haiphong") == {"packages": []}
    publish(embedded, scorm12(more=FILES))  # a retry finishes it
    assert len(stored(embedded)) == CALLS


def test_control_no_call_is_left_untried(embedded: Installation) -> None:
    counted = Failing(embedded.services.blobs, -1, after=False)
    with_store(embedded, counted)

    publish(embedded, scorm12(more=FILES))

    assert counted.called == CALLS


@pytest.mark.parametrize("failing", range(CALLS + 1))
def test_a_second_version_that_fails_at_any_call_leaves_the_first_as_it_was(
    embedded: Installation, failing: int
) -> None:
    real = embedded.services.blobs
    publish(embedded, scorm12(more=FILES))
    before = {key: real.get(key).read() for key in stored(embedded)}
    with_store(embedded, Failing(real, failing, after=True))

    with pytest.raises(StoreAway):
        publish(embedded, scorm12(more=FILES | {"media/1.txt": b"new"}))

    with_store(embedded, real)
    assert {key: real.get(key).read() for key in stored(embedded)} == before


def test_a_store_that_stays_away_is_cleared_by_the_next_import(embedded: Installation) -> None:
    real = embedded.services.blobs

    class Gone(Failing):
        def __getattr__(self, name: str) -> Any:
            if self.called > 3:
                raise StoreAway("the store is away")
            return super().__getattr__(name)

    with_store(embedded, Gone(real, 3, after=True))
    with pytest.raises(StoreAway):
        publish(embedded, scorm12(more=FILES))
    with_store(embedded, real)
    assert len(stored(embedded)) >= 3
    assert len(quarantined(embedded)) == 1

    published = publish(embedded, scorm12(more=FILES))

    place = prefix(1, published.version_id)
    assert [key for key in stored(embedded) if not key.startswith(place)] == [list_key(1, published.version_id)]
    assert quarantined(embedded) == []


@pytest.mark.parametrize("installation", ["production"], indirect=True)
def test_a_cut_line_to_the_store_leaves_nothing_and_a_retry_over_a_slow_one_works(installation: Installation) -> None:
    real = installation.services.blobs
    assert isinstance(real, S3)
    real.prepare()
    host, _, port = real._address.host.partition(":")
    with Relay(host, int(port)) as relay:
        relay.cut_up_after = 30_000
        with_store(installation, S3(replace(real._address, host=relay.netloc)))
        with pytest.raises(StoreAway):
            publish(installation, scorm12(more={f"{n}.txt": b"x" * 70_000 for n in range(3)}))
        relay.cut_up_after = None
        relay.still = 0.2
        published = publish(installation, scorm12(more=FILES))

    with_store(installation, real)
    place = prefix(1, published.version_id)
    assert {key for key in stored(installation) if not key.startswith(place)} == {list_key(1, published.version_id)}


def test_a_full_quarantine_is_no_fault_of_the_package(embedded: Installation) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    data = scorm12(more={"film.mp4": Random(1).randbytes(400_000)})
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            publish(embedded, data)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert (stored(embedded), quarantined(embedded)) == ([], [])
    publish(embedded, data)


def test_a_database_that_goes_away_leaves_nothing(embedded: Installation) -> None:
    database = embedded.services.database
    file = Path(database.url.database or "")
    with embedded.app.app_context():
        enter("haiphong")
        release()
        database.dispose()
        aside = file.rename(file.with_suffix(".aside"))
        file.mkdir()
        with pytest.raises(DatabaseAway):
            publishing.publish(io.BytesIO(scorm12(more=FILES)))
        file.rmdir()
        aside.rename(file)

    assert stored(embedded) == []
    publish(embedded, scorm12(more=FILES))


def test_a_commit_of_which_nobody_heard_keeps_its_files(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line to the database may be cut after the commit and before its answer."""
    make_visible = publishing._make_visible

    def and_lose_the_line(*arguments: Any) -> None:
        make_visible(*arguments)
        raise DatabaseAway("the line was cut")

    monkeypatch.setattr(publishing, "_make_visible", and_lose_the_line)
    with pytest.raises(DatabaseAway):
        publish(embedded, scorm12(more=FILES))
    monkeypatch.undo()
    assert len(quarantined(embedded)) == 1

    with embedded.app.app_context():
        publishing.sweep()

    assert quarantined(embedded) == []
    assert len(stored(embedded)) == CALLS


def test_what_was_never_committed_is_swept(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose_the_line(*_: Any) -> None:
        raise DatabaseAway("the line was cut")

    monkeypatch.setattr(publishing, "_make_visible", lose_the_line)
    with pytest.raises(DatabaseAway):
        publish(embedded, scorm12(more=FILES))
    assert len(stored(embedded)) == CALLS

    with embedded.app.app_context():
        publishing.sweep()

    assert (stored(embedded), quarantined(embedded)) == ([], [])


def test_a_sweep_leaves_alone_what_is_not_ours(embedded: Installation) -> None:
    (embedded.services.config.data / "quarantine" / "somebody's").mkdir(parents=True)

    with embedded.app.app_context():
        publishing.sweep()

    assert quarantined(embedded) == ["somebody's"]


class Listening:
    """A real store that writes down what is sent to it."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self.sent: list[str] = []

    def put(self, key: str, source: Any, *, sha256: str = "") -> Any:
        self.sent.append(key.rpartition("/")[2])
        return self._blobs.put(key, source, sha256=sha256)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._blobs, name)


@pytest.mark.parametrize(
    ("title", "more", "sent"),
    [
        ("Bài", {}, []),
        ("Bài, sửa lại", {}, ["imsmanifest.xml", "index.html"]),
        ("Bài", {"media/1.txt": b"new"}, ["1.txt"]),
        (
            "Bài",
            {"media/moved.txt": FILES["media/2.txt"], "media/twice.txt": b"new", "media/new.txt": b"new"},
            ["twice.txt"],
        ),
    ],
    ids=["the same", "renamed", "one changed", "moved, and one twice"],
)
def test_what_lies_in_the_store_is_not_sent_again(
    installation: Installation, title: str, more: dict[str, bytes], sent: list[str]
) -> None:
    publish(installation, scorm12("Bài", FILES))
    other = MANIFEST.format(title="Bài khác").replace('"bai-hoc"', '"bai-khac"').encode()
    publish(installation, scorm12("Bài khác", {"imsmanifest.xml": other, "media/1.txt": b"of another lesson"}))
    listening = Listening(installation.services.blobs)
    with_store(installation, listening)

    published = publish(installation, scorm12(title, FILES | more))

    place = prefix(1, published.version_id)
    assert sorted(listening.sent) == sorted([*sent, f"{published.version_id.hex}.json"])
    for name, data in (FILES | more).items():
        assert listening.get(place + name).read() == data


def test_a_damaged_last_file_leaves_nothing(embedded: Installation) -> None:
    data = bytearray(zipped(unzipped(scorm12()) | {"z.bin": bytes(range(256))}))
    data[data.rindex(b"z.bin", 0, data.index(b"PK\1\2")) + 10] ^= 0xFF

    with pytest.raises(PackageRefused):
        publish(embedded, bytes(data))

    assert stored(embedded) == []


def test_the_deepest_tree_of_items_that_is_read_can_be_stored(embedded: Installation) -> None:
    inner = '<item identifier="bai-1" identifierref="res-1"><title>Bài</title></item>'
    for n in range(tree.DEEPEST - 5):
        inner = f'<item identifier="phan-{n}"><title>Phần</title>{inner}</item>'
    manifest = re.sub("<item .*</item>", inner, MANIFEST.format(title="Bài"), flags=re.DOTALL)

    published = publish(embedded, scorm12(more={"imsmanifest.xml": manifest.encode()}))

    stored = Package.from_json(json.loads(json.dumps(published.package.to_json())))
    assert stored == published.package
    assert len(list(stored.organisations[0].walk())) == tree.DEEPEST - 4


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((b"", b""), []),
        (
            (b"</item>", b'</item><item identifier="bai-2" identifierref="res-1"><title>Hai</title></item>'),
            [],
        ),
        ((b'href="index.html"><', b'href="https://elsewhere.example/"><'), ["launch-elsewhere", "not-played-yet"]),
        ((b"adlcp_rootv1p2", b"adlcp_v1p3"), ["no-schemaversion"]),
    ],
)
def test_what_the_player_cannot_open_is_published_and_told(
    embedded: Installation, change: tuple[bytes, bytes], told: list[str]
) -> None:
    manifest = MANIFEST.format(title="Bài").encode().replace(*change)

    published = publish(embedded, scorm12(more={"imsmanifest.xml": manifest}))

    assert [finding.code for finding in published.told.findings] == told


def test_a_course_structure_alone_is_published_as_its_one_file(embedded: Installation) -> None:
    words = "<title><langstring>C</langstring></title><description><langstring>C</langstring></description>"
    structure = (
        f'<courseStructure xmlns="{NAMESPACE}"><course id="urn:c">{words}</course>'
        f'<au id="urn:a">{words}<url>https://x.example/a.html</url></au></courseStructure>'
    ).encode()

    published = publish(embedded, structure)

    place = prefix(1, published.version_id)
    assert [blob.key.removeprefix(place) for blob in embedded.services.blobs.list(place)] == ["cmi5.xml"]
    assert (published.package.kind, published.package.title) == ("cmi5", "C")


def test_what_a_killed_import_left_is_gone_after_the_next_start(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    for environ in environment(request, "embedded", tmp_path):
        made = make_installation(environ)
        made.haidang("space", "add", "haiphong")
        done = subprocess.run(
            [sys.executable, "-c", _KILLED], env=os.environ | environ | {"PYTHONPATH": str(ROOT)}, check=False
        )
        assert done.returncode == -signal.SIGKILL
        assert len(stored(made)) == CALLS
        assert len(quarantined(made)) > 1

        with made.app.app_context():
            for step in made.app.extensions["haidang.at_start"]:
                step()

        assert (stored(made), quarantined(made)) == ([], [])
        made.services.database.dispose()


ROOT = Path(__file__).parents[2]
_KILLED = """
import io, os, signal
import wsgi
from lrs.commands import enter
from packages import publishing
from tests.packages.test_publishing import FILES
from tests.parts.zips import scorm12
publishing._make_visible = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with wsgi.create_app(os.environ).app_context():
    enter("haiphong")
    publishing.publish(io.BytesIO(scorm12(more=FILES)))
"""
"""An import that is killed when all its files lie in the store, and nothing says so yet."""


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mount a disk on which a few hundred kilobytes find room."""
    folder.mkdir(parents=True, exist_ok=True)
    program = shutil.which("mount")
    if os.geteuid() or program is None:
        leave_out("a small disk: only root may mount one")
    if subprocess.run([program, "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)], check=False).returncode:
        leave_out("a small disk: this system mounts none")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607 - whichever there is, as mount


@pytest.mark.parametrize(("where", "error"), [("objects", StoreFull), ("quarantine", OSError)])
def test_a_full_disk_leaves_nothing_and_a_retry_with_room_works(
    embedded: Installation, where: str, error: type[Exception]
) -> None:
    data = scorm12(more={f"{n}.bin": Random(n).randbytes(40_000) for n in range(12)})
    with small_disk(embedded.services.config.data / where):
        with pytest.raises(error):
            publish(embedded, data)
        assert (stored(embedded), quarantined(embedded)) == ([], [])

    publish(embedded, data)
