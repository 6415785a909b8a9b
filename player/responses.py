"""Answers of learners, pure: how SCORM 1.2 writes them, as xAPI and SCORM 2004 do."""

import re
from typing import Any

_KINDS = {
    "true-false",
    "choice",
    "fill-in",
    "long-fill-in",
    "matching",
    "performance",
    "sequencing",
    "likert",
    "numeric",
    "other",
}

_TRUE = {"t": "true", "1": "true", "true": "true", "f": "false", "0": "false", "false": "false"}

_LISTS = {"choice", "sequencing", "matching", "performance"}

_SUCCESS = {"correct": True, "wrong": False, "incorrect": False}


def kind_of(said: str) -> str:
    """Name the type of an interaction; one that its lesson did not name is another."""
    return said if said in _KINDS else "other"


def written(kind: str, text: str, edition: str) -> str:
    """Write a response, or a pattern of correct ones, with xAPI's delimiters."""
    if edition != "1.2":
        return text
    if kind == "true-false":
        return _TRUE.get(text.strip().lower(), text)
    if kind not in _LISTS or "[" in text:
        return text
    found = re.fullmatch(r"\{(.*)\}", text, re.DOTALL)
    members = [member.strip() for member in (found[1] if found else text).split(",")]
    if kind in {"matching", "performance"}:
        members = [member.replace(".", "[.]", 1) for member in members]
    return "[,]".join(members)


def judged(result: str) -> dict[str, Any]:
    """Say what a lesson thought of a response: right, wrong, or so much of a measure."""
    if result in _SUCCESS:
        return {"success": _SUCCESS[result]}
    try:
        return {"score": {"raw": float(result)}}
    except ValueError:
        return {}
