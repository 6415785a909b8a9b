"""`python -m bench`: measure parts of the service, or all of it, beside what the database and the targets allow (docs/bench.md)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bench import ingest
from bench.limits import PostgresLimits
from bench.service import CURRENT, GRANIAN, KINDS, Ground, Service, ground

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.figures import Figure

PARTS = {"singles": ingest.singles, "batches": ingest.batches}
MAKES = {"haidang": CURRENT, "granian": GRANIAN}


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"which of {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--on", choices=KINDS, default=KINDS[0], help="the database")
    parser.add_argument("--server", choices=MAKES, default="haidang", help="what serves the application")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each round")
    chosen = parser.parse_args(words)
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"there is no part called {', '.join(sorted(unknown))}")
    return chosen


def main() -> None:
    """Measure, and report."""
    chosen = arguments()
    with ground(chosen.on) as on:
        measure(chosen, on)


def measure(chosen: argparse.Namespace, on: Ground) -> list[Figure]:
    """Measure the parts that were chosen."""
    service = Service(on, MAKES[chosen.server])
    writer = service.prepare()
    with service:
        load = ingest.Load(service, writer, chosen.seconds)
        ingest.warm_up(load)
        limits = PostgresLimits(on.url) if on.kind == "postgresql" else None
        return [
            figure
            for name in chosen.parts or PARTS
            for figure in PARTS[name](load, limits, chosen.rounds, lambda words: print(words, flush=True))
        ]


if __name__ == "__main__":
    main()
