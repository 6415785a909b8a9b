"""The record as these tests see it: one installation a file, and for a test that counts what it finds, a space of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.parts.installations import MAKE_UPS, Installation, environment, make_installation
from tests.parts.programs import Partner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.requirements import Lrs


def installed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, make_up: str
) -> Iterator[Installation]:
    """Put a whole application together, with the space haiphong."""
    for environ in environment(request, make_up, tmp_path_factory.mktemp("conformance")):
        made = make_installation(environ)
        made.haidang("space", "add", "haiphong", "--name", "Hải Phòng")
        yield made
        made.services.database.dispose()


def empty(installation: Installation) -> Lrs:
    """Speak to the record in a new space, with a key that may do everything."""
    space = f"s{uuid4().hex[:20]}"
    installation.haidang("space", "add", space)
    key = installation.key(space=space)
    return lambda version: Partner(installation, key, version)


@pytest.fixture(scope="module")
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give the embedded make-up to a whole file: its tests know their statements by ids, verbs or actors of their own."""
    yield from installed(request, tmp_path_factory, "embedded")


@pytest.fixture(scope="module", params=MAKE_UPS)
def anywhere(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give both make-ups to a whole file, one after the other."""
    yield from installed(request, tmp_path_factory, request.param)


@pytest.fixture(scope="module")
def lrs(shared: Installation) -> Lrs:
    """Speak to the record with a key that may do everything: `lrs(V2).post(...)`."""
    key = shared.key()
    return lambda version: Partner(shared, key, version)


@pytest.fixture
def empty_lrs(shared: Installation) -> Lrs:
    """Speak to a record that holds nothing yet."""
    return empty(shared)


@pytest.fixture
def each_lrs(anywhere: Installation) -> Lrs:
    """Speak to a record that holds nothing yet, in either make-up: for what depends on the database."""
    return empty(anywhere)
