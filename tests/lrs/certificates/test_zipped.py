"""A zip is written record by record, and every reader opens it."""

from __future__ import annotations

import io
from os import SEEK_CUR
from typing import TYPE_CHECKING
from zipfile import ZipFile

from lrs.certificates.zipped import Entry, file_name, listed

if TYPE_CHECKING:
    from pathlib import Path


def test_every_record_is_found_by_the_list_behind_them() -> None:
    files = {f"{number}.pdf": bytes([number]) * 1000 for number in range(3)}
    entries = {name: Entry.of(name, content) for name, content in files.items()}
    records = [entries[name].record(content) for name, content in files.items()]

    with ZipFile(io.BytesIO(b"".join([*records, *listed(entries.values())]))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_no_certificates_are_an_empty_zip() -> None:
    with ZipFile(io.BytesIO(b"".join(listed([])))) as archive:
        assert archive.namelist() == []


def test_a_file_is_named_after_number_and_name() -> None:
    assert file_name("0012/2026/KHCN", "Nguyễn Thị Hạnh") == "0012-2026-KHCN-Nguyễn-Thị-Hạnh.pdf"
    assert "/" not in file_name("../../x", "..\\y\0")


def test_what_stands_beyond_four_gigabytes_is_found(tmp_path: Path) -> None:
    last = b"%PDF the last one"
    entries = [Entry("a.pdf", 0, 2**31), Entry("b.pdf", 0, 2**31), Entry.of("Nguyễn Thị Hạnh.pdf", last)]
    with (tmp_path / "large.zip").open("wb") as file:
        for entry in entries[:2]:
            file.write(entry.record(b""))
            file.seek(entry.size, SEEK_CUR)  # a hole: nothing of it is on the disk
        file.write(entries[2].record(last) + b"".join(listed(entries)))

    with ZipFile(tmp_path / "large.zip") as archive:
        assert archive.getinfo("Nguyễn Thị Hạnh.pdf").header_offset > 2**32
        assert archive.read("Nguyễn Thị Hạnh.pdf") == last
