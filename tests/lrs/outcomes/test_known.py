"""What a rule can name: the lessons, tags and keys of a space, and what the record knows of others."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from lrs.outcomes.known import MOST, Known, known
from storage import tags
from tests.lrs.outcomes.studies import FINAL, LESSONS, SKILLS, TITLES, learn, teach

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_it_knows_lessons_tags_and_keys(embedded: Installation) -> None:
    teach(embedded)
    key = embedded.key()["key"]

    with embedded.services.database.read(1) as tx:
        found = known(tx, "vi")

    assert found.lessons == TITLES
    assert set(found.tags[SKILLS]) == set(LESSONS)
    assert list(found.keys.values()) == [key]
    assert found.called(FINAL) == "Bài kiểm tra cuối"
    assert found.titles["Bài 3"] == LESSONS[2]


def test_it_knows_what_statements_were_about_and_nothing_that_was_never_heard_of(embedded: Installation) -> None:
    learn(embedded, {"mbox": "mailto:hoa@example.org"}, 1)

    with embedded.services.database.read(1) as tx:
        found = known(tx, "vi", [LESSONS[0], "urn:never-heard-of"])

    assert found.eyes("vi").known.activities == frozenset({LESSONS[0]})


def test_a_tagged_activity_is_known(embedded: Installation) -> None:
    with embedded.services.database.write(1) as tx:
        tags.put(tx, SKILLS, "urn:elsewhere")
        found = known(tx, "vi")

    assert "urn:elsewhere" in (found.eyes("vi").known.activities or ())


def test_two_lessons_of_one_title_can_both_be_named() -> None:
    found = Known({"urn:1": "Bài một", "urn:2": "Bài một"}, {}, {uuid.uuid4(): "a key"}, {})

    assert found.titles == {"Bài một": "urn:1", "Bài một (urn:2)": "urn:2"}


def test_of_many_lessons_not_all_are_shown_to_choose_from() -> None:
    lessons = {f"urn:{number}": f"Bài {number}" for number in range(MOST + 1)}

    assert not Known(lessons, {}, {}, {}).few
    assert Known(dict(list(lessons.items())[1:]), {}, {}, {}).few
