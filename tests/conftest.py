"""What every test may ask for."""

import pytest

from tests.parts.fixtures import browser, cases, postgres, s3, screen
from tests.parts.left_out import LeftOut

__all__ = ["browser", "cases", "postgres", "s3", "screen"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that the long tests wait for."""
    parser.addoption("--long", action="store_true", help="run the tests marked long as well")


def pytest_configure(config: pytest.Config) -> None:
    """Register what lists, at the end, which tests were left out."""
    config.pluginmanager.register(LeftOut(), "left-out")
