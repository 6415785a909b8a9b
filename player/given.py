"""What a lesson is given to read, pure: by its manifest, and by whom it is for. It is never taken from a commit."""

from collections.abc import Iterator
from uuid import UUID

from packages.model import Item

_LEARNER_12 = ("cmi.core.student_id", "cmi.core.student_name", "cmi.core.credit", "cmi.core.lesson_mode")
_LEARNER_2004 = ("cmi.learner_id", "cmi.learner_name", "cmi.credit", "cmi.mode")


def by(item: Item, edition: str) -> dict[str, str]:
    """List what the manifest says of an item, in the names of a data model."""
    said = _in_12(item) if edition == "1.2" else _in_2004(item)
    return {element: value for element, value in said if value}


def to(account_id: UUID, edition: str) -> dict[str, str]:
    """List what a lesson may know of its learner: a random id, and no name."""
    values = (str(account_id), "", "credit", "normal")
    return dict(zip(_LEARNER_12 if edition == "1.2" else _LEARNER_2004, values, strict=True))


def _in_12(item: Item) -> Iterator[tuple[str, str]]:
    """RTE 1.2, 3.4.4: launch_data and student_data come from the manifest's adlcp elements."""
    yield "cmi.launch_data", item.launch.parameters if item.launch else ""
    yield "cmi.student_data.mastery_score", _number(item.completion.mastery_score)
    yield "cmi.student_data.max_time_allowed", item.limits.time
    yield "cmi.student_data.time_limit_action", item.limits.action


def _in_2004(item: Item) -> Iterator[tuple[str, str]]:
    """RTE 4.2: thresholds and objectives come from the sequencing, and from adlcp's additions."""
    yield "cmi.launch_data", item.launch.parameters if item.launch else ""
    yield "cmi.time_limit_action", item.limits.action
    yield "cmi.max_time_allowed", item.sequencing.limits.attempt_absolute_duration
    if item.completion.by_measure:
        yield "cmi.completion_threshold", _number(item.completion.least_progress)
    objectives = sorted(item.sequencing.objectives, key=lambda one: not one.primary)
    if objectives and objectives[0].primary and objectives[0].by_measure:
        yield "cmi.scaled_passing_score", _number(objectives[0].least_measure)
    named = [one.identifier for one in objectives if one.identifier]
    for n, identifier in enumerate(named):
        yield f"cmi.objectives.{n}.id", identifier


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
