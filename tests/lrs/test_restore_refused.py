"""What is damaged, foreign or newer is not restored, nor is anything overwritten; and each time nothing is written at all."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from lrs import backup, keys
from lrs.backup import BackupRefused, Parts
from lrs.keys import Keys
from lrs.sealing import KeyRing
from storage import dump, migrate
from storage.blobs import open_blobs
from storage.database import Database
from tests.lrs.lived_in import live, parts, rows
from tests.parts.installations import environment, make_installation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.parts.installations import Installation


@pytest.fixture(scope="module")
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Make an installation that has been lived in."""
    for environ in environment(request, "embedded", tmp_path_factory.mktemp("source")):
        made = make_installation(environ)
        made.haidang("space", "add", "haiphong", "--name", "Hải Phòng")
        live(made)
        yield made
        made.services.database.dispose()


@pytest.fixture(scope="module")
def whole(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Back it up."""
    file = tmp_path_factory.mktemp("archive") / "backup.zip"
    source.haidang("backup", str(file))
    return file


@pytest.fixture
def archive(whole: Path, tmp_path: Path) -> Path:
    """Copy the backup, to damage it."""
    return Path(shutil.copy(whole, tmp_path / "backup.zip"))


class Target:
    """An empty place to restore into, with a secret."""

    def __init__(self, folder: Path, secret: Path, database_url: str) -> None:
        self.folder = folder / "objects"
        names = KeyRing(secret.with_name("identity.keys"))
        self.parts = Parts(Database(database_url, role=None), open_blobs(f"file://{self.folder}"), Keys(secret), names)

    def restore(self, archive: Path) -> dict[str, Any]:
        return backup.restore(self.parts, archive)

    def is_untouched(self) -> bool:
        """Whether there is neither a table nor an object."""
        with self.parts.database.read() as tx:
            tables = inspect(tx.connection).get_table_names()
        return tables == [] and not self.folder.exists()


@pytest.fixture
def target(source: Installation, tmp_path: Path) -> Iterator[Target]:
    """Give an empty place with the secret of the source."""
    (tmp_path / "target").mkdir()
    url = f"sqlite:///{tmp_path}/target/haidang.db"
    made = Target(tmp_path / "target", source.services.config.secret_file, url)
    yield made
    made.parts.database.dispose()


NOBODYS = KeyRing(Path("/nowhere"))

Entries = dict[str, bytes]


def rewrite(archive: Path, by: Keys, change: Callable[[Entries, dict[str, Any]], object]) -> None:
    """Write an archive with other entries or another manifest, sealed as if it were so."""
    with zipfile.ZipFile(archive) as opened:
        entries = {name: opened.read(name) for name in opened.namelist()}
    manifest = json.loads(entries["manifest.json"])
    change(entries, manifest)
    entries["manifest.json"] = json.dumps(manifest).encode()
    with archive.open("w+b") as file:
        with zipfile.ZipFile(file, "w") as writing:
            for name, content in entries.items():
                writing.writestr(name, content)
            writing.comment = bytes(backup._SEAL)
        sealed = backup._seal(Parts(Database("sqlite://"), open_blobs("file:///nowhere"), by, NOBODYS), file)
        file.seek(-backup._SEAL, 2)
        file.write(sealed)


# Damaged


def places(size: int) -> list[int]:
    """Choose bytes from all over an archive: its ends, and a hundred between them."""
    return sorted({*range(40), *range(0, size, max(size // 100, 1)), *range(size - 90, size)})


@pytest.mark.parametrize("bit", [0, 7])
def test_a_byte_that_was_flipped_anywhere_is_noticed(archive: Path, target: Target, bit: int) -> None:
    content = archive.read_bytes()

    for place in places(len(content)):
        damaged = bytearray(content)
        damaged[place] ^= 1 << bit
        archive.write_bytes(damaged)
        with pytest.raises(BackupRefused, match=r"damaged|secret|format"):
            target.restore(archive)

    assert target.is_untouched()
    archive.write_bytes(content)
    assert target.restore(archive)["objects"]["pieces"] == 6  # control
    assert not target.is_untouched()


def test_an_archive_that_is_cut_is_noticed(archive: Path, target: Target) -> None:
    content = archive.read_bytes()

    for size in (0, 1, 63, 64, 65, 1000, len(content) // 2, len(content) - 64, len(content) - 1):
        archive.write_bytes(content[:size])
        with pytest.raises(BackupRefused, match="damaged"):
            target.restore(archive)

    assert target.is_untouched()


@pytest.mark.parametrize("more", [b"\0", b"0" * 64, b"PK"])
def test_an_archive_with_something_behind_it_is_noticed(archive: Path, target: Target, more: bytes) -> None:
    archive.write_bytes(archive.read_bytes() + more)

    with pytest.raises(BackupRefused, match="damaged"):
        target.restore(archive)

    assert target.is_untouched()


def test_an_archive_that_somebody_has_rewritten_is_noticed(
    archive: Path, target: Target, tmp_path: Path, source: Installation
) -> None:
    """Checksums that fit are not enough: an account could have been put in."""
    keys.make(tmp_path / "another.key")
    rewrite(archive, Keys(tmp_path / "another.key"), lambda *_: None)
    with pytest.raises(BackupRefused, match="damaged"):
        target.restore(archive)
    assert target.is_untouched()

    rewrite(archive, source.services.keys, lambda *_: None)
    target.restore(archive)  # control: who has the secret may


# Foreign


def test_names_that_nobody_here_could_read_are_refused(archive: Path, target: Target, source: Installation) -> None:
    ours = source.services.config.identity_keys_file
    kept = ours.read_text()
    ours.write_text(f"2 {'0f' * 32}\n")

    with pytest.raises(BackupRefused, match="sealed with keys that are not here"):
        target.restore(archive)

    assert target.is_untouched()
    ours.write_text(f"2 {'0f' * 32}\n{kept}")
    target.restore(archive)  # control: another key more harms nothing


@pytest.mark.parametrize("content", [b"", b"hello", b"<html>" * 100, b"PK\x03\x04" + bytes(200), b"\0" * 64])
def test_what_is_no_archive_is_refused(target: Target, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)

    with pytest.raises(BackupRefused, match="no backup of Hải Đăng"):
        target.restore(tmp_path / "file")

    assert target.is_untouched()


@pytest.mark.parametrize(
    "manifest",
    [None, "", "{", "[]", "null", "{}", '{"format":"haidang backup 1"}', '{"fingerprint":""}', "\udcff" * 3],
)
def test_a_foreign_zip_is_refused(target: Target, tmp_path: Path, manifest: str | None) -> None:
    with zipfile.ZipFile(tmp_path / "foreign.zip", "w") as opened:
        opened.writestr("imsmanifest.xml", "<manifest/>")
        if manifest is not None:
            opened.writestr("manifest.json", manifest.encode("utf-8", "surrogateescape"))

    with pytest.raises(BackupRefused, match="no backup of Hải Đăng"):
        target.restore(tmp_path / "foreign.zip")

    assert target.is_untouched()


def test_a_backup_of_another_format_is_refused(archive: Path, target: Target, source: Installation) -> None:
    rewrite(archive, source.services.keys, lambda _, manifest: manifest.update(format="haidang backup 99"))

    with pytest.raises(BackupRefused, match="another format: haidang backup 99"):
        target.restore(archive)

    assert target.is_untouched()


def test_a_backup_of_another_secret_is_refused(archive: Path, target: Target, tmp_path: Path) -> None:
    keys.make(tmp_path / "another.key")
    other = Target(tmp_path / "target", tmp_path / "another.key", str(target.parts.database.url))

    with pytest.raises(BackupRefused, match="another secret"):
        other.restore(archive)

    assert target.is_untouched()


def test_a_backup_of_a_newer_release_is_refused(archive: Path, target: Target, source: Installation) -> None:
    rewrite(archive, source.services.keys, lambda _, manifest: manifest.update(revision="9999"))

    with pytest.raises(BackupRefused, match="newer release: revision 9999"):
        target.restore(archive)

    assert target.is_untouched()


def test_a_table_that_nobody_knows_is_not_left_out_silently(
    archive: Path, target: Target, source: Installation
) -> None:
    rewrite(archive, source.services.keys, lambda _, manifest: manifest["tables"].update(recipes={}))

    with pytest.raises(BackupRefused, match="no place for recipes"):
        target.restore(archive)

    assert target.is_untouched()


# Something is there already


def test_a_space_that_is_there_is_not_overwritten(archive: Path, target: Target) -> None:
    database = target.parts.database
    migrate.upgrade(database)
    with database.write() as tx:
        tx.run(text("insert into spaces (slug, name, language, created) values ('hue', 'Huế', 'vi', '1')"))
    with database.read() as tx:
        before = [*tx.run(text("select * from spaces"))]

    with pytest.raises(BackupRefused, match="something here already"):
        target.restore(archive)

    with database.read() as tx:
        assert [*tx.run(text("select * from spaces"))] == before
        assert tx.run(text("select count(*) from accounts")).scalar_one() == 0
    assert not target.folder.exists()


def test_an_older_database_in_use_is_not_even_migrated(archive: Path, target: Target) -> None:
    database, oldest = target.parts.database, migrate.revisions()[0]
    migrate.upgrade(database, to=oldest)
    with database.write() as tx:
        tx.run(text("insert into spaces (slug, name, language, created) values ('hue', 'Huế', 'vi', '1')"))

    with pytest.raises(BackupRefused, match="something here already"):
        target.restore(archive)

    with database.read() as tx:
        assert migrate.current(tx) == oldest


def test_objects_that_are_there_are_not_overwritten(archive: Path, target: Target) -> None:
    target.parts.blobs.put("spaces/1/versions/a/index.html", b"mine")

    with pytest.raises(BackupRefused, match="something here already"):
        target.restore(archive)

    assert [blob.key for blob in target.parts.blobs.list("")] == ["spaces/1/versions/a/index.html"]
    with target.parts.database.read() as tx:
        assert inspect(tx.connection).get_table_names() == []


def test_a_database_with_tables_of_others_is_not_used(archive: Path, target: Target) -> None:
    with target.parts.database.write() as tx:
        tx.run(text("create table recipes (soup text)"))

    with pytest.raises(BackupRefused, match="something here already"):
        target.restore(archive)

    with target.parts.database.read() as tx:
        assert inspect(tx.connection).get_table_names() == ["recipes"]


@pytest.mark.parametrize("installation", ["embedded", "production"], indirect=True)
def test_an_installation_does_not_restore_into_itself(installation: Installation, tmp_path: Path) -> None:
    live(installation)
    installation.haidang("backup", str(tmp_path / "backup.zip"))
    with parts(installation) as found:
        before = rows(found.database)

        told = installation.haidang("restore", str(tmp_path / "backup.zip"), code=1)

        assert "there is something here already" in told["error"]
        assert rows(found.database) == before


# Older


LATER = {
    "spaces": {"languages", "zone", "emblem", "quota", "registering"},
    "accounts": {"closed", "language"},
    "links": {"purpose", "browser"},
    "sessions": {"seen", "device"},
    "statements": {"target", "actor_key", "verb_key", "activity_key"},
    "cursors": {"passed"},
    "credentials": {"kind", "origins", "actor", "registration", "rate"},
}
"""Columns that came after revision 0002, as tables did."""

OLD_TABLES = [
    "service",
    "spaces",
    "accounts",
    "links",
    "sessions",
    "credentials",
    "statements",
    "rules",
    "outcomes",
    "cursors",
]


def as_lines(found: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in found)


def was_before(entries: Entries) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Write rules and awards as they were before revision 0020: a rule said one thing, and an outcome rested on one statement."""
    kept = {
        name: [json.loads(line) for line in entries[f"tables/{name}.jsonl"].splitlines()]
        for name in ("rules", "rule_versions", "awards")
    }
    bodies = {row["rule_id"]: row["body"] for row in kept["rule_versions"]}
    rule_of = {row["id"]: row["rule_id"] for row in kept["rule_versions"]}
    common = ("space_id", "id", "activity", "created")
    yield "rules", [{name: row[name] for name in common} | {"body": bodies[row["id"]]} for row in kept["rules"]]
    yield (
        "outcomes",
        [
            {name: row[name] for name in ("space_id", "account_id", "reached")}
            | {"rule_id": rule_of[row["version_id"]], "evidence": row["decided"]}
            for row in kept["awards"]
        ],
    )


def older(archive: Path, by: Keys, revision: str) -> None:
    """Make a backup of an earlier release: without what came later."""

    def change(entries: Entries, manifest: dict[str, Any]) -> None:
        manifest["revision"] = revision
        earlier = dict(was_before(entries))
        for name in {*manifest["tables"]} - {*OLD_TABLES}:
            del manifest["tables"][name], entries[f"tables/{name}.jsonl"]
        for name, later in LATER.items():
            rows = [json.loads(line) for line in entries[f"tables/{name}.jsonl"].splitlines()]
            older = [{column: value for column, value in row.items() if column not in later} for row in rows]
            entries[f"tables/{name}.jsonl"] = as_lines(older)
        for name, was in earlier.items():
            entries[f"tables/{name}.jsonl"] = as_lines(was)
            manifest["tables"][name] = {"rows": len(was), "sha256": ""}

    rewrite(archive, by, change)


def test_a_backup_of_an_older_release_is_restored_and_migrated(
    archive: Path, target: Target, source: Installation
) -> None:
    older(archive, source.services.keys, "0002")

    target.restore(archive)

    with target.parts.database.read() as tx:
        assert migrate.current(tx) == migrate.head()
        assert [*dump.lines(tx, "packages")] == []
        assert len([*dump.lines(tx, "awards")]) == len([*dump.lines(tx, "rule_versions")]) * 2 == 8
    with parts(source) as found:
        assert len(rows(target.parts.database)["statements"]) == len(rows(found.database)["statements"]) > 0


def test_a_backup_of_an_older_release_needs_a_database_that_is_not_newer(
    archive: Path, target: Target, source: Installation
) -> None:
    older(archive, source.services.keys, "0002")
    migrate.upgrade(target.parts.database)

    with pytest.raises(BackupRefused, match=f"at revision {migrate.head()}, the backup at 0002"):
        target.restore(archive)

    assert not any(rows(target.parts.database).values())
    assert not target.folder.exists()


# A restore that fails on its way


def test_a_restore_that_fails_takes_back_what_it_put(
    archive: Path, whole: Path, target: Target, source: Installation
) -> None:
    """So that it can be tried again."""

    def repeat(entries: Entries, _: dict[str, Any]) -> None:
        entries["tables/commits.jsonl"] *= 2

    rewrite(archive, source.services.keys, repeat)

    with pytest.raises(IntegrityError):
        target.restore(archive)

    assert not any(rows(target.parts.database).values())
    assert [*target.parts.blobs.list("")] == []
    target.restore(whole)
    with parts(source) as found:
        assert rows(target.parts.database) == rows(found.database)
