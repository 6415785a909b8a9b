"""How several processes share the tests (pytest-xdist): a file at a time, and the journeys all in one, but for the patient ones.

There is one process more than cores: each waits a third of its time for a service to start, a browser to draw, a line to be given up.
The share that takes longest is begun first.

A journey drives a browser against a served installation and waits for what a person would see: two of them side by side on two cores take
each other's time, and what is meant to be seen comes too late. A few wait for nothing that could be late: the other process takes them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.parts import scratch

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/journeys/"
PATIENT = frozenset(f"{TOGETHER}test_{name}.py" for name in ("accessible", "own_lessons"))
FIRST = (TOGETHER, *sorted(PATIENT))


def share_of(nodeid: str) -> str:
    """Name what one process takes as a whole."""
    file = nodeid.split("::", 1)[0]
    return TOGETHER if file.startswith(TOGETHER) and file not in PATIENT else file


def turn_of(nodeid: str) -> int:
    """Say when a share is given out: those that take longest first, the others in their order."""
    share = share_of(nodeid)
    return FIRST.index(share) if share in FIRST else len(FIRST)


def processes(cores: int) -> int:
    """Say how many processes share the tests; one too many for the memory would take more time than it saves."""
    return cores + 1 if scratch.is_plenty() else cores


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Take as many for `-n auto`, unless the environment names a number."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return processes(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest shares first where several processes share."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Share by files, but for the journeys."""
    from xdist.scheduler import LoadScopeScheduling

    class ByShare(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            return share_of(nodeid)

    return ByShare(config, log)
