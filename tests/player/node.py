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


class Faults:
    """The browser's `fault`, asked a batch at a time: one process answers them all."""

    _SCRIPT = """
        import { createInterface } from "node:readline";
        import { compile, fault } from "./player/browser/value.js";
        const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
        const tables = Object.entries(JSON.parse((await lines.next()).value));
        const rules = new Map(tables.map(([edition, table]) => [edition, compile(table)]));
        for await (const line of { [Symbol.asyncIterator]: () => lines }) {
          const answers = JSON.parse(line).map(([edition, name, value, sort]) => fault(rules.get(edition).get(name), value, sort));
          console.log(JSON.stringify(answers));
        }
    """

    def __init__(self, tables: dict[str, Any]) -> None:
        self._tables = tables

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [node(), "--input-type=module", "-e", self._SCRIPT],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._say(self._tables)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def __call__(self, questions: list[tuple[str, str, str, str]]) -> list[str]:
        """Ask what is wrong with each value: of which edition, which element, the value, and the interaction's type."""
        self._say(questions)
        answering = self._process.stdout
        assert answering is not None
        found: list[str] = json.loads(answering.readline())
        return found

    def _say(self, words: Any) -> None:
        asking = self._process.stdin
        assert asking is not None
        asking.write(json.dumps(words) + "\n")
        asking.flush()
