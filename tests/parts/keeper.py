"""The keeper ends what a killed test run would leave behind: its servers and their folders.

It is a small process that waits for the end of its standard input, which comes when the test run ends, in whichever way:
SIGKILL leaves a run no time to clean up, and Linux's own means for that don't exist on macOS.
"""

import atexit
import functools
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

PATIENCE = 3.0


class Keeper:
    """The test run's end of the line."""

    def __init__(self) -> None:
        # A session of its own: Ctrl-C in the terminal is meant for pytest, not for the keeper.
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__], stdin=subprocess.PIPE, start_new_session=True
        )

    def keep(self, what: int | Path) -> None:
        """Remember a process by its id, or a folder, until it is forgotten."""
        self._say("keep", what)

    def forget(self, what: int | Path) -> None:
        """Leave a process or a folder alone: it is gone already."""
        self._say("forget", what)

    def close(self) -> None:
        """Say that the run is over and wait until the rest has been cleared away."""
        self._process.communicate()

    def _say(self, verb: str, what: int | Path) -> None:
        if self._process.stdin is None:
            raise TypeError("the keeper was started without a line to it")
        self._process.stdin.write(f"{verb} {what}\n".encode())
        self._process.stdin.flush()


@functools.cache
def keeper() -> Keeper:
    """Start the test run's one keeper."""
    started = Keeper()
    atexit.register(started.close)
    return started


def _listen() -> None:
    """Follow the line to its end, then clear away what is left."""
    left: dict[str, None] = {}
    for line in sys.stdin:
        verb, _, what = line.rstrip("\n").partition(" ")
        if verb == "keep":
            left[what] = None
        else:
            left.pop(what, None)
    groups = [int(what) for what in left if what.isdecimal()]
    _end(groups)
    for what in left:
        if not what.isdecimal():
            shutil.rmtree(what, ignore_errors=True)


def _end(groups: list[int]) -> None:
    """Ask process groups to leave, and make those go that don't."""
    for group in groups:
        _signal(group, signal.SIGCONT)
        _signal(group, signal.SIGQUIT)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(_signal(group, 0) for group in groups):
        time.sleep(0.02)
    for group in groups:
        _signal(group, signal.SIGKILL)


def _signal(group: int, number: int) -> bool:
    """Send a signal to a process group and say whether there was one to receive it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        return True
    return False


if __name__ == "__main__":
    _listen()
