"""`python -m packages.lessons`."""

from pathlib import Path

import pytest

from packages.lessons.__main__ import main
from packages.lessons.lesson import SHELF, read
from packages.lessons.zipper import package


def test_every_lesson_becomes_a_zip_in_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(tmp_path / "made")

    written = sorted((tmp_path / "made").iterdir())
    assert [path.stem[3:] for path in written] == list(SHELF)
    assert [path.read_bytes() for path in written] == [package(read(slug)) for slug in SHELF]
    assert len(capsys.readouterr().out.splitlines()) == len(SHELF)
