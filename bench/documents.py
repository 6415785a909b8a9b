"""Documents: the state that a lesson keeps for its learner, written and read on eight connections."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import orjson

from bench import statements
from bench.figures import Figure
from bench.requests import STATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.limits import Limits
    from bench.load import Load

CONNECTIONS = 8
PLACES = 1000
_BODY = orjson.dumps({"trang": 12, "da-xem": list(range(40)), "ghi-chu": "Xem lại công thức ở trang trước. " * 6})


def state(load: Load, _limits: Limits | None, rounds: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Measure State: first every place is written once, so that a reader finds something."""
    chance = random.Random(7)
    places: list[dict[str, Any]] = [
        {
            "activityId": f"{statements.HOME}/khoa-hoc/{place % 40:03}/bai/{place % 12:02}",
            "agent": statements.agent(f"hoc-sinh-{place:05}"),
            "stateId": "resume",
        }
        for place in range(PLACES)
    ]
    ways = {
        "PUT": [load.writer.ask("PUT", STATE, _BODY, **place) for place in places],
        "GET": [load.writer.ask("GET", STATE, **place) for place in places],
    }
    load.run(ways["PUT"], CONNECTIONS, whole=True)
    for method, requests in ways.items():
        figure = Figure(f"state {method}, {CONNECTIONS} connections", "requests/s")
        for _ in range(rounds):
            figure.rounds.append(load.run(chance.choices(requests, k=int(load.seconds * 6000)), CONNECTIONS))
            say(figure)
        yield figure
