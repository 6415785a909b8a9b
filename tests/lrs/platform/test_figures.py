"""The figures of spaces in words: what is told, and what has a sum."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from lrs.platform.figures import COLUMNS
from storage.spaces import SpaceFigures

if TYPE_CHECKING:
    from tests.parts.installations import Installation

SPACES = [
    SpaceFigures(
        "hue", "Huế", datetime(2026, 2, 3, 18, tzinfo=UTC), 14_464, 12, 0, 2_500_000, date(2026, 3, 4), 20 * 10**9
    ),
    SpaceFigures("danang", "Đà Nẵng", datetime(2026, 1, 1, tzinfo=UTC), 216, 0, 5, 1_500_000_000, None),
]


def test_every_figure_of_a_space_has_its_column() -> None:
    assert {column.field for column in COLUMNS} == {field.name for field in fields(SpaceFigures)} - {
        "slug",
        "name",
        "entered",
    }


def test_figures_are_written_as_people_read_them(embedded: Installation) -> None:
    with embedded.app.test_request_context("/?lang=vi"):
        rows = [[column.of(space) for column in COLUMNS] for space in SPACES]
        sums = [column.sum(SPACES) for column in COLUMNS]

    assert rows[0] == ["14.464", "12", "0", "2,5 MB", "20 GB", "04/03/2026", "04/02/2026"]
    assert rows[1] == ["216", "0", "5", "1,5 GB", "–", "–", "01/01/2026"]
    assert sums == ["14.680", "12", "5", "1,5 GB", "", "", ""]
