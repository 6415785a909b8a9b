"""How several processes share the tests (pytest-xdist): a file at a time, and the journeys all in one, but for the patient ones.

A journey drives a browser against a served installation and waits for what a person would see: two of them side by side on two cores take
each other's time, and what is meant to be seen comes too late. A few wait for nothing that could be late: the other process takes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/journeys/"
PATIENT = frozenset(f"{TOGETHER}test_{name}.py" for name in ("accessible", "own_lessons"))


def share_of(nodeid: str) -> str:
    """Name what one process takes as a whole."""
    file = nodeid.split("::", 1)[0]
    return TOGETHER if file.startswith(TOGETHER) and file not in PATIENT else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Share by files, but for the journeys."""
    from xdist.scheduler import LoadScopeScheduling

    class ByShare(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            return share_of(nodeid)

    return ByShare(config, log)
