"""The collector of garbage leaves what is there for the whole run alone: twenty thousand tests and all modules are never let go.

Whenever an application came and went it looked at all of that again, a third of the processor's time of a test with pages.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

OFTEN = 5000
"""How many more objects there are when it looks again; Python's own measure is 700."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let it rest while tests are collected, and pass over them from then on."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(OFTEN)
        gc.enable()
