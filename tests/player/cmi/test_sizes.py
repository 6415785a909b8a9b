"""What a learner's browser has to fetch before a lesson can begin: the API, all it imports, the visits, and the table."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from player.cmi.tables import table

BROWSER = Path(__file__).parents[3] / "player" / "browser"
MOST = 15 * 1024
_IMPORT = re.compile(r'^import .* from "\./([a-z0-9]+\.js)";$', re.MULTILINE)


def fetched(*names: str) -> set[str]:
    """Name the modules that come with these."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _IMPORT.findall((BROWSER / name).read_text("utf-8"))
    return found


@pytest.mark.parametrize(("api", "edition"), [("api12.js", "1.2"), ("api2004.js", "4th")])
def test_the_runtime_of_an_edition_is_small(api: str, edition: str) -> None:
    modules = fetched(api, "datamodel.js", "visit.js")
    bodies = [(BROWSER / name).read_bytes() for name in sorted(modules)]
    bodies.append(json.dumps(table(edition), separators=(",", ":")).encode())

    assert {"api.js", "value.js", "element.js", "timespan.js"} < modules
    assert sum(len(gzip.compress(body)) for body in bodies) < MOST
