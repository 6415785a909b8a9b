"""What every test may ask for."""

from tests.parts.databases import empty_url, ground, postgres_template, postgresql, sqlite_template
from tests.parts.figures import tell
from tests.parts.fixtures import browser, cases, engine, firefox, postgres, s3, screen, webkit
from tests.parts.installations import embedded, installation
from tests.parts.left_out import pytest_addoption, pytest_configure
from tests.parts.served import served

__all__ = [
    "browser",
    "cases",
    "embedded",
    "empty_url",
    "engine",
    "firefox",
    "ground",
    "installation",
    "postgres",
    "postgres_template",
    "postgresql",
    "pytest_addoption",
    "pytest_configure",
    "s3",
    "screen",
    "served",
    "sqlite_template",
    "tell",
    "webkit",
]
