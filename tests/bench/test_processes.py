"""What processes cost is read from the system."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import processes

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux has /proc")

_BUSY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import sys; held = bytearray(60_000_000); print(1, flush=True); sys.stdin.read()"])
end = time.process_time() + 0.3
while time.process_time() < end: pass
print("done", flush=True)
sys.stdin.read()
"""


def test_a_family_is_counted_with_its_children() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as busy:
        assert busy.stdout is not None
        assert {busy.stdout.readline().strip(), busy.stdout.readline().strip()} == {"1", "done"}

        assert len(processes.family(busy.pid)) == 2
        assert 0.25 < processes.processor_seconds(busy.pid) < 5
        found = processes.memory(busy.pid)
        assert 57 < max(found.peaks) <= found.together + 30


def test_a_process_that_has_gone_costs_nothing() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    assert processes.processor_seconds(gone.pid) == 0
    assert processes.memory(gone.pid).together == 0


def test_we_are_in_our_own_family() -> None:
    assert processes.family(os.getpid())[0] == os.getpid()
