"""The vectors that the browser's data model and the server's share, as Python reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "vectors" / "scorm"

OPENING = {"LMSInitialize", "Initialize"}
ENDING = {"LMSFinish", "Terminate"}
READING = {"LMSGetValue", "GetValue"}
WRITING = {"LMSSetValue", "SetValue"}
MODEL = READING | WRITING
"""Calls that reach the data model."""


def vectors(name: str) -> Any:
    """Read one file of them."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def of_the_model(calls: list[list[Any]]) -> list[tuple[str, list[str], str, str]]:
    """Pick the calls that reach the data model: those between a session's beginning and its end."""
    picked, running = [], False
    for name, words, expected, error in calls:
        if name in OPENING | ENDING and expected == "true":
            running = name in OPENING
        if running and name in MODEL:
            picked.append((name, words, expected, error))
    return picked
