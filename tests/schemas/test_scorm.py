"""The tables of SCORM's data models, against the lists of elements in the books (RTE 1.2, 3.4.4; RTE 2004 4th Edition, 4)."""

from __future__ import annotations

import re
from typing import Any

import pytest

import schemas

TABLE = schemas.load("scorm/1.2")
LATER = schemas.load("scorm/2004")
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


# SCORM 2004 4th Edition: what a lesson may read and write; the 4th edition brought what stands in BROUGHT_BY_THE_4TH.
READ_2004 = """
    cmi._version cmi.comments_from_lms.n.comment cmi.comments_from_lms.n.location cmi.comments_from_lms.n.timestamp
    cmi.completion_threshold cmi.credit cmi.entry cmi.launch_data cmi.learner_id cmi.learner_name cmi.max_time_allowed cmi.mode
    cmi.scaled_passing_score cmi.time_limit_action cmi.total_time adl.data.n.id adl.nav.request_valid.continue
    adl.nav.request_valid.previous adl.nav.request_valid.choice.target adl.nav.request_valid.jump.target
"""
WRITE_2004 = "cmi.exit cmi.session_time"
BOTH_2004 = """
    cmi.comments_from_learner.n.comment cmi.comments_from_learner.n.location cmi.comments_from_learner.n.timestamp
    cmi.completion_status cmi.interactions.n.id cmi.interactions.n.type cmi.interactions.n.objectives.n.id
    cmi.interactions.n.timestamp cmi.interactions.n.correct_responses.n.pattern cmi.interactions.n.weighting
    cmi.interactions.n.learner_response cmi.interactions.n.result cmi.interactions.n.latency cmi.interactions.n.description
    cmi.learner_preference.audio_level cmi.learner_preference.language cmi.learner_preference.delivery_speed
    cmi.learner_preference.audio_captioning cmi.location cmi.objectives.n.id cmi.objectives.n.score.scaled
    cmi.objectives.n.score.raw cmi.objectives.n.score.min cmi.objectives.n.score.max cmi.objectives.n.success_status
    cmi.objectives.n.completion_status cmi.objectives.n.progress_measure cmi.objectives.n.description cmi.progress_measure
    cmi.score.scaled cmi.score.raw cmi.score.min cmi.score.max cmi.success_status cmi.suspend_data adl.data.n.store adl.nav.request
"""
BOOK_2004 = {
    name: access for names, access in ((READ_2004, "r"), (WRITE_2004, "w"), (BOTH_2004, "rw")) for name in names.split()
}
BROUGHT_BY_THE_4TH = {
    "adl.data.n.id",
    "adl.data.n.store",
    "adl.nav.request_valid.jump.target",
    "cmi.objectives.n.progress_measure",
}
DEFAULTS_2004 = {
    "cmi._version": "1.0",
    "cmi.completion_status": "unknown",
    "cmi.credit": "credit",
    "cmi.entry": "ab-initio",
    "cmi.learner_preference.audio_level": "1",
    "cmi.learner_preference.language": "",
    "cmi.learner_preference.delivery_speed": "1",
    "cmi.learner_preference.audio_captioning": "0",
    "cmi.mode": "normal",
    "cmi.objectives.n.success_status": "unknown",
    "cmi.objectives.n.completion_status": "unknown",
    "cmi.success_status": "unknown",
    "cmi.time_limit_action": "continue,no message",
    "cmi.total_time": "PT0H0M0S",
    "adl.nav.request": "_none_",
    "adl.nav.request_valid.continue": "unknown",
    "adl.nav.request_valid.previous": "unknown",
    "adl.nav.request_valid.choice.target": "unknown",
    "adl.nav.request_valid.jump.target": "unknown",
}
ERRORS_2004 = {
    "0",
    "101",
    "102",
    "103",
    "104",
    "111",
    "112",
    "113",
    "122",
    "123",
    "132",
    "133",
    "142",
    "143",
    "201",
} | {*("301", "351", "391", "401", "402", "403", "404", "405", "406", "407", "408")}


def test_the_table_of_2004_has_each_element_of_the_book_with_its_access() -> None:
    assert {name: rule["access"] for name, rule in LATER["elements"].items()} == BOOK_2004
    assert {name for name, rule in LATER["elements"].items() if rule.get("since") == "4th"} == BROUGHT_BY_THE_4TH


def test_the_initial_values_of_2004_are_the_books() -> None:
    assert {name: rule["default"] for name, rule in LATER["elements"].items() if "default" in rule} == DEFAULTS_2004


def test_the_errors_of_2004_are_the_books() -> None:
    assert set(LATER["errors"]) == ERRORS_2004


def test_a_states_words_stand_in_the_table() -> None:
    states = {name for name, rule in LATER["elements"].items() if rule["type"] == "state"}
    assert {name for name in states if "values" not in LATER["elements"][name]} == {"cmi._version"}


@pytest.mark.parametrize(
    ("table", "name"), [(table, name) for table in (TABLE, LATER) for name in sorted(table["types"])]
)
def test_each_type_is_used_and_its_pattern_is_one(table: Any, name: str) -> None:
    rule: dict[str, Any] = table["types"][name]
    parts = {part for answer in table.get("answers", {}).values() for part in answer["of"]}
    assert name in {element["type"] for element in table["elements"].values()} | parts
    re.compile(rule.get("pattern", ""))
    assert ("book" in rule) == ("why" in rule)  # who departs from the book says why


def test_each_type_of_interaction_has_its_answers() -> None:
    assert set(LATER["answers"]) == set(LATER["elements"]["cmi.interactions.n.type"]["values"])
