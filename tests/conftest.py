"""What every test may ask for."""

import pytest

from tests.parts.databases import empty_url, ground, postgres_template, sqlite_template
from tests.parts.fixtures import browser, cases, postgres, s3, screen
from tests.parts.installations import embedded, installation
from tests.parts.left_out import LeftOut
from tests.parts.served import served

__all__ = [
    "browser",
    "cases",
    "embedded",
    "empty_url",
    "ground",
    "installation",
    "postgres",
    "postgres_template",
    "s3",
    "screen",
    "served",
    "sqlite_template",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that the long tests wait for."""
    parser.addoption("--long", action="store_true", help="run the tests marked long as well")


def pytest_configure(config: pytest.Config) -> None:
    """Register what lists, at the end, which tests were left out."""
    config.pluginmanager.register(LeftOut(), "left-out")
