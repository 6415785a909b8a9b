"""Tables for spreadsheet programs, as CSV and XLSX, pure: a text stays a text, whatever it begins with."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

Cell = str | int | float | None
Row = Sequence[Cell]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet program takes for the beginning of a formula (OWASP, CSV injection); full-width signs are taken for theirs."""
_WIDE = ("＝", "＋", "－", "＠")


def as_csv(rows: Iterable[Row]) -> bytes:
    """Write CSV that Excel opens as UTF-8; what would run as a formula gets an apostrophe before it."""
    text = io.StringIO()
    csv.writer(text).writerows([["" if cell is None else _safe(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> Cell:
    risky = isinstance(cell, str) and cell.lstrip(" ").startswith((*_RISKY, *_WIDE))
    return f"'{cell}" if risky else cell


def as_xlsx(name: str, rows: Iterable[Row]) -> bytes:
    """Write one sheet: numbers as numbers, everything else as text, which no program computes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in _FRAME.items():
            archive.writestr(path, text.replace("{name}", escape(_sheet_name(name), {'"': "&quot;"})))
        archive.writestr("xl/worksheets/sheet1.xml", _sheet(rows))
    return made.getvalue()


def _sheet(rows: Iterable[Row]) -> str:
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(cell: Cell) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, str):
        written = "".join(one for one in cell if one in "\t\n" or ord(one) >= ord(" "))
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(written)}</t></is></c>'
    return f"<c><v>{cell}</v></c>"


def _sheet_name(name: str) -> str:
    """Leave out what the name of a sheet cannot hold."""
    return "".join(" " if one in "[]:*?/\\" else one for one in name).strip("' ")[:31] or "1"


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org"
_MAIN = f"{_OPEN}/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FRAME = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_OPEN}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_OPEN}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OPEN}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OPEN}/officeDocument/2006/relationships">'
    '<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_OPEN}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OPEN}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}
"""What lies around the one sheet of a workbook (ECMA-376, part 1)."""
