"""What processes cost: processor time and memory of a process and all that came from it, read from Linux's /proc."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """Memory in MiB: what the processes need together, and the most that each has ever had."""

    together: float
    peaks: tuple[float, ...]


def family(root: int) -> list[int]:
    """List a process and its descendants."""
    children: dict[int, list[int]] = {}
    for path in _PROC.glob("[0-9]*"):
        fields = _stat(int(path.name))
        if fields:
            children.setdefault(int(fields[1]), []).append(int(path.name))
    found = [root]
    for process in found:
        found.extend(children.get(process, ()))
    return found


def processor_seconds(root: int) -> float:
    """Sum up the processor time that a family has used so far, with that of members who have gone."""
    return sum(sum(int(ticks) for ticks in _stat(process)[11:15]) for process in family(root)) / _TICK


def memory(root: int) -> Memory:
    """Measure a family's memory; pages that several share are counted once."""
    processes = [process for process in family(root) if _stat(process)]
    together = sum(_kib(process, "smaps_rollup", "Pss") for process in processes)
    return Memory(together / 1024, tuple(_kib(process, "status", "VmHWM") / 1024 for process in processes))


def _stat(process: int) -> list[str]:
    """Read a process's line, from its state on; nothing when it has gone."""
    try:
        return (_PROC / str(process) / "stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return []


def _kib(process: int, file: str, name: str) -> int:
    try:
        text = (_PROC / str(process) / file).read_text()
    except OSError:
        return 0
    found = re.search(rf"^{name}:\s+([0-9]+) kB", text, re.MULTILINE)
    return int(found[1]) if found else 0
