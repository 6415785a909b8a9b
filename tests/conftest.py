"""What every test may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.parts import figures, left_out, scratch
from tests.parts.databases import empty_url, ground, postgres_template, postgresql, sqlite_template
from tests.parts.figures import tell
from tests.parts.fixtures import browser, cases, engine, firefox, launch, postgres, s3, screen, webkit
from tests.parts.garbage import pytest_collection
from tests.parts.installations import embedded, installation
from tests.parts.left_out import pytest_addoption
from tests.parts.served import served
from tests.parts.sharing import (
    pytest_collection_modifyitems,
    pytest_xdist_auto_num_workers,
    pytest_xdist_make_scheduler,
)

if TYPE_CHECKING:
    import pytest

__all__ = [
    "browser",
    "cases",
    "embedded",
    "empty_url",
    "engine",
    "firefox",
    "ground",
    "installation",
    "launch",
    "postgres",
    "postgres_template",
    "postgresql",
    "pytest_addoption",
    "pytest_collection",
    "pytest_collection_modifyitems",
    "pytest_xdist_auto_num_workers",
    "pytest_xdist_make_scheduler",
    "s3",
    "screen",
    "served",
    "sqlite_template",
    "tell",
    "webkit",
]


def pytest_configure(config: pytest.Config) -> None:
    """Choose where to write, and keep the two lists that a run ends with."""
    scratch.settle()
    scratch.keep_compiled()
    left_out.pytest_configure(config)
    figures.pytest_configure(config)
