"""Client libraries that other people wrote, from npm's registry: as tests/clients/package-lock.json names them, by version and hash.

The Makefile gets them by the npm of the tests' own libraries; `python -m tests.parts.clients` tidies a new lock.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.parts.left_out import MissingPartError

FOLDER = Path(__file__).parents[1] / "clients"
_LOCK = FOLDER / "package-lock.json"


def find_clients() -> Path:
    """Find the folder in which the libraries are, as they are locked."""
    there = FOLDER / "node_modules" / ".package-lock.json"
    wanted = {name: each.get("integrity") for name, each in _packages(_LOCK).items() if name}
    if not there.is_file() or {name: each.get("integrity") for name, each in _packages(there).items()} != wanted:
        raise MissingPartError(
            "no client libraries: `make test` gets them from npm's registry; is it reachable (npm's settings)?"
        )
    return FOLDER


def _packages(file: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(file.read_text("utf-8"))["packages"]
    return found


def _tidy() -> None:
    """Leave in the lock what installing needs: not who would like to be paid."""
    lock = json.loads(_LOCK.read_text("utf-8"))
    for each in lock["packages"].values():
        each.pop("funding", None)
    _LOCK.write_text(json.dumps(lock, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    _tidy()
