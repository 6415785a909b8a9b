"""Chunks become one PDF that readers open, page by page, without what every chunk brings along being written again."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from pyhanko.pdf_utils.reader import PdfFileReader

from lrs.certificates.joined import Book, joined
from lrs.certificates.press import Press
from lrs.certificates.template import Picture
from lrs.people.emblem import Emblem
from tests.lrs.certificates.papers import TEMPLATE, named
from tests.lrs.people.pictures import png
from tests.parts.poppler import poppler

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_all_pages_are_there_in_their_order(tmp_path: Path) -> None:
    emblem = Emblem.read(png(60, 60))
    template = replace(TEMPLATE, pictures={"seal": Picture(emblem.digest, "Con dấu")})

    with Press(template, {emblem.digest: emblem}) as press:

        def chunks() -> Iterator[bytes]:
            for first in (0, 4, 8):
                yield press.pages([named(f"Người thứ {first + number}") for number in range(4)])

        whole = b"".join(joined(chunks(), "Chứng nhận để in"))
        single = press.pages([named("Người thứ 0")])

    text = poppler("pdftotext", whole, tmp_path)
    assert [line for line in text.splitlines() if line.startswith("Người thứ")] == [f"Người thứ {n}" for n in range(12)]
    assert "Chứng nhận để in" in poppler("pdfinfo", whole, tmp_path)
    assert "rror" not in poppler("pdftoppm", whole, tmp_path, "-r", "20", "-singlefile", "-png")
    assert PdfFileReader(io.BytesIO(whole)).root["/Pages"]["/Count"] == 12
    assert whole.count(b"/Subtype/Image") == single.count(b"/Subtype/Image")


def test_no_chunk_is_a_pdf_without_pages() -> None:
    assert PdfFileReader(io.BytesIO(b"".join(joined([], "Không có"))), strict=False).root["/Pages"]["/Count"] == 0


def test_a_book_that_is_put_down_after_each_chunk_is_the_same_book() -> None:
    emblem = Emblem.read(png(60, 60))
    template = replace(TEMPLATE, pictures={"seal": Picture(emblem.digest, "Con dấu")})
    with Press(template, {emblem.digest: emblem}) as press:
        chunks = [press.pages([named(f"Người thứ {first + number}") for number in range(2)]) for first in (0, 2, 4)]

    book, pieces = Book(), list[bytes]()
    for chunk in chunks:
        book = Book.loads(book.dumps())
        pieces.append(book.add(chunk))
    pieces += Book.loads(book.dumps()).end("Chứng nhận để in")

    assert b"".join(pieces) == b"".join(joined(chunks, "Chứng nhận để in"))
