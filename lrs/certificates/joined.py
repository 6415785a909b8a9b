"""Chunks of pages as one PDF, written piece by piece: of what went by, only places in the file are kept (ISO 32000-1, 7.5 and 7.7.3).

A book can be put down between two chunks, as bytes, and taken up by another process.
"""

import re
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Self

import orjson

_HEAD = b"%PDF-1.7\n%\x80\x80\x80\x80\n"
_CATALOG, _TREE = 1, 2
_OBJECT = re.compile(rb"\n(\d+) 0 obj\n(.*?)\nendobj(?=\n)", re.DOTALL)
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_STREAM = b"\nstream\n"
_KEPT = 1024
"""What every chunk brings along, such as pictures, is written once: so many objects are remembered, by what is in them."""


class Book:
    """A PDF that grows."""

    def __init__(self) -> None:
        self.written = 0
        self.places = array("Q", [0, 0, 0])
        self.leaves: list[tuple[int, int]] = []
        self._kept: OrderedDict[bytes, int] = OrderedDict()

    def add(self, chunk: bytes) -> bytes:
        """Write the pages of one of the press's chunks."""
        return b"".join([self._begun(), *_copied(self, chunk)])

    def end(self, title: str) -> Iterator[bytes]:
        """Write what stands behind the last page."""
        yield self._begun()
        yield self.put(_TREE, _tree([number for number, _ in self.leaves], sum(count for _, count in self.leaves)))
        info = self.new()
        yield self.put(info, b"<</Title<%b>>>" % (b"\xfe\xff" + title.encode("utf-16-be")).hex().upper().encode())
        catalog = b"<</Type/Catalog/Pages %d 0 R/ViewerPreferences<</DisplayDocTitle true>>>>" % _TREE
        yield self.put(_CATALOG, catalog)
        at = self.written
        yield self.out(b"xref\n0 %d\n0000000000 65535 f \n" % len(self.places))
        for number in range(1, len(self.places)):
            yield self.out(b"%010d 00000 n \n" % self.places[number])
        yield self.out(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(self.places), _CATALOG, info, at)
        )

    def dumps(self) -> bytes:
        """Write down all that is needed to go on."""
        kept = [(mark.hex(), number) for mark, number in self._kept.items()]
        head = orjson.dumps({"written": self.written, "leaves": self.leaves, "kept": kept})
        return b"%b\n%b" % (head, self.places.tobytes())

    @classmethod
    def loads(cls, text: bytes) -> Self:
        """Take up what was put down, on a machine of the same kind."""
        head, _, places = text.partition(b"\n")
        said = orjson.loads(head)
        book = cls()
        book.written, book.places = said["written"], array("Q", places)
        book.leaves = [(number, count) for number, count in said["leaves"]]
        book._kept = OrderedDict((bytes.fromhex(mark), number) for mark, number in said["kept"])
        return book

    def _begun(self) -> bytes:
        """Write what stands before the first page, once."""
        return b"" if self.written else self.out(_HEAD)

    def put(self, number: int, body: bytes) -> bytes:
        """Write an object under its number."""
        self.places[number] = self.written
        return self.out(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def new(self) -> int:
        """Take the next number."""
        self.places.append(0)
        return len(self.places) - 1

    def known(self, mark: bytes) -> int | None:
        """Tell under which number the same was written before."""
        if mark in self._kept:
            self._kept.move_to_end(mark)
        return self._kept.get(mark)

    def remember(self, mark: bytes) -> int:
        """Take the next number for what may come again."""
        if len(self._kept) >= _KEPT:
            self._kept.popitem(last=False)
        self._kept[mark] = self.new()
        return self._kept[mark]

    def out(self, some: bytes) -> bytes:
        """Count what is written."""
        self.written += len(some)
        return some


def joined(chunks: Iterable[bytes], title: str) -> Iterator[bytes]:
    """Give one PDF of all pages of the press's chunks, piece by piece."""
    book = Book()
    for chunk in chunks:
        yield book.add(chunk)
    yield from book.end(title)


def _copied(book: Book, chunk: bytes) -> Iterator[bytes]:
    """Copy what pages need under new numbers; the chunk's own tree of pages becomes a branch of ours."""
    bodies = {int(found[1]): found[2] for found in _OBJECT.finditer(chunk)}
    root = next(number for number, body in bodies.items() if body.startswith(b"<</Type/Pages"))
    numbers: dict[int, int] = {}
    later = []
    for number in _needed(bodies, root):
        body = bodies[number]
        if not _names(body) <= numbers.keys():
            numbers[number] = book.new()
            later.append(number)
            continue
        written = _renumbered(body, numbers)
        mark = sha256(written).digest()
        known = book.known(mark)
        numbers[number] = known or book.remember(mark)
        if known is None:
            yield book.put(numbers[number], written)
    for number in later:
        written = _renumbered(bodies[number], numbers)
        if number == root:
            written = written.replace(b"/Type/Pages", b"/Type/Pages/Parent %d 0 R" % _TREE, 1)
        yield book.put(numbers[number], written)
    book.leaves.append((numbers[root], len(_names(bodies[root]))))


def _head(body: bytes) -> bytes:
    """Give an object's text without its stream."""
    return body.partition(_STREAM)[0]


def _names(body: bytes) -> set[int]:
    """List the objects that one names."""
    return {int(found[1]) for found in _REFERENCE.finditer(_head(body))}


def _needed(bodies: dict[int, bytes], root: int) -> list[int]:
    """List what can be reached from the pages: what an object names stands before it, but for what names it in turn."""
    order: list[int] = []
    seen = {root}

    def visit(number: int) -> None:
        for each in sorted(_names(bodies[number]) - seen):
            if each not in seen:
                seen.add(each)
                visit(each)
        order.append(number)

    visit(root)
    return order


def _renumbered(body: bytes, numbers: dict[int, int]) -> bytes:
    head, stream, rest = body.partition(_STREAM)
    head = _REFERENCE.sub(lambda found: b"%d 0 R" % numbers[int(found[1])], head)
    return head + stream + rest


def _tree(branches: list[int], count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in branches)
    return b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids)
