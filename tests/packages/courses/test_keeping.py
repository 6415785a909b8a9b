"""A new version of a course keeps what its learners have done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from lrs.commands import enter
from lrs.errors import NotFound
from lrs.web import reading, transaction
from packages.courses import keeping
from packages.courses.course import Part
from packages.courses.editing import Given
from storage import enrolments
from tests.packages.courses.making import HOME, code_of, complete, course_of, lessons

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_a_new_version_keeps_what_was_done_and_asks_for_what_is_new(embedded: Installation) -> None:
    (first, version), (second, _) = lessons(embedded)
    course_id = course_of(embedded, Part((first,)))
    learner = embedded.person("learner")
    learner.post(f"{HOME}/join", form_at=f"{HOME}/join", data={"code": code_of(embedded, course_id)})
    complete(embedded, learner, version)

    with embedded.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            before = enrolments.find(tx, course_id, UUID(learner.account))
            seen = keeping.find(tx, course_id).edited
            keeping.change(tx, course_id, "part.add", Given({"edited": str(seen), "section": "0"}, (second,)))
    assert "1 trong 1" in learner.get(f"{HOME}/courses/{course_id}").text  # not published yet
    with embedded.app.app_context():
        enter("haiphong")
        with transaction() as tx:
            keeping.publish(tx, course_id, None)
            keeping.publish(tx, course_id, None)  # there is nothing more to publish
            after = enrolments.find(tx, course_id, UUID(learner.account))
            row = keeping.find(tx, course_id)
    assert before is not None
    assert before.figures.completed is not None
    assert after is not None
    assert (after.figures.done, after.figures.stage, after.figures.completed) == (1, 1, None)
    assert (row.published, row.draft) == (2, None)
    assert "Đã xong 1 trong 2" in learner.get(f"{HOME}/courses/{course_id}").text


def test_what_is_not_there_is_not_found(embedded: Installation) -> None:
    with embedded.app.app_context():
        enter("haiphong")
        with reading() as tx, pytest.raises(NotFound):
            keeping.published(tx, UUID(int=1))
        with transaction() as tx:
            made = keeping.make(tx, None, {"vi": "Kỹ năng"})
            with pytest.raises(NotFound):
                keeping.published(tx, made)  # nothing of it is published
            with pytest.raises(NotFound):
                keeping.batch_of(tx, made, UUID(int=1))
            assert keeping.titles(tx, [made]) == {}
