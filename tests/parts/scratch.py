"""Where the tests write: in memory, where there is plenty of it.

On a disk they wait half of their time for some hundred databases to arrive; what they prove is about programs that are killed, not about
machines that lose their power.

Whoever says TMPDIR is obeyed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 -- each run makes a folder of its own in it
ENOUGH = 6 * 1024**3
"""Bytes that have to be free, both in the folder and of the machine's memory; a run takes about a third."""


def settle() -> None:
    """Let this process, and all that it starts, write there."""
    if "TMPDIR" not in os.environ and _free(MEMORY) >= ENOUGH and is_plenty():
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # asked for anew


def is_plenty() -> bool:
    """Tell whether the machine has memory to spare."""
    return _available() >= ENOUGH


def keep_compiled() -> None:
    """Let Python keep what it compiles, whatever the machine says: a run starts our programs some hundred times."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def _free(folder: Path) -> int:
    try:
        found = os.statvfs(folder)
    except OSError:
        return 0
    return found.f_bavail * found.f_frsize


def _available(told: Path = Path("/proc/meminfo")) -> int:
    """Read how much memory programs may still take, where the system says so."""
    try:
        lines = told.read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), 0)
