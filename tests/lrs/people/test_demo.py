"""The demo's units stand in three tiers until the end of June 2025, and in two since; made once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lrs.people import demo
from lrs.people.units import Units

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_three_tiers_become_two(installation: Installation) -> None:
    with installation.app.app_context():
        counts = [demo.make_units("haiphong") for _ in range(2)]
    with installation.services.database.read(1) as tx:
        before, after = (Units(tx).branches(day) for day in (demo.TURN - timedelta(days=1), demo.TURN))

    assert counts == [len(after)] * 2
    assert {branch.depth for branch in before} == {0, 1, 2}
    assert {branch.depth for branch in after} == {0, 1}
    assert {branch.unit.name for branch in after} - {branch.unit.name for branch in before} == {
        "Phường Hồng Bàng",
        "Phường Lê Chân",
        "Phường Ngô Quyền",
    }
