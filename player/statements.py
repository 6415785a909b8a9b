"""From SCORM to xAPI, pure: what changed between two states of an attempt, as statements by ADL's SCORM profile.

Only transitions are said. Ids are UUIDv5 of the attempt, its session, the event and the commit, so that a retry is the same statement.
A session begins and ends once: those two carry no commit's number, for a page that goes may send its end twice.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

VERBS = "http://adlnet.gov/expapi/verbs/"
PROFILE = "https://w3id.org/xapi/scorm"
LESSON = "http://adlnet.gov/expapi/activities/lesson"

STATUS = "cmi.core.lesson_status"
SCORE = "cmi.core.score.raw"

_SAID_OF_STATUS = {"completed", "passed", "failed"}


@dataclass(frozen=True, slots=True)
class About:
    """Whose attempt it is, at what."""

    actor: dict[str, Any]
    attempt: UUID
    activity: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Step:
    """One commit: its number in its session, whether it is the first to arrive, and whether the lesson said that it has ended."""

    session: int
    n: int
    first: bool
    finished: bool


def between(about: About, step: Step, before: dict[str, str], after: dict[str, str]) -> list[dict[str, Any]]:
    """Say what happened from one state to the next."""
    said = []
    if step.first:
        said.append(("resumed" if before else "initialized", "begin"))
    status = after.get(STATUS, "")
    if status != before.get(STATUS) and status in _SAID_OF_STATUS:
        said.append((status, f"{status} {step.n}"))
    if step.finished:
        said.append(("suspended" if after.get("cmi.core.exit") == "suspend" else "terminated", "end"))
    return [_statement(about, verb, uuid5(about.attempt, f"{step.session} {event}"), after) for verb, event in said]


def _statement(about: About, verb: str, statement_id: UUID, values: dict[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": str(statement_id),
        "actor": about.actor,
        "verb": {"id": VERBS + verb, "display": {"en": verb}},
        "object": {
            "objectType": "Activity",
            "id": about.activity,
            "definition": {"type": LESSON, "name": {about.language: about.title}},
        },
        "context": {
            "registration": str(about.attempt),
            "contextActivities": {"category": [{"objectType": "Activity", "id": PROFILE}]},
        },
    }
    result = _result(verb, values)
    return said | {"result": result} if result else said


def _result(verb: str, values: dict[str, str]) -> dict[str, Any]:
    """Say the score with what it led to, and with the end."""
    result: dict[str, Any] = {}
    if verb == "completed":
        result["completion"] = True
    if verb in {"passed", "failed"}:
        result["success"] = verb == "passed"
    raw = values.get(SCORE)
    if raw and verb in {"completed", "passed", "failed", "terminated", "suspended"}:
        result["score"] = {"raw": float(raw), "min": 0, "max": 100, "scaled": float(raw) / 100}
    return result
