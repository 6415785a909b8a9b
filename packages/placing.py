"""Placing: the files of a version go into the object store, several at a time; what lies there already is copied there."""

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import astuple
from pathlib import Path
from threading import BoundedSemaphore
from uuid import UUID

from packages.unpacked import File
from storage.blobs import BlobMissing, Blobs

AT_ONCE = 8
LARGE = 8 * 1024 * 1024
"""A file above this goes alone among its like: a store holds parts of it in memory."""


def prefix(space_id: int, version_id: UUID) -> str:
    """Name the place of a version's files in the object store; the space leads it as it leads every key."""
    return f"spaces/{space_id}/versions/{version_id.hex}/"


def list_key(space_id: int, version_id: UUID) -> str:
    """Name the object that lists a version's files with their hashes, apart from them: no lesson can ask for it."""
    return f"spaces/{space_id}/files/{version_id.hex}.json"


class Place:
    """The place of one version in the object store."""

    def __init__(self, blobs: Blobs, space_id: int, version_id: UUID) -> None:
        self._blobs = blobs
        self._prefix = prefix(space_id, version_id)
        self._list = list_key(space_id, version_id)
        self._large = BoundedSemaphore(1)

    def fill(self, files: Iterable[File], folder: Path, known: Mapping[str, str]) -> None:
        """Put files that lie under their numbers in a folder; of those whose hash is known, copy the object that has it."""
        numbered = list(enumerate(files))
        first = {file.sha256: n for n, file in reversed(numbered)}
        new = [(n, file) for n, file in numbered if first[file.sha256] == n]
        self._each(new, folder, known)
        again = [(n, file) for n, file in numbered if first[file.sha256] != n]
        self._each(again, folder, {file.sha256: self._prefix + file.name for _, file in new})
        listed = json.dumps([astuple(file) for _, file in numbered], ensure_ascii=False)
        self._blobs.put(self._list, listed.encode())

    def _each(self, numbered: Iterable[tuple[int, File]], folder: Path, known: Mapping[str, str]) -> None:
        with ThreadPoolExecutor(AT_ONCE, "placing") as threads:
            going = [threads.submit(self._put, folder / str(n), file, known.get(file.sha256)) for n, file in numbered]
            try:
                done, _ = wait(going, return_when=FIRST_EXCEPTION)
            finally:
                threads.shutdown(cancel_futures=True)
        for one in done:
            one.result()

    def clear(self) -> None:
        """Remove everything that was put."""
        self._blobs.delete_all(self._prefix)
        self._blobs.delete(self._list)

    def known(self) -> dict[str, str]:
        """Tell under which key each hash lies."""
        try:
            with self._blobs.get(self._list) as reading:
                files = [File(*file) for file in json.loads(reading.read())]
        except BlobMissing:
            return {}
        return {file.sha256: self._prefix + file.name for file in files}

    def _put(self, path: Path, file: File, known: str | None) -> None:
        key = self._prefix + file.name
        if known is not None:
            try:
                self._blobs.copy(known, key)
            except BlobMissing:
                pass  # it was removed meanwhile
            else:
                return
        with path.open("rb") as source:
            if file.size <= LARGE:
                self._blobs.put(key, source, sha256=file.sha256)
            else:
                with self._large:
                    self._blobs.put(key, source, sha256=file.sha256)
