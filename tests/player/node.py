"""The Node.js that runs the browser's modules without a browser: the one inside Playwright's wheel, so that none has to be installed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from playwright._impl._driver import compute_driver_executable

from tests.parts.chromium import check_driver
from tests.parts.left_out import or_left_out

if TYPE_CHECKING:
    from types import TracebackType

ROOT = Path(__file__).parents[2]


def node() -> str:
    """Name the program."""
    with or_left_out():
        check_driver()
    return str(compute_driver_executable()[0])


class Fits:
    """The browser's `fits`, asked a batch at a time: one process answers them all."""

    _SCRIPT = """
        import { createInterface } from "node:readline";
        import { fits } from "./player/browser/datamodel.js";
        for await (const line of createInterface({ input: process.stdin })) {
          console.log(JSON.stringify(JSON.parse(line).map(([rule, value]) => fits(rule, value))));
        }
    """

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [node(), "--input-type=module", "-e", self._SCRIPT],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def __call__(self, questions: list[tuple[dict[str, Any], str]]) -> list[bool]:
        """Ask whether each value fits its rule."""
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None
        assert answering is not None
        asking.write(json.dumps(questions) + "\n")
        asking.flush()
        found: list[bool] = json.loads(answering.readline())
        return found
