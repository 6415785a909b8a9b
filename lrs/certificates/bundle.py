"""Files of many certificates, made part by part: each part and a note beside it lie in the object store before the job moves on.

A zip's note says what its list will say of the part. A book's note is the whole book put down; that of the part before is then of no use.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

import orjson

from lrs.certificates import drawing
from lrs.certificates.drawing import Prepared, Prove
from lrs.certificates.issuing import number_of
from lrs.certificates.joined import Book
from lrs.certificates.press import TOGETHER
from lrs.certificates.takings import Place, Wanted
from lrs.certificates.zipped import Entry, file_name, listed, plain
from lrs.people import printed
from lrs.services import Services
from storage import certificate_lists
from storage.blobs import Blob
from storage.certificate_jobs import PDF, ZIP, JobRow
from storage.certificates import CertificateRow
from storage.database import Database, Tx

AT_ONCE = {ZIP: 8, PDF: TOGETHER}
"""Certificates in a part: a third of a second's work."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The object store's side of a job."""

    parts: Services
    space: int
    job: JobRow

    @property
    def folder(self) -> str:
        """Where the parts lie."""
        return f"bundles/{self.space}/{self.job.id}/"

    def made(self) -> list[Blob]:
        """List the parts that are there, in their order."""
        return [*self.parts.blobs.list(f"{self.folder}part-")][: self.job.parts]

    def remove(self) -> None:
        """Take all parts away."""
        self.parts.blobs.delete_all(self.folder)

    def zipped(self, named: Iterable[tuple[str, bytes]]) -> None:
        """Write the next part of a zip."""
        records, notes = [], []
        for name, pdf in named:
            entry = Entry.of(name, pdf)
            records.append(entry.record(pdf))
            notes.append((entry.name, entry.crc, entry.size))
        self._put("note", orjson.dumps(notes))
        self._put("part", b"".join(records))

    def bound(self, sheets: Iterable[Prepared]) -> None:
        """Write the next part of a book: what looks alike is drawn together."""
        book, pages = self._book(), list[bytes]()
        for press, alike in groupby(sheets, key=lambda one: one.press):
            pages += (book.add(chunk) for chunk in press.chunks(one.sheet for one in alike))
        self._put("note", book.dumps())
        self._put("part", b"".join(pages))

    def ended(self) -> None:
        """Write what stands at the end of the file, as its last part."""
        ending = self._book().end(self.job.title) if self.job.kind == PDF else listed(self._entries())
        self.parts.blobs.put(self._place("part", self.job.parts), _Pieces(ending))

    def tidy(self) -> None:
        """Take the note away that nobody needs any more."""
        if self.job.kind == PDF and self.job.parts:
            self.parts.blobs.delete(self._place("note", self.job.parts - 1))

    def _entries(self) -> Iterator[Entry]:
        for number in range(self.job.parts):
            yield from (Entry(*each) for each in orjson.loads(self._read("note", number)))

    def _book(self) -> Book:
        return Book.loads(self._read("note", self.job.parts - 1)) if self.job.parts else Book()

    def _put(self, what: str, content: bytes) -> None:
        self.parts.blobs.put(self._place(what, self.job.parts), content)

    def _read(self, what: str, number: int) -> bytes:
        with self.parts.blobs.get(self._place(what, number)) as reading:
            return b"".join(reading)

    def _place(self, what: str, number: int) -> str:
        return f"{self.folder}{what}-{number:06}"


class _Pieces:
    """Something that is written piece by piece, as the object store reads it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes, none at the end."""
        while not self._rest and (piece := next(self._pieces, None)) is not None:
            self._rest = piece
        some, self._rest = self._rest[:size], self._rest[size:]
        return some


@dataclass(frozen=True, slots=True)
class Maker:
    """Whoever makes the next part of a file."""

    database: Database
    bundle: Bundle
    wanted: Wanted
    prove: Prove

    def step(self) -> JobRow:
        """Make the next part, or the end; no transaction is open while it is drawn. Say how far the job has come."""
        job = self.bundle.job
        with self.database.read(self.bundle.space) as tx:
            rows, place = following(tx, self.wanted, Place.loads(job.after), AT_ONCE[job.kind])
        if rows:
            _MAKES[job.kind](self, rows, place)
        else:
            self.bundle.ended()
        seen = min(job.seen + len(rows), job.total)
        after = place.dumps() if rows else None
        return replace(job, parts=job.parts + 1, after=after, seen=seen, made=job.made + len(rows))

    def zip(self, rows: list[CertificateRow], place: Place) -> None:
        """Make a part of a zip: what was drawn before is taken as it is."""
        parts, space = self.bundle.parts, self.bundle.space
        there = {row.id: pdf for row in rows if (pdf := drawing.kept(parts, space, row.id)) is not None}
        drawn = {one.row.id: drawing.signed(parts, one) for one in self._prepared(rows, {*there})}
        with self.database.read(space) as tx:
            names = [printed.name_on(tx, parts.identity_keys, row) for row in rows]
        folder = f"{plain(self.wanted.folders[place.group], 80) or '-'}/" if self.wanted.folders else ""
        files = (folder + file_name(number_of(row), name) for row, name in zip(rows, names, strict=True))
        self.bundle.zipped(zip(files, ((there | drawn)[row.id] for row in rows), strict=True))

    def book(self, rows: list[CertificateRow], _place: Place) -> None:
        """Make a part of a book."""
        self.bundle.bound(self._prepared(rows, set()))

    def _prepared(self, rows: list[CertificateRow], there: set[UUID]) -> list[Prepared]:
        new = [row for row in rows if row.id not in there]
        if not new:
            return []
        with self.database.write(self.bundle.space) as tx:
            return [drawing.prepared(tx, self.bundle.parts, row, self.prove) for row in new]


_MAKES: dict[str, Callable[[Maker, list[CertificateRow], Place], None]] = {ZIP: Maker.zip, PDF: Maker.book}


def following(tx: Tx, wanted: Wanted, place: Place, most: int) -> tuple[list[CertificateRow], Place]:
    """Read the next certificates of a unit, or of the one after it; say where they end."""
    while place.group < len(wanted.units):
        unit = wanted.units[place.group]
        rows = certificate_lists.some(tx, wanted.taking, unit, (place.year, place.counted), most)
        if rows:
            return rows, replace(place, year=rows[-1].year, counted=rows[-1].counted)
        place = Place(place.group + 1)
    return [], place
