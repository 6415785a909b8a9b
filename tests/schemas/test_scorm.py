"""The table of SCORM 1.2's data model, against the list of its elements in the run-time environment's book (RTE 1.2, 3.4.4)."""

from __future__ import annotations

import re
from typing import Any

import pytest

import schemas

TABLE = schemas.load("scorm/1.2")
STATUS = {"passed", "completed", "failed", "incomplete", "browsed", "not attempted"}

# What a lesson may read (r) and write (w), as the book says; keywords (_children, _count) are no elements of the table.
BOOK = {
    "cmi._version": "r",
    "cmi.core.student_id": "r",
    "cmi.core.student_name": "r",
    "cmi.core.lesson_location": "rw",
    "cmi.core.credit": "r",
    "cmi.core.lesson_status": "rw",
    "cmi.core.entry": "r",
    "cmi.core.score.raw": "rw",
    "cmi.core.score.max": "rw",
    "cmi.core.score.min": "rw",
    "cmi.core.total_time": "r",
    "cmi.core.lesson_mode": "r",
    "cmi.core.exit": "w",
    "cmi.core.session_time": "w",
    "cmi.suspend_data": "rw",
    "cmi.launch_data": "r",
    "cmi.comments": "rw",
    "cmi.comments_from_lms": "r",
    "cmi.objectives.n.id": "rw",
    "cmi.objectives.n.score.raw": "rw",
    "cmi.objectives.n.score.max": "rw",
    "cmi.objectives.n.score.min": "rw",
    "cmi.objectives.n.status": "rw",
    "cmi.student_data.mastery_score": "r",
    "cmi.student_data.max_time_allowed": "r",
    "cmi.student_data.time_limit_action": "r",
    "cmi.student_preference.audio": "rw",
    "cmi.student_preference.language": "rw",
    "cmi.student_preference.speed": "rw",
    "cmi.student_preference.text": "rw",
    "cmi.interactions.n.id": "w",
    "cmi.interactions.n.objectives.n.id": "w",
    "cmi.interactions.n.time": "w",
    "cmi.interactions.n.type": "w",
    "cmi.interactions.n.correct_responses.n.pattern": "w",
    "cmi.interactions.n.weighting": "w",
    "cmi.interactions.n.student_response": "w",
    "cmi.interactions.n.result": "w",
    "cmi.interactions.n.latency": "w",
}
VOCABULARIES = {
    "cmi.core.credit": {"credit", "no-credit"},
    "cmi.core.lesson_status": STATUS,
    "cmi.core.entry": {"ab-initio", "resume", ""},
    "cmi.core.lesson_mode": {"browse", "normal", "review"},
    "cmi.core.exit": {"time-out", "suspend", "logout", ""},
    "cmi.objectives.n.status": STATUS,
    "cmi.student_data.time_limit_action": {
        "exit,message",
        "exit,no message",
        "continue,message",
        "continue,no message",
        "",  # the manifest may name none
    },
    "cmi.interactions.n.type": {
        "true-false",
        "choice",
        "fill-in",
        "matching",
        "performance",
        "sequencing",
        "likert",
        "numeric",
    },
}
DEFAULTS = {
    "cmi._version": "3.4",
    "cmi.core.credit": "credit",
    "cmi.core.lesson_status": "not attempted",
    "cmi.core.entry": "ab-initio",
    "cmi.core.total_time": "0000:00:00.00",
    "cmi.core.lesson_mode": "normal",
    "cmi.objectives.n.status": "not attempted",
    "cmi.student_preference.audio": "0",
    "cmi.student_preference.speed": "0",
    "cmi.student_preference.text": "0",
}
ERRORS = {"0", "101", "201", "202", "203", "301", "401", "402", "403", "404", "405"}


def test_the_table_has_each_element_of_the_book_with_its_access() -> None:
    assert {name: rule["access"] for name, rule in TABLE["elements"].items()} == BOOK


def test_the_vocabularies_are_the_books() -> None:
    found = {name: set(rule["values"]) for name, rule in TABLE["elements"].items() if "values" in rule}
    assert found == VOCABULARIES
    assert set(found) == {name for name, rule in TABLE["elements"].items() if rule["type"] == "CMIVocabulary"}


def test_the_initial_values_are_the_books() -> None:
    # What is only written has none, and neither has an entry's id: it exists when it was written.
    without = {name for name, access in BOOK.items() if access == "w"} | {"cmi.objectives.n.id"}
    found = {name: rule["default"] for name, rule in TABLE["elements"].items() if "default" in rule}
    assert set(found) == set(BOOK) - without
    assert {name: value for name, value in found.items() if value} == DEFAULTS


def test_the_errors_are_the_books() -> None:
    assert set(TABLE["errors"]) == ERRORS


@pytest.mark.parametrize("name", sorted(TABLE["types"]))
def test_each_type_is_used_and_its_pattern_is_one(name: str) -> None:
    rule: dict[str, Any] = TABLE["types"][name]
    assert name in {element["type"] for element in TABLE["elements"].values()}
    re.compile(rule.get("pattern", ""))
    assert ("book" in rule) == ("why" in rule)  # who departs from the book says why
