"""The Firefox that the tests drive: the system's own, by puppeteer-core over WebDriver BiDi (tests/clients/firefox.js)."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests.parts.clients import find_clients
from tests.parts.keeper import keeper
from tests.parts.left_out import MissingPartError

if TYPE_CHECKING:
    from types import TracebackType

    from tests.parts.tabs import Screen, Tab

NAMES = ("firefox-esr", "firefox")


def find_firefox() -> Path:
    """Find the browser's program."""
    if named := os.environ.get("HAIDANG_TEST_FIREFOX"):
        if os.access(named, os.X_OK) and Path(named).is_file():
            return Path(named)
        raise MissingPartError(f"no Firefox: HAIDANG_TEST_FIREFOX names {named}, which is no program")
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise MissingPartError("no Firefox: install Debian's package firefox-esr, or name one in HAIDANG_TEST_FIREFOX")


class Firefox:
    """The engine of Firefox: a process of Node.js that drives it, told a step a line."""

    name = "firefox"

    def __init__(self, node: str, program: Path) -> None:
        self._process = subprocess.Popen(
            [node, "firefox.js", str(program)],
            cwd=find_clients(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        keeper().keep(self._process.pid)
        self.version: str = self._answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(subprocess.TimeoutExpired):
            self._process.communicate(timeout=10)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        keeper().forget(self._process.pid)

    def screen(self) -> Screen:
        """Give a screen on which nothing was ever opened."""
        return _Screen(self, self.step("screen"))

    def step(self, step: str, **words: Any) -> Any:
        """Let the driver take one step."""
        asking = self._process.stdin
        assert asking is not None
        asking.write(json.dumps({"step": step, **words}) + "\n")
        asking.flush()
        return self._answer()

    def _answer(self) -> Any:
        answering = self._process.stdout
        assert answering is not None
        line = answering.readline()
        if not line:
            raise RuntimeError("Firefox's driver has ended")
        found: dict[str, Any] = json.loads(line)
        if "error" in found:
            raise RuntimeError(found["error"])
        return found.get("value")


class _Screen:
    def __init__(self, firefox: Firefox, context: int) -> None:
        self._firefox = firefox
        self._context = context

    def open(self) -> Tab:
        return _Tab(self._firefox, self._firefox.step("open", context=self._context))

    def tabs(self) -> list[Tab]:
        return [_Tab(self._firefox, tab) for tab in self._firefox.step("tabs", context=self._context)]

    def close(self) -> None:
        self._firefox.step("close", context=self._context)


class _Tab:
    def __init__(self, firefox: Firefox, tab: int) -> None:
        self._firefox = firefox
        self._tab = tab

    @property
    def address(self) -> str:
        return str(self._firefox.step("address", tab=self._tab))

    def go(self, address: str) -> None:
        self._firefox.step("go", tab=self._tab, address=address)

    def click(self, selector: str, *frames: str) -> None:
        self._firefox.step("click", tab=self._tab, selector=selector, frames=frames)

    def run(self, script: str, *frames: str) -> Any:
        return self._firefox.step("run", tab=self._tab, script=script, frames=frames)
