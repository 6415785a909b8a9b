"""Nobody is woken: a chore that writes to people passes over spaces in which it is night."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from lrs.daytime import by_day

if TYPE_CHECKING:
    from storage.database import Database
    from storage.spaces import SpaceRow
    from tests.parts.databases import Ground


@pytest.mark.parametrize(("hour", "rings"), [(0, False), (1, True), (12, True), (13, False), (23, False)])
def test_a_chore_is_done_by_day_where_the_space_is(ground: Ground, hour: int, rings: bool) -> None:  # noqa: FBT001
    seen: list[tuple[str, int]] = []

    @by_day
    def ring(_database: Database, space: SpaceRow, here: datetime) -> int:
        seen.append((space.slug, here.hour))
        return 3

    ground.space("hanoi")  # seven hours before UTC

    assert ring(ground.app, datetime(2026, 3, 25, hour, 30, tzinfo=UTC)) == 3 * rings
    assert seen == ([("hanoi", hour + 7)] if rings else [])
    assert ring.__name__ == "ring"  # type: ignore[attr-defined]  # the log names a chore so
