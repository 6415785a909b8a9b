"""Backup and restore: one zip with every table, every object and their checksums; not the keys, whose fingerprints it carries.

Objects are there before the rows that name them, so the tables are pictured first and the objects listed afterwards. The objects lie in
the zip as one tar: a zip's list of its parts is kept in memory, and there may be millions. The zip ends with a seal, made of all its other
bytes and of a key that comes from the secret.
"""

import hashlib
import hmac
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from lrs.config import Config
from lrs.keys import Keys
from lrs.sealing import KeyRing
from storage import dump, migrate, tar
from storage.blobs import Blobs
from storage.database import Database

FORMAT = "haidang backup 1"
OBJECTS = "spaces/"

_MANIFEST = "manifest.json"
_TAR = "objects.tar"
_SEAL = hashlib.sha256().digest_size * 2
_PIECE = 1024 * 1024


class BackupRefused(Exception):
    """An archive is damaged, or not ours, or there is something here that it would overwrite."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is backed up and restored, and as whom the service logs in to the database."""

    database: Database
    blobs: Blobs
    keys: Keys
    identity_keys: KeyRing
    login: str | None = None


def owner(config: Config) -> Database:
    """Reach the database as the owner of its tables, who sees every space."""
    return Database(config.migration_database_url, role=None)


def write(parts: Parts, target: Path) -> dict[str, Any]:
    """Write a backup; the file appears under its name when it is whole and on disk."""
    with _closing(parts.database), _unfinished(target) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            manifest = _fill(parts, archive)
            archive.comment = bytes(_SEAL)
        seal = _seal(parts, file)
        file.seek(-_SEAL, os.SEEK_END)
        file.write(seal)
    return manifest


@contextmanager
def _closing(database: Database) -> Iterator[None]:
    try:
        yield
    finally:
        database.dispose()


@contextmanager
def _unfinished(target: Path) -> Iterator[IO[bytes]]:
    """Give a file that only its owner can read, and that gets its name when the block ends well, else disappears."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink()
            raise
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        raise BackupRefused(f"cannot write {target}: {error.strerror}") from error


def _fill(parts: Parts, archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "fingerprint": parts.keys.fingerprint,
        "identity_keys": parts.identity_keys.fingerprints,
        "tables": {},
    }
    with parts.database.read() as tx:
        manifest["revision"] = migrate.current(tx)
        if manifest["revision"] != migrate.head():
            raise BackupRefused(
                f"the schema is at revision {manifest['revision']}, this release writes {migrate.head()}: "
                "back up with the release that made it, or run `haidang migrate` first"
            )
        for name in dump.tables():
            with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as entry:
                manifest["tables"][name] = _write_lines(dump.lines(tx, name), entry)
    with archive.open(_TAR, "w", force_zip64=True) as entry:
        summed = Summed(entry)
        count = tar.write(parts.blobs, OBJECTS, summed)
        manifest["objects"] = summed.sums(count)
    archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def _write_lines(lines: Iterable[bytes], entry: IO[bytes]) -> dict[str, Any]:
    summed, count = Summed(entry), 0
    for count, line in enumerate(lines, start=1):  # noqa: B007 - the last number is how many there were
        summed.write(line)
    return summed.sums(count)


class Summed:
    """What is written goes on, and is summed up on its way."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, piece: bytes) -> int:
        """Write some bytes."""
        self._digest.update(piece)
        self._size += len(piece)
        return self._out.write(piece)

    def sums(self, pieces: int) -> dict[str, Any]:
        """Say what was written."""
        return {"sha256": self._digest.hexdigest(), "bytes": self._size, "pieces": pieces}


def restore(parts: Parts, source: Path) -> dict[str, Any]:
    """Bring a backup back into an empty installation, after every byte of it has been checked."""
    with _closing(parts.database), source.open("rb") as file:
        _check_seal(parts, file)
        with zipfile.ZipFile(file) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(_MANIFEST))
            _check_manifest(parts, manifest)
            _check_empty(parts, manifest["revision"])
            migrate.upgrade(parts.database, login=parts.login, to=manifest["revision"])
            try:
                _unpack(parts, archive, manifest)
            except BaseException:
                parts.blobs.delete_all(OBJECTS)
                raise
        migrate.upgrade(parts.database, login=parts.login)
    return manifest


def _unpack(parts: Parts, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    with archive.open(_TAR) as entry:
        tar.read(entry, parts.blobs)
    with parts.database.write() as tx:
        for name in dump.known():
            if name in manifest["tables"]:
                with archive.open(f"tables/{name}.jsonl") as entry:
                    dump.load(tx, name, entry)
        dump.finish(tx)


def _check_seal(parts: Parts, file: IO[bytes]) -> None:
    """Refuse an archive of which any byte is not as it was written here."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - _SEAL, 0))
    seal = file.read(_SEAL)
    if not hmac.compare_digest(seal, _seal(parts, file)):
        raise BackupRefused(_what_is_wrong(parts, file))


def _seal(parts: Parts, file: IO[bytes]) -> bytes:
    """Sum up all bytes but the seal itself, with a key that nobody has who has not the secret."""
    digest = hmac.new(parts.keys.key("backup"), digestmod=hashlib.sha256)
    left = file.seek(0, os.SEEK_END) - _SEAL
    file.seek(0)
    while left > 0 and (piece := file.read(min(left, _PIECE))):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest().encode()


def _what_is_wrong(parts: Parts, file: IO[bytes]) -> str:
    """Say why a seal does not fit, as far as a file can be read that may be anything."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
        found, fingerprint = manifest["format"], manifest["fingerprint"]
    except Exception:  # noqa: BLE001 - a damaged file can fail in every way there is
        return "this is no backup of Hải Đăng, or it is damaged"
    if found != FORMAT:
        return f"this backup has another format: {found}"
    if fingerprint != parts.keys.fingerprint:
        return "this backup belongs to another secret: put that secret file in its place first"
    return "this backup is damaged"


def _check_manifest(parts: Parts, manifest: dict[str, Any]) -> None:
    if manifest["format"] != FORMAT:
        raise BackupRefused(f"this backup has another format: {manifest['format']}")
    if manifest["revision"] not in migrate.revisions():
        raise BackupRefused(f"this backup was made by a newer release: revision {manifest['revision']}")
    if not set(manifest.get("identity_keys", ())) <= set(parts.identity_keys.fingerprints):
        raise BackupRefused(
            "this backup's names were sealed with keys that are not here: put that file of keys in its place first"
        )
    if unknown := set(manifest["tables"]) - set(dump.known()):
        raise BackupRefused(f"this release has no place for {', '.join(sorted(unknown))}")


def _check_empty(parts: Parts, revision: str) -> None:
    with parts.database.read() as tx:
        here = migrate.current(tx)
        empty = dump.is_empty(tx)
    if not empty or next(iter(parts.blobs.list(OBJECTS)), None) is not None:
        raise BackupRefused("there is something here already: restore into an empty database and an empty object store")
    known = migrate.revisions()
    if here is not None and (here not in known or known.index(here) > known.index(revision)):
        raise BackupRefused(f"this database is at revision {here}, the backup at {revision}: restore into a new one")
