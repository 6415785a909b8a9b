"""What a test run leaves out, and why: nothing is silently skipped."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from tests.parts.turns import out_of_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = "marked long: `make test-long` runs them"
TURNS = "walked in the other arrangement this time: `make test-long` walks them in both"
CHOSEN = "not chosen on pytest's command line"
STOPPED = "never begun: the run was stopped early"


class MissingPartError(Exception):
    """A real part isn't to be had here; the message says in one line what to do about it."""


def leave_out(reason: str) -> NoReturn:
    """Skip the test that asked, or fail it where every part has to be present (CI=true)."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"a real part is missing: {reason}", pytrace=False)
    pytest.skip(reason)


@contextmanager
def or_left_out() -> Iterator[None]:
    """Leave the test out when a part turns out to be missing inside the block."""
    try:
        yield
    except MissingPartError as missing:
        leave_out(str(missing))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that the long tests wait for."""
    parser.addoption("--long", action="store_true", help="run the tests marked long as well")


def pytest_configure(config: pytest.Config) -> None:
    """Let the list be kept from the beginning."""
    config.pluginmanager.register(LeftOut(), "left-out")


class LeftOut:
    """The plugin that counts what wasn't run and prints it below everything but pytest's last line.

    Where several processes share the tests (pytest-xdist), each chooses from all, and the one that prints hears from them at the end.
    """

    def __init__(self) -> None:
        self.chosen: set[str] = set()
        self.begun: set[str] = set()
        self.waiting: dict[pytest.Item, str] = {}
        self.not_chosen: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Deselect the long tests unless they were asked for."""
        if config.getoption("--long"):
            return
        long = {item: LONG for item in items if item.get_closest_marker("long")}
        self.waiting = dict.fromkeys(out_of_turn(items), TURNS) | long
        if self.waiting:
            items[:] = [item for item in items if item not in self.waiting]
            config.hook.pytest_deselected(items=list(self.waiting))

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.not_chosen.update(self.waiting.get(item, CHOSEN) for item in items)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if not session.config.option.collectonly:
            self.chosen = {item.nodeid for item in session.items}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.begun.add(nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            where = report.longrepr[0] if isinstance(report.longrepr, tuple) else report.nodeid
            self.not_chosen[f"{_reason(report.longrepr)} (everything in {where})"] += 1

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        expected = getattr(report, "wasxfail", None)
        if report.skipped and expected is None:
            self.skipped[_reason(report.longrepr)] += 1
        elif report.skipped and str(expected).startswith("[NOTRUN]"):
            self.skipped[f"expected to fail, so not run: {str(expected).removeprefix('[NOTRUN]').strip()}"] += 1

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Say from one of several processes what it chose from."""
        told = getattr(session.config, "workeroutput", None)
        if told is not None:
            told["left-out"] = (sorted(self.chosen), dict(self.not_chosen))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Hear it: all have chosen the same."""
        chosen, not_chosen = getattr(node, "workeroutput", {}).get("left-out", ((), {}))
        self.chosen |= set(chosen)
        self.not_chosen |= Counter(not_chosen)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
        """Print after pytest's own sections: only its final line comes below."""
        yield
        reasons = self.not_chosen + self.skipped + Counter({STOPPED: len(self.chosen - self.begun)})
        terminalreporter.write_sep("=", "left out, and why")
        if not reasons:
            terminalreporter.write_line("nothing was left out")
        for reason, count in reasons.most_common():
            terminalreporter.write_line(f"{count:5} {'test ' if count == 1 else 'tests'}  {reason}")


def _reason(longrepr: object) -> str:
    """Take the reason out of a skip's report, on one line."""
    text = str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)
    return " ".join(text.removeprefix("Skipped: ").split()) or "no reason given"
