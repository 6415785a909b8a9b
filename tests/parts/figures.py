"""Figures that a run has measured, printed at its end: a count that passes is worth reading too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Telling = Callable[[str], None]

_FIGURE = "figure"


def pytest_configure(config: pytest.Config) -> None:
    """Collect from the beginning."""
    config.pluginmanager.register(Figures(), "figures")


class Figures:
    """The plugin that prints what was measured; a test's report carries it, from another process too."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take a test's figures from its last report."""
        if report.when == "teardown":
            self._lines += [str(line) for name, line in report.user_properties if name == _FIGURE]

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
    said = request.node.user_properties
    return lambda line: said.append((_FIGURE, line))
