"""Visits to a SCO, pure: what one finds of the one before, and what its end makes of what was said; browser/visit.js is the twin."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from player.cmi.element import general
from player.cmi.model import verdict
from player.cmi.timespan import clock, period

Values = Mapping[str, str]
_Read = Callable[[str], str | None]

_ADD = {"clock": clock, "period": period}


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands from the visit before: the values, and whether the lesson has ended it."""

    values: Values
    ended: bool


def opened(table: Any, kept: Kept | None, given: Values) -> dict[str, str]:
    """Say what a lesson reads at Initialize; a visit that never ended (a closed tab, a power cut) counts as suspended.

    `given` is what this launch says: the learner, the mode, what the manifest has.
    """
    visit = table["visit"]
    if kept is None or _is_nothing(kept):
        return {**given, visit["entry"]: "ab-initio"}
    resumed = _is_suspended(table, kept)
    if visit["fresh"] and not resumed:
        return {**given, visit["entry"]: visit["again"]}
    launched = {
        name: value for name, value in given.items() if not _is_of_lesson(table, name) or name not in kept.values
    }
    return {
        **{name: value for name, value in kept.values.items() if _is_of_lesson(table, name)},
        **launched,
        visit["total_time"]: total_time(table, kept.values),
        visit["entry"]: "resume" if resumed else visit["again"],
    }


def closed(table: Any, values: Values, given: Values) -> dict[str, str]:
    """Say what Terminate and LMSFinish make of what was said."""
    read = _reader(table, {**values, **given})
    found = _by_mastery(table["visit"], read) if "mastery" in table["visit"] else _by_measures(table, read)
    return {**values, **found}


def assumed(table: Any, values: Values, given: Values) -> dict[str, str]:
    """Say what sequencing takes for granted when an attempt ends without a word about it: done, and done well (SN 2004, UP.4).

    A SCO whose manifest says `completionSetByContent` or `objectiveSetByContent` is not taken at silence; the caller leaves that one out.
    """
    if _is_suspended(table, Kept(values, ended=True)):
        return {}
    read = _reader(table, {**values, **given})
    return {name: value for name, value in table["visit"].get("assumed", {}).items() if read(name) == "unknown"}


def total_time(table: Any, values: Values) -> str:
    """Add up the time of all visits to an attempt, the last one too."""
    visit = table["visit"]
    return _ADD[visit["time"]](values.get(visit["total_time"], ""), values.get(visit["session_time"], ""))


def _by_mastery(visit: Any, read: _Read) -> dict[str, str]:
    """Take silence for completion, unless the learner comes back; a mastery score decides where there is credit (RTE 1.2, 3.4.4)."""
    before, score, mastery = read(visit["status"]), read(visit["score"]), read(visit["mastery"])
    halfway = before == "incomplete" and read(visit["exit"]) == "suspend"
    counts = read(visit["credit"]) == "credit" and read(visit["mode"]) == "normal"
    if mastery and score and counts and not halfway:
        return {visit["status"]: "passed" if float(score) >= float(mastery) else "failed"}
    if before == "not attempted" and read(visit["exit"]) == "suspend":
        return {visit["status"]: "incomplete"}
    if before == "not attempted":
        return {visit["status"]: "browsed" if read(visit["mode"]) == "browse" else "completed"}
    return {}


def _by_measures(table: Any, read: _Read) -> dict[str, str]:
    """Let thresholds decide where there are any (RTE 2004, 4.2.4 and 4.2.22)."""
    judged = ((name, rule["judged"]) for name, rule in table["elements"].items() if "judged" in rule)
    return {name: value for name, rule in judged if (value := verdict(rule, read)) is not None}


def _is_suspended(table: Any, kept: Kept) -> bool:
    visit, said = table["visit"], kept.values
    return not kept.ended or said.get(visit["exit"]) == "suspend" or said.get(visit.get("request", "")) == "suspendAll"


def _is_nothing(kept: Kept) -> bool:
    """Tell whether a page was opened and left without a word."""
    return not kept.ended and not kept.values


def _is_of_lesson(table: Any, name: str) -> bool:
    rule = table["elements"].get(general(name))
    return rule is not None and "w" in rule["access"] and not rule.get("session") and not rule.get("given")


def _reader(table: Any, values: Values) -> _Read:
    return lambda name: values.get(name, table["elements"].get(name, {}).get("default"))
