"""Both ends of a connection, for all who need them here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lrs.server.pairs import paired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.lrs.server.pairs import Pair


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Give a line of ours, and the other end of it."""
    with paired() as made:
        yield made
