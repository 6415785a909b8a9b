"""Names that migrations rely on, and the space at the head of every key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.schema import ColumnCollectionConstraint

from storage.schema import metadata
from storage.tables import ROOMS
from tests.storage.samples import tables_of_spaces

if TYPE_CHECKING:
    from sqlalchemy import Index, Table

LOG = {"statements", "statement_ids", "related"}
"""Written by the hundred: a foreign key would be looked up for each row, and would lock its space (docs/record.md)."""

FOR_ALL_SPACES = {"uq_credentials_key", "ix_credentials_expires"}
"""A key selects its space, so it is one among all of them; which origins keys hold for is asked before there is a key."""


def keys(table: Table) -> list[ColumnCollectionConstraint | Index]:
    constraints = [each for each in table.constraints if isinstance(each, ColumnCollectionConstraint)]
    return [*constraints, *table.indexes]


def test_every_constraint_and_index_has_its_conventional_name() -> None:
    assert ROOMS
    names = [str(key.name) for table in metadata.sorted_tables for key in keys(table)]

    assert [name for name in names if not re.fullmatch(r"(ix|uq|fk|pk|ck)_[a-z_]+", name)] == []
    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 63  # PostgreSQL cuts longer ones off


@pytest.mark.parametrize("table", [table.name for table in tables_of_spaces()])
def test_the_space_leads_every_key(table: str) -> None:
    found = [key for key in keys(metadata.tables[table]) if key.name not in FOR_ALL_SPACES]

    assert {next(iter(key.columns)).name for key in found} == {"space_id"}


@pytest.mark.parametrize("table", [table.name for table in tables_of_spaces()])
def test_every_reference_to_a_row_is_led_by_its_space(table: str) -> None:
    references = metadata.tables[table].foreign_key_constraints
    targets = [next(iter(reference.elements)).target_fullname for reference in references]

    assert bool(targets) == (table not in LOG)
    assert [target for target in targets if not target.endswith(".space_id") and target != "spaces.id"] == []
