"""Poppler's programs, a reader of PDFs that is not ours: what people see, and who signed."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from tests.parts.left_out import MissingPartError

if TYPE_CHECKING:
    from pathlib import Path


def find_poppler() -> str:
    """Find it; MissingPartError says what to install."""
    found = shutil.which("pdfsig")
    if found is None or shutil.which("pdftotext") is None:
        raise MissingPartError("no pdfsig and pdftotext: install Debian's package poppler-utils")
    return found


def poppler(program: str, pdf: bytes, folder: Path, *arguments: str) -> str:
    """Let one of the programs say what it sees."""
    find_poppler()
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    after = ["-"] if program == "pdftotext" else []
    done = subprocess.run([program, *arguments, str(path), *after], capture_output=True, check=False)
    return (done.stdout + done.stderr).decode("utf-8", "replace")
