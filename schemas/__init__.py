"""Declarative truth: what statements, rules and lessons may say, as JSON that code, tests and documents all read."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def load(name: str) -> Any:
    """Read one file of this folder, such as `rules/rule`; it is read once and must not be changed."""
    return json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
