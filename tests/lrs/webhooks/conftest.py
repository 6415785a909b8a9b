"""Fixtures of webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lrs.webhooks.hooking import Hooked
from tests.lrs.webhooks.receiver import receiver
from tests.parts.installations import MAKE_UPS, environment, make_installation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _hooked(request: pytest.FixtureRequest, make_up: str, tmp_path: Path) -> Iterator[Hooked]:
    with receiver() as there:
        for environ in environment(request, make_up, tmp_path):
            made = make_installation(environ | there.environ)
            made.haidang("space", "add", "haiphong", "--name", "Hải Phòng")
            yield Hooked(made, there)
            made.services.database.dispose()


@pytest.fixture
def hooked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hooked]:
    """Give an embedded installation and a receiver."""
    yield from _hooked(request, "embedded", tmp_path)


@pytest.fixture(params=MAKE_UPS)
def everywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hooked]:
    """Give the same in both make-ups."""
    yield from _hooked(request, request.param, tmp_path)
