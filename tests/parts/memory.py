"""What a served process takes of memory, as the kernel counts it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.parts.served import Served

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
_NOW = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)
_FORGET_THE_PEAK = "5"


class Memory:
    """How far the one worker of a service has grown at most since this was made, in MiB."""

    def __init__(self, service: Served) -> None:
        assert service.program is not None
        master = service.program.process.pid
        (worker,) = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        self._process = Path("/proc") / worker
        (self._process / "clear_refs").write_text(_FORGET_THE_PEAK)
        self._before = self._read(_NOW)

    @property
    def grown(self) -> float:
        """Say by how much."""
        return (self._read(_PEAK) - self._before) / 1024

    def _read(self, what: re.Pattern[str]) -> int:
        found = what.search((self._process / "status").read_text())
        assert found is not None
        return int(found[1])
