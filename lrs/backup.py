"""Backup and restore: one zip with every table, every object and their checksums; not the secret, whose fingerprint it carries.

Objects are there before the rows that name them, so the tables are pictured first and the objects listed afterwards.
"""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from lrs.config import Config
from lrs.keys import Keys
from storage import dump, migrate
from storage.blobs import BlobMissing, Blobs
from storage.database import Database

FORMAT = "haidang backup 1"
OBJECTS = "spaces/"

_MANIFEST = "manifest.json"
_CHUNK = 1024 * 1024


class BackupRefused(Exception):
    """An archive is damaged, or not ours, or there is something here that it would overwrite."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is backed up and restored."""

    database: Database
    blobs: Blobs
    keys: Keys


def owner(config: Config) -> Database:
    """Reach the database as the owner of its tables, who sees every space."""
    return Database(config.migration_database_url, role=None)


def write(parts: Parts, target: Path) -> dict[str, Any]:
    """Write a backup; the file appears under its name when it is whole and on disk."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                manifest = _fill(parts, archive)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _fill(parts: Parts, archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "fingerprint": parts.keys.fingerprint,
        "tables": {},
        "objects": {},
    }
    with dump.snapshot(parts.database) as tx:
        manifest["revision"] = migrate.current(tx)
        for name in dump.tables():
            with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as entry:
                manifest["tables"][name] = _copy(dump.lines(tx, name), entry)
    for blob in parts.blobs.list(OBJECTS):
        try:
            reading = parts.blobs.get(blob.key)
        except BlobMissing:
            continue  # deleted since it was listed, so no row of the picture names it
        with reading, archive.open(f"objects/{blob.key}", "w", force_zip64=True) as entry:
            manifest["objects"][blob.key] = _copy(reading, entry)
    archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def _copy(pieces: Iterable[bytes], entry: IO[bytes]) -> dict[str, Any]:
    digest, count, size = hashlib.sha256(), 0, 0
    for piece in pieces:
        entry.write(piece)
        digest.update(piece)
        count += 1
        size += len(piece)
    return {"sha256": digest.hexdigest(), "bytes": size, "pieces": count}


def restore(parts: Parts, source: Path) -> dict[str, Any]:
    """Bring a backup back into an empty installation, after every byte of it has been checked."""
    with _opened(source) as archive:
        manifest = _check(parts, archive)
        migrate.upgrade(parts.database, to=manifest["revision"])
        with parts.database.read() as tx:
            if not dump.is_empty(tx) or next(iter(parts.blobs.list(OBJECTS)), None) is not None:
                raise BackupRefused(
                    "there is something here already: restore into an empty database and an empty object store"
                )
        for key in manifest["objects"]:
            with archive.open(f"objects/{key}") as entry:
                parts.blobs.put(key, entry)
        with parts.database.write() as tx:
            for name in dump.tables():
                if name in manifest["tables"]:
                    with archive.open(f"tables/{name}.jsonl") as entry:
                        dump.load(tx, name, entry)
            dump.finish(tx)
        migrate.upgrade(parts.database)
    return manifest


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except (zipfile.BadZipFile, OSError, EOFError, KeyError) as error:
        raise BackupRefused(f"{source.name} is damaged or is no backup: {error}") from error


def _check(parts: Parts, archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.load(io.TextIOWrapper(archive.open(_MANIFEST), "utf-8"))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BackupRefused("this is no backup of Hải Đăng, or it is damaged") from error
    if manifest.get("format") != FORMAT:
        raise BackupRefused(f"this backup has another format: {manifest.get('format')}")
    if manifest["fingerprint"] != parts.keys.fingerprint:
        raise BackupRefused("this backup belongs to another secret: put that secret file in its place first")
    if manifest["revision"] not in migrate.revisions():
        raise BackupRefused(f"this backup was made by a newer release: revision {manifest['revision']}")
    expected = {f"tables/{name}.jsonl": entry for name, entry in manifest["tables"].items()}
    expected |= {f"objects/{key}": entry for key, entry in manifest["objects"].items()}
    for name, entry in expected.items():
        if _digest(archive, name) != entry["sha256"]:
            raise BackupRefused(f"this backup is damaged: {name}")
    return manifest


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as entry:
            while chunk := entry.read(_CHUNK):
                digest.update(chunk)
    except (KeyError, zipfile.BadZipFile, EOFError, ValueError) as error:
        raise BackupRefused(f"this backup is damaged: {name}") from error
    return digest.hexdigest()
