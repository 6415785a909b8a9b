"""Every table is gathered in one place."""

import importlib
import pkgutil
import re
from pathlib import Path
from types import ModuleType

from sqlalchemy import Table

import storage
from storage import retired
from storage.tables import ROOMS, metadata


def source(module: ModuleType) -> str:
    return Path(module.__file__ or "").read_text("utf-8")


def test_every_module_with_a_table_is_a_room() -> None:
    modules = [importlib.import_module(f"storage.{found.name}") for found in pkgutil.iter_modules(storage.__path__)]

    with_tables = {module for module in modules if re.search(r"^\w+ = Table\(", source(module), re.MULTILINE)}
    assert with_tables - {retired} == set(ROOMS)  # what only an old backup holds


def test_every_table_stands_in_the_metadata_under_the_name_of_its_variable() -> None:
    tables = {value.name for room in ROOMS for value in vars(room).values() if isinstance(value, Table)}

    assert tables == set(metadata.tables)
