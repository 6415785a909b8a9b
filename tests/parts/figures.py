"""Figures that a run has measured, printed at its end: a count that passes is worth reading too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Telling = Callable[[str], None]

_KEY = pytest.StashKey[list[str]]()


class Figures:
    """The plugin that prints what was measured."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    @pytest.hookimpl(wrapper=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
        """Print after pytest's own sections."""
        yield
        if self._lines:
            terminalreporter.write_sep("=", "figures")
            for line in self._lines:
                terminalreporter.write_line(line)


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Telling:
    """Give the means to say a figure: it is printed when all tests have run."""
    config = request.config
    if _KEY not in config.stash:
        config.stash[_KEY] = []
        config.pluginmanager.register(Figures(config.stash[_KEY]), "figures")
    return config.stash[_KEY].append
