"""A program that runs beside the tests, as a process group of its own with a log."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from tests.parts.keeper import keeper
from tests.parts.left_out import MissingPartError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PATIENCE = 30.0


class AsUser(TypedDict, total=False):
    """Popen's arguments about whom a program runs as."""

    user: str
    group: int
    extra_groups: list[int]


class Program:
    """One running program; it ends with the test run at the latest."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        *,
        name: str,
        user: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=env,
                **as_user(user),
            )
        keeper().keep(self.process.pid)

    @property
    def running(self) -> bool:
        """Say whether the process is still there."""
        return self.process.poll() is None

    def children(self) -> list[int]:
        """List the processes that it started itself and that are still there."""
        pid = self.process.pid
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in found.split()]

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Wait for the program to do its work; the log's end says why it doesn't."""
        deadline = time.monotonic() + PATIENCE
        while not ready():
            if not self.running or time.monotonic() > deadline:
                self.stop(signal.SIGKILL)
                raise MissingPartError(f"{self.name} did not start: {self.last_words()}")
            time.sleep(0.01)

    def last_words(self) -> str:
        """Read the last lines of the log, as one."""
        lines = [line.strip() for line in self.log.read_text(errors="replace").splitlines()]
        return " / ".join([line for line in lines if line.strip("^~")][-2:]) or "it said nothing"

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ask the program to end and see to it that it does."""
        # The asking goes to the leader, who knows its own; the end is for the whole group.
        if self.running:
            self.process.send_signal(how)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=10)
        self.signal(signal.SIGKILL)
        self.process.wait()
        keeper().forget(self.process.pid)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole process group, if there is one left."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


def is_running(pid: int) -> bool:
    """Tell whether a process is still at work: one that has ended may wait for its parent to notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def as_user(user: str | None) -> AsUser:
    """Give Popen's arguments that start a program as somebody else."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
