"""What lessons call, without a browser around it: SetValue on the very modules that a learner gets, in Node.js."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figures import Figure, Round
from tests.player.node import node

if TYPE_CHECKING:
    from collections.abc import Callable

SERVER = "the runtime of lessons"
_PROGRAM = Path(__file__).with_suffix(".js")


def measure(rounds: int, seconds: float, say: Callable[[Figure], None]) -> list[Figure]:
    """Play sessions for so long a round; what counts is how many calls a second a lesson could make."""
    figures: dict[str, Figure] = {}
    for _ in range(rounds):
        done = subprocess.run([node(), str(_PROGRAM), str(seconds / 4)], capture_output=True, text=True, check=True)
        for name, taken in json.loads(done.stdout).items():
            one = figures.setdefault(name, Figure(name, "calls/s", note="a call's mean in each session", server=SERVER))
            one.rounds.append(Round.of(taken, len(taken) / sum(taken)))
            say(one)
    return list(figures.values())
