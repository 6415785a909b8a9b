"""From SCORM to xAPI, pure: what changed between two states of a track, as statements by ADL's SCORM profile.

Only transitions are said. Ids are UUIDv5 of the attempt (the registration), its session, the event and a number, so that a retry is the
same statement. A visit begins and ends once: those two carry its number, all others that of the commit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from player import responses, standing
from player.standing import COMPLETED, Interaction, Standing

VERBS = "http://adlnet.gov/expapi/verbs/"
TYPES = "http://adlnet.gov/expapi/activities/"
PROFILE = "https://w3id.org/xapi/scorm"


@dataclass(frozen=True, slots=True)
class About:
    """Whose attempt it is, at which lesson of which course."""

    actor: dict[str, Any]
    attempt: UUID
    course: str
    course_title: str
    lesson: str
    title: str
    edition: str
    language: str = "und"
    """A manifest seldom says in which language its titles are."""


@dataclass(frozen=True, slots=True)
class Step:
    """One commit: its session, visit and number, whether it begins the visit, whether it ends it, and when that happened."""

    session: int
    visit: int
    n: int
    first: bool
    finished: bool
    happened: datetime


@dataclass(frozen=True, slots=True)
class State:
    """What stands of a track: its values, where the learner stands by them, and which interactions the record knows."""

    values: dict[str, str]
    standing: Standing
    responded: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happened: a verb, at an activity, with a result; and what makes it this event and no other."""

    verb: str
    name: str
    result: dict[str, Any]
    activity: dict[str, Any] | None = None
    """The lesson itself, if nothing else is named."""


def lesson_of(course: str, item: str) -> str:
    """Name a lesson of a course as an activity."""
    return f"{course}/{quote(item, safe='')}"


def between(about: About, step: Step, before: State, after: State) -> tuple[list[dict[str, Any]], frozenset[str]]:
    """Say what happened from one state to the next; and list the interactions that the record knows now."""
    answers = [
        answer
        for answer in standing.interactions(after.values, about.edition)
        if answer.name not in before.responded and (answer.result or step.finished)
    ]
    events = [*_begin(about, step, after), *(_answered(about, step, answer) for answer in answers)]
    events += _objectives(about, step, before.values, after.values)
    events += _reached(before.standing, after.standing, str(step.n))
    events += _remarked(about, step, before.values, after.values)
    events += _end(about, step, after)
    known = before.responded | {answer.name for answer in answers}
    return [_statement(about, step, event) for event in events], known


def of_course(about: About, step: Step, before: Standing, after: Standing) -> list[dict[str, Any]]:
    """Say what has been reached in the course as a whole."""
    return [
        _statement(about, step, replace(event, activity=_course(about)))
        for event in _reached(before, after, f"{step.n} course", scores=False)
    ]


def _begin(about: About, step: Step, after: State) -> Iterator[_Event]:
    if step.first:
        resumed = standing.is_resumed(after.values, about.edition)
        yield _Event("resumed" if resumed else "initialized", f"{step.visit} begin", {})


def _end(about: About, step: Step, after: State) -> Iterator[_Event]:
    if step.finished:
        verb = "suspended" if standing.way_out(after.values, about.edition) in {"suspend", "logout"} else "terminated"
        spent = standing.time_spent(after.values, about.edition)
        yield _Event(verb, f"{step.visit} end", _result(after.standing) | ({"duration": spent} if spent else {}))


def _reached(was: Standing, now: Standing, name: str, *, scores: bool = True) -> Iterator[_Event]:
    """Say what has been reached; a score that led to nothing is said by itself."""
    result, said = _result(now), False
    if now.completion == COMPLETED and was.completion != COMPLETED:
        yield _Event("completed", f"completed {name}", {key: result[key] for key in result if key != "success"})
        said = True
    if now.success and now.success != was.success:
        yield _Event(now.success, f"{now.success} {name}", {key: result[key] for key in result if key != "completion"})
        said = True
    if scores and not said and now.score and now.score != was.score:
        yield _Event("scored", f"scored {name}", {"score": now.score.to_json()})


def _result(now: Standing) -> dict[str, Any]:
    result: dict[str, Any] = {}
    if now.completion == COMPLETED:
        result["completion"] = True
    if now.success:
        result["success"] = now.success == standing.PASSED
    if now.score:
        result["score"] = now.score.to_json()
    return result


def _answered(about: About, step: Step, answer: Interaction) -> _Event:
    kind = responses.kind_of(answer.type)
    definition: dict[str, Any] = {
        "type": TYPES + "cmi.interaction",
        "interactionType": kind,
        "correctResponsesPattern": [responses.written(kind, pattern, about.edition) for pattern in answer.patterns],
    }
    if answer.description:
        definition["description"] = {about.language: answer.description}
    result: dict[str, Any] = {"response": responses.written(kind, answer.response, about.edition)}
    result |= responses.judged(answer.result)
    if answer.latency:
        result["duration"] = answer.latency
    activity = _activity(f"{about.lesson}/interactions/{quote(answer.id, safe='')}", definition)
    return _Event("responded", f"{step.visit} responded {answer.name}", result, activity)


def _objectives(about: About, step: Step, before: dict[str, str], after: dict[str, str]) -> Iterator[_Event]:
    known = {one.index: one.standing for one in standing.objectives(before, about.edition)}
    for one in standing.objectives(after, about.edition):
        was = known.get(one.index, Standing())
        if was == one.standing:
            continue
        definition: dict[str, Any] = {"type": TYPES + "objective"}
        if one.description:
            definition["description"] = {about.language: one.description}
        activity = _activity(f"{about.lesson}/objectives/{quote(one.id, safe='')}", definition)
        for event in _reached(was, one.standing, f"{step.n} objective {one.index}"):
            yield replace(event, activity=activity)


def _remarked(about: About, step: Step, before: dict[str, str], after: dict[str, str]) -> Iterator[_Event]:
    known = standing.comments(before, about.edition)
    for index, comment in enumerate(standing.comments(after, about.edition)):
        if index >= len(known) or known[index] != comment:
            yield _Event("commented", f"{step.n} commented {index}", {"response": comment})


def _statement(about: About, step: Step, event: _Event) -> dict[str, Any]:
    lesson = _activity(about.lesson, {"type": TYPES + "lesson", "name": {about.language: about.title}})
    grouping = [_course(about), _activity(f"{about.course}?attempt={about.attempt}", {"type": TYPES + "attempt"})]
    around: dict[str, Any] = {"category": [_activity(PROFILE)], "grouping": grouping}
    if event.activity and event.activity["definition"]["type"] != TYPES + "course":
        around["parent"] = [lesson]
    said: dict[str, Any] = {
        "id": str(uuid5(about.attempt, f"{step.session} {event.name}")),
        "actor": about.actor,
        "verb": {"id": VERBS + event.verb, "display": {"en": event.verb}},
        "object": event.activity or lesson,
        "context": {"registration": str(about.attempt), "contextActivities": around},
        "timestamp": step.happened.isoformat(timespec="milliseconds"),
    }
    return said | {"result": event.result} if event.result else said


def _course(about: About) -> dict[str, Any]:
    return _activity(about.course, {"type": TYPES + "course", "name": {about.language: about.course_title}})


def _activity(iri: str, definition: dict[str, Any] | None = None) -> dict[str, Any]:
    said: dict[str, Any] = {"objectType": "Activity", "id": iri}
    return said | {"definition": definition} if definition else said
