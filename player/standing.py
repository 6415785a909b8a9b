"""Where a learner stands, pure: the values of a track in words that every edition shares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

COMPLETED = "completed"
PASSED = "passed"
FAILED = "failed"

COMPLETION_2004 = "cmi.completion_status"

_DONE_12 = {"passed": (COMPLETED, PASSED), "failed": (COMPLETED, FAILED), "completed": (COMPLETED, "")}
"""SCORM 1.2 says both in one word; a lesson that was failed has been gone through (ADL's SCORM profile, Statuses)."""

_TIMESPAN = re.compile(r"([0-9]{2,4}):([0-9]{2}):([0-9]{2}(?:\.[0-9]{1,2})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Score:
    """A score as a statement can say it: raw within min and max, scaled within -1 and 1."""

    scaled: float | None = None
    raw: float | None = None
    min: float | None = None
    max: float | None = None

    def to_json(self) -> dict[str, float]:
        """Write what is known of it."""
        said = {"scaled": self.scaled, "raw": self.raw, "min": self.min, "max": self.max}
        return {name: value for name, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Standing:
    """Completed or not, passed, failed or neither, and with which score: of a lesson, or of one of its objectives."""

    completion: str = ""
    success: str = ""
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    """Where a learner stands in an objective that the lesson named."""

    index: int
    id: str
    description: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Interaction:
    """An answer that a learner gave, in the words of its lesson."""

    index: int
    id: str
    type: str
    response: str
    result: str
    latency: str
    description: str
    patterns: tuple[str, ...]

    @property
    def name(self) -> str:
        """Tell it from others: a lesson that begins to count anew on each visit asks other questions at the same place."""
        return f"{self.index} {self.id}"


def lesson(values: dict[str, str], edition: str) -> Standing:
    """Tell where a learner stands in a lesson."""
    if edition == "1.2":
        return _standing_12(values, "cmi.core.lesson_status", "cmi.core.score.")
    return _standing_2004(values, "cmi.")


def objectives(values: dict[str, str], edition: str) -> list[Objective]:
    """List the objectives that a lesson named."""
    return [
        Objective(
            index,
            identifier,
            values.get(f"{at}.description", ""),
            _standing_12(values, f"{at}.status", f"{at}.score.")
            if edition == "1.2"
            else _standing_2004(values, f"{at}."),
        )
        for index, at, identifier in _entries(values, "cmi.objectives")
    ]


def interactions(values: dict[str, str], edition: str) -> list[Interaction]:
    """List the answers that a learner gave."""
    response = "student_response" if edition == "1.2" else "learner_response"
    found = []
    for index, at, identifier in _entries(values, "cmi.interactions"):
        of = {name: values.get(f"{at}.{name}", "") for name in ("type", response, "result", "latency", "description")}
        latency = duration(of["latency"])
        patterns = tuple(_each(values, f"{at}.correct_responses", "pattern"))
        if of[response]:
            found.append(
                Interaction(
                    index, identifier, of["type"], of[response], of["result"], latency, of["description"], patterns
                )
            )
    return found


def comments(values: dict[str, str], edition: str) -> list[str]:
    """List what a learner remarked."""
    if edition == "1.2":
        return [text for text in [values.get("cmi.comments", "")] if text]
    return [text for text in _each(values, "cmi.comments_from_learner", "comment") if text]


def time_spent(values: dict[str, str], edition: str) -> str:
    """Tell how long a visit was, as ISO 8601 writes it; nothing where the lesson did not say."""
    return duration(values.get("cmi.core.session_time" if edition == "1.2" else "cmi.session_time", ""))


def way_out(values: dict[str, str], edition: str) -> str:
    """Tell how a lesson said that it was left."""
    return values.get("cmi.core.exit" if edition == "1.2" else "cmi.exit", "")


def is_resumed(values: dict[str, str], edition: str) -> bool:
    """Tell whether a visit goes on with what was left."""
    return values.get("cmi.core.entry" if edition == "1.2" else "cmi.entry", "") == "resume"


def duration(text: str) -> str:
    """Write a time span of either edition as ISO 8601 writes it."""
    found = _TIMESPAN.fullmatch(text)
    if found is None:
        return text if text.startswith("P") else ""
    hours, minutes, seconds = int(found[1]), int(found[2]), float(found[3])
    return f"PT{hours}H{minutes}M{seconds:g}S"


def _standing_12(values: dict[str, str], status: str, score: str) -> Standing:
    completion, success = _DONE_12.get(values.get(status, ""), ("", ""))
    raw, least, most = (_number(values.get(score + name, "")) for name in ("raw", "min", "max"))
    if raw is None:
        return Standing(completion, success)
    least, most = least or 0, 100 if most is None else most
    if not least <= raw <= most or least == most:
        return Standing(completion, success, Score(raw=raw))
    return Standing(completion, success, Score((raw - least) / (most - least), raw, least, most))


def _standing_2004(values: dict[str, str], at: str) -> Standing:
    completion = COMPLETED if values.get(f"{at}completion_status") == COMPLETED else ""
    success = values.get(f"{at}success_status", "")
    scaled, raw, least, most = (
        _number(values.get(f"{at}score.{name}", "")) for name in ("scaled", "raw", "min", "max")
    )
    if least is not None and most is not None and not (least < most and (raw is None or least <= raw <= most)):
        least = most = None
    if raw is not None and ((least is not None and raw < least) or (most is not None and raw > most)):
        least = most = None
    known = any(one is not None for one in (scaled, raw))
    return Standing(
        completion, success if success in {PASSED, FAILED} else "", Score(scaled, raw, least, most) if known else None
    )


def _entries(values: dict[str, str], collection: str) -> Iterator[tuple[int, str, str]]:
    """Give the entries of a collection that have a name, in order: their index, where they are, and their name."""
    begin, end = f"{collection}.", ".id"
    found = (
        (int(element[len(begin) : -len(end)]), identifier)
        for element, identifier in values.items()
        if element.startswith(begin) and element.endswith(end) and element[len(begin) : -len(end)].isdecimal()
    )
    for index, identifier in sorted(found):
        if identifier:
            yield index, f"{collection}.{index}", identifier


def _each(values: dict[str, str], collection: str, name: str) -> Iterator[str]:
    index = 0
    while (value := values.get(f"{collection}.{index}.{name}")) is not None:
        yield value
        index += 1


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
