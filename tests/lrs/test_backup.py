"""Backup, wipe, restore: everything is there again, in either make-up, and a backup that fails leaves nothing."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import secrets
import threading
import time
import tracemalloc
import uuid
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from lrs import backup, record
from lrs.backup import BackupRefused, Parts
from storage import dump, migrate, people, service, spaces, statements, versions
from storage.blobs import StoreAway, open_blobs
from storage.database import Database
from storage.errors import DatabaseAway
from tests.lrs.lived_in import count_further, done, fresh, learn, live, objects, parts, rows, space_of, sums
from tests.parts.installations import MAKE_UPS
from tests.parts.ports import free_port
from tests.storage.samples import keep, latest, now, statement, version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.parts.installations import Installation
    from tests.parts.postgres import PostgresServer


@pytest.fixture(params=MAKE_UPS)
def target(request: pytest.FixtureRequest, installation: Installation, tmp_path: Path) -> Iterator[Installation]:
    """Give an installation to restore into, in either make-up."""
    with fresh(request, request.param, tmp_path / "target", installation) as made:
        yield made


@pytest.fixture
def empty(request: pytest.FixtureRequest, embedded: Installation, tmp_path: Path) -> Iterator[Installation]:
    """Give an embedded installation to restore into."""
    with fresh(request, "embedded", tmp_path / "target", embedded) as made:
        yield made


@pytest.fixture
def archive(embedded: Installation, tmp_path: Path) -> Path:
    """Back an embedded installation up."""
    live(embedded)
    embedded.haidang("backup", str(tmp_path / "backup.zip"))
    return tmp_path / "backup.zip"


def written(installation: Installation, space: int) -> int:
    with installation.services.database.read(space) as tx:
        return statements.count(tx) if versions.list_versions(tx) else 0


# There and back


def test_everything_is_there_again(installation: Installation, target: Installation, tmp_path: Path) -> None:
    live(installation)

    told = installation.haidang("backup", str(tmp_path / "backup.zip"))
    restored = target.haidang("restore", str(tmp_path / "backup.zip"))

    assert {name: restored[name] for name in ("rows", "objects", "revision")} == {
        name: told[name] for name in ("rows", "objects", "revision")
    }
    assert told["objects"] == 6
    assert told["rows"]["statements"] == 6
    with parts(installation) as before, parts(target) as after:
        assert {name: len(found) for name, found in rows(after.database).items()} == {
            name: count for name, count in told["rows"].items() if name != "service"
        }
        assert rows(after.database) == rows(before.database)
        assert sums(after, tmp_path / "again.zip") == sums(before, tmp_path / "once-more.zip")
    assert objects(target) == objects(installation)
    assert done(target) == done(installation)
    assert len(done(target)["haiphong"]) == 3 + 1  # and the one that is made up


def test_followers_go_on_where_they_were(installation: Installation, target: Installation, tmp_path: Path) -> None:
    """Also on a server that has counted fewer transactions than the one before."""
    live(installation)
    learn(installation)  # which nobody has followed yet
    count_further(installation)
    before = done(installation)
    installation.haidang("backup", str(tmp_path / "backup.zip"))

    target.haidang("restore", str(tmp_path / "backup.zip"))

    assert done(target) == before
    assert target.follow() == 1
    assert target.follow() == 0
    for number in range(1, 4):
        learn(target)
        assert target.follow() == 1
        assert len(done(target)["haiphong"]) == len(before["haiphong"]) + 1 + number
    assert done(target)["danang"] == before["danang"]


@pytest.mark.parametrize("installation", ["production"], indirect=True)
def test_control_without_a_new_epoch_new_statements_would_be_missed(
    installation: Installation, target: Installation, tmp_path: Path
) -> None:
    live(installation)
    count_further(installation)
    installation.haidang("backup", str(tmp_path / "backup.zip"))
    target.haidang("restore", str(tmp_path / "backup.zip"))

    with parts(target) as found, found.database.write() as tx:
        assert service.read(tx, service.EPOCH) == "2"
        service.write(tx, service.EPOCH, "1")
    learn(target)

    assert target.follow() == 0


def test_a_restored_installation_can_be_backed_up_and_restored_again(
    embedded: Installation, empty: Installation, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    live(embedded)
    embedded.haidang("backup", str(tmp_path / "1.zip"))
    empty.haidang("restore", str(tmp_path / "1.zip"))
    learn(empty)
    assert empty.follow() == 1
    empty.haidang("backup", str(tmp_path / "2.zip"))

    with fresh(request, "embedded", tmp_path / "third", embedded) as third:
        third.haidang("restore", str(tmp_path / "2.zip"))

        assert third.follow() == 0
        assert done(third) == done(empty)
        learn(third)
        assert third.follow() == 1


def test_a_database_that_nobody_has_migrated_is_migrated(archive: Path, embedded: Installation, empty_url: str) -> None:
    data = archive.parent / "data-of-the-third"
    there = Parts(
        Database(empty_url, role=None),
        open_blobs(f"file://{data}"),
        embedded.services.keys,
        embedded.services.identity_keys,
    )

    backup.restore(there, archive)

    with there.database.read() as tx:
        assert migrate.current(tx) == migrate.head()
    with parts(embedded) as found:
        assert rows(there.database) == rows(found.database)
    there.database.dispose()


def test_the_service_may_log_in_to_what_was_restored(
    archive: Path, embedded: Installation, postgres: PostgresServer
) -> None:
    """As on a new server, where the login is there and no role of ours."""
    name, login = f"restored_{uuid.uuid4().hex}", f"web_{uuid.uuid4().hex}"
    postgres.create_database(name)
    owner = Database(postgres.url(name), role=None)
    with owner.write() as tx:
        tx.run(text(f"create role {login} login"))

    backup.restore(
        Parts(
            owner,
            open_blobs(f"file://{archive.parent}/o"),
            embedded.services.keys,
            embedded.services.identity_keys,
            login,
        ),
        archive,
    )

    web = Database(postgres.url(name, login))
    with web.read() as tx:
        assert spaces.slugs(tx) == ["danang", "haiphong"]
    web.dispose()
    owner.dispose()
    postgres.drop_database(name)


# What an archive is


def test_any_program_can_open_it_and_the_secret_is_not_in_it(archive: Path, embedded: Installation) -> None:
    secret = embedded.services.config.secret_file.read_text().strip()

    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        everything = {name: opened.read(name) for name in opened.namelist()}

    assert set(everything) == {"manifest.json", "objects.tar", *(f"tables/{name}.jsonl" for name in dump.tables())}
    whole = b"".join(everything.values())
    assert secret.encode() not in whole
    assert bytes.fromhex(secret) not in whole
    manifest = json.loads(everything["manifest.json"])
    assert manifest["fingerprint"] == embedded.services.keys.fingerprint
    assert (
        manifest["tables"]["statements"]["sha256"] == hashlib.sha256(everything["tables/statements.jsonl"]).hexdigest()
    )
    assert manifest["objects"]["sha256"] == hashlib.sha256(everything["objects.tar"]).hexdigest()


def test_its_owner_alone_can_read_it(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600


def test_a_backup_takes_the_place_of_the_one_before(archive: Path, embedded: Installation, empty: Installation) -> None:
    learn(embedded)
    embedded.haidang("backup", str(archive))

    assert empty.haidang("restore", str(archive))["rows"]["statements"] == 7


# While others write


@pytest.mark.parametrize("target", ["embedded"], indirect=True)
def test_a_backup_taken_while_others_write_is_one_picture(
    installation: Installation, target: Installation, tmp_path: Path
) -> None:
    space, enough = space_of(installation), threading.Event()
    database, blobs = installation.services.database, installation.services.blobs

    def publish() -> None:
        while not enough.is_set():
            made = version(uuid.uuid4())
            blobs.put(f"spaces/{space}/versions/{made.id.hex}/index.html", b"<p>")
            with database.write(space) as tx:
                versions.add_package(tx, made.package_id, now())
                versions.publish(tx, made)

    def study() -> None:
        while not enough.is_set():
            learn(installation)

    writers = [threading.Thread(target=each) for each in (publish, study, study)]
    for writer in writers:
        writer.start()
    try:
        deadline = time.monotonic() + 20
        while not written(installation, space):
            assert time.monotonic() < deadline
        before = written(installation, space)
        installation.haidang("backup", str(tmp_path / "backup.zip"))
    finally:
        enough.set()
        for writer in writers:
            writer.join()
    assert written(installation, space) > before

    target.haidang("restore", str(tmp_path / "backup.zip"))

    with target.services.database.read(space_of(target)) as tx:
        published, accounts = versions.list_versions(tx), people.list_accounts(tx)
        learned = [row.actor for _, row in latest(tx, 100_000)]
    assert len(learned) >= before
    assert sorted(learned) == sorted(
        record.actor_key(record.actor_of(account.id, target.public_url)) for account in accounts
    )
    there = objects(target)
    assert published
    assert [each for each in published if f"spaces/{space}/versions/{each.id.hex}/index.html" not in there] == []


# A backup that fails


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder for backups, with an older one in it."""
    made = tmp_path / "backups"
    made.mkdir()
    (made / "backup.zip").write_bytes(b"an older one")
    return made


def left_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_without_the_object_store_there_is_no_backup(embedded: Installation, folder: Path) -> None:
    nobody = open_blobs(f"s3+http://key:secret@127.0.0.1:{free_port()}/bucket")

    with parts(embedded) as found, pytest.raises(StoreAway):
        backup.write(Parts(found.database, nobody, found.keys, found.identity_keys), folder / "backup.zip")

    assert left_in(folder) == {"backup.zip": b"an older one"}


def test_without_the_database_there_is_no_backup(embedded: Installation, folder: Path) -> None:
    nobody = Database(f"postgresql://127.0.0.1:{free_port()}/haidang", role=None)

    with parts(embedded) as found, pytest.raises(DatabaseAway):
        backup.write(Parts(nobody, found.blobs, found.keys, found.identity_keys), folder / "backup.zip")

    assert left_in(folder) == {"backup.zip": b"an older one"}


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_without_room_there_is_no_backup(embedded: Installation, folder: Path) -> None:
    with parts(embedded) as found:
        found.blobs.put("spaces/1/film.mp4", secrets.token_bytes(200_000))
        with little_room(50_000), pytest.raises(BackupRefused, match="cannot write"):
            backup.write(found, folder / "backup.zip")

    assert left_in(folder) == {"backup.zip": b"an older one"}


def test_into_a_folder_that_is_not_there_nothing_is_written(embedded: Installation, folder: Path) -> None:
    with parts(embedded) as found, pytest.raises(BackupRefused, match=r"cannot write .*No such file or directory"):
        backup.write(found, folder / "none" / "backup.zip")


@pytest.mark.parametrize("revision", [None, *migrate.revisions()[:-1]])
def test_a_database_of_another_release_is_not_backed_up(
    embedded: Installation, folder: Path, empty_url: str, revision: str | None
) -> None:
    """What this release knows of tables would not be all there is."""
    old = Database(empty_url, role=None)
    if revision is not None:
        migrate.upgrade(old, to=revision)
    else:
        with old.write() as tx:
            tx.run(text("select 1"))

    with parts(embedded) as found, pytest.raises(BackupRefused, match=f"revision {revision}.*haidang migrate"):
        backup.write(Parts(old, found.blobs, found.keys, found.identity_keys), folder / "backup.zip")

    assert left_in(folder) == {"backup.zip": b"an older one"}
    old.dispose()


# Memory


def test_memory_does_not_grow_with_rows_and_objects(
    embedded: Installation, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)  # which takes long, and no memory

    def peak(times: int) -> int:
        space = space_of(embedded)
        with embedded.services.database.write(space) as tx:
            keep(tx, [statement(payload="x" * 1000) for _ in range(400 * times)])
        for number in range(20 * times):
            embedded.services.blobs.put(f"spaces/{space}/{times}/{number // 20}/{number % 20}.html", b"<p>")
        with fresh(request, "embedded", tmp_path / f"target-{times}", embedded) as target, parts(embedded) as source:
            tracemalloc.start()
            backup.write(source, tmp_path / "backup.zip")
            with parts(target) as found:
                backup.restore(found, tmp_path / "backup.zip")
            measured = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return measured

    peak(1)  # so that what is made once is made
    few, many = peak(2), peak(8)

    assert many < 1.2 * few
