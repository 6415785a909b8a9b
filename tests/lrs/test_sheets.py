"""A table for a spreadsheet keeps texts as texts and numbers as numbers."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from lrs.sheets import as_csv, as_xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA = '=HYPERLINK("http://example.org")'


@pytest.mark.parametrize("cell", [FORMULA, "+1", "-1", "@a", "\t=1", " =1", "＝1"])
def test_what_would_run_in_a_spreadsheet_does_not(cell: str) -> None:
    assert as_csv([[cell]]).decode("utf-8-sig").lstrip('"').startswith("'")


def test_csv_is_read_as_it_was_meant() -> None:
    assert as_csv([["Tên", 'a "b"', 7, -1.5, None]]) == b'\xef\xbb\xbfT\xc3\xaan,"a ""b""",7,-1.5,\r\n'


def test_a_workbook_holds_one_sheet_of_texts_and_numbers() -> None:
    with zipfile.ZipFile(
        io.BytesIO(as_xlsx("Kỹ năng: a/b & c", [["Tên & <a>", 7, None, FORMULA, "a\x00b"]]))
    ) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - our own
        parts = set(archive.namelist())

    cells = [*sheet.iter(f"{MAIN}c")]
    assert [cell.get("t") for cell in cells] == ["inlineStr", None, None, "inlineStr", "inlineStr"]
    assert ["".join(cell.itertext()) for cell in cells] == ["Tên & <a>", "7", "", FORMULA, "ab"]
    assert [*sheet.iter(f"{MAIN}f")] == []
    assert next(book.iter(f"{MAIN}sheet")).get("name") == "Kỹ năng  a b & c"
    assert "[Content_Types].xml" in parts
