"""What a commit makes of a track: visits opened and closed, late words put where they belong."""

from typing import Any
from uuid import uuid4

import pytest

from player import tracking
from player.commit import Commit
from player.course import Course, Part
from player.standing import COMPLETED, Standing
from player.tracking import Track

SCO = Part("i", "Bài", 0, "index.html", speaks=True, prerequisites="", given={"cmi.student_data.mastery_score": "80"})
PAGE = Part("p", "Trang", 0, "page.html", speaks=False, prerequisites="")
COURSE = Course(uuid4(), "http://h/a", "Khóa", "1.2", (SCO, PAGE))
STATUS, PLACE, TIME = "cmi.core.lesson_status", "cmi.core.lesson_location", "cmi.core.session_time"


def commit(values: dict[str, Any], *, session: int = 1, visit: int = 1, finished: bool = False, n: int = 1) -> Commit:
    return Commit(uuid4(), session, n, "i", visit, values, finished)


def after(*commits: Commit, track: Track | None = None) -> Track:
    found = track or Track({})
    for one in commits:
        found = tracking.change(COURSE, SCO, found, one).after
    return found


def test_a_visit_begins_with_its_first_commit_and_ends_once() -> None:
    first = tracking.change(COURSE, SCO, Track({}), commit({PLACE: "1"}))
    second = tracking.change(COURSE, SCO, first.after, commit({}, finished=True))
    third = tracking.change(COURSE, SCO, second.after, commit({}, finished=True))

    assert [(one.first, one.finished, one.after.ended) for one in (first, second, third)] == [
        (True, False, False),
        (False, True, True),
        (False, False, True),
    ]
    assert first.before.values["cmi.core.entry"] == "ab-initio"


def test_time_is_summed_by_us_over_visits() -> None:
    visits = [commit({TIME: "00:05:00"}, session=n, finished=True) for n in (1, 2)]
    track = after(*visits, commit({}, session=3))

    assert track.values["cmi.core.total_time"] == "0000:10:00.00"
    assert TIME not in track.values


@pytest.mark.parametrize(("score", "status"), [("80", "passed"), ("79", "failed")])
def test_the_end_of_a_visit_is_judged_by_the_mastery_score(score: str, status: str) -> None:
    track = after(commit({"cmi.core.score.raw": score, STATUS: "incomplete"}, finished=True))

    assert track.values[STATUS] == status


def test_a_lesson_that_never_says_a_status_is_done_at_its_end() -> None:
    assert after(commit({PLACE: "1"})).values.get(STATUS) is None
    assert after(commit({PLACE: "1"}, finished=True)).values[STATUS] == "completed"


def test_what_a_later_commit_has_said_stays() -> None:
    track = after(commit({PLACE: "new"}, n=2))
    done = tracking.change(COURSE, SCO, track, commit({PLACE: "old", "cmi.comments": "x"}), {PLACE})

    assert (done.after.values[PLACE], done.after.values["cmi.comments"]) == ("new", "x")


def test_what_an_earlier_visit_said_last_fills_gaps_and_says_nothing_of_how_it_ended() -> None:
    track = after(commit({PLACE: "2"}, visit=2))
    late = {PLACE: "1", "cmi.suspend_data": "x", "cmi.core.exit": "suspend", TIME: "00:01:00"}
    done = tracking.change(COURSE, SCO, track, commit(late, finished=True))

    assert (done.first, done.finished, done.after.visit, done.after.ended) == (False, False, 2, False)
    assert done.after.values == track.values | {"cmi.suspend_data": "x"}


def test_a_page_counts_as_seen_and_has_nothing_to_say() -> None:
    done = tracking.change(COURSE, PAGE, Track({}), commit({PLACE: "1"}))

    assert done.refused == (PLACE,)
    assert tracking.standing_in(COURSE, PAGE, done.before) == Standing(COMPLETED)
    assert tracking.standing_in(COURSE, PAGE, Track({})) == Standing()


def test_a_track_that_is_full_takes_the_short_words_and_names_the_others() -> None:
    track = Track({f"cmi.objectives.{n}.id": "x" for n in range(4999)}, 1, 1)
    done = tracking.change(COURSE, SCO, track, commit({PLACE: "long words", "cmi.comments": "x"}))

    assert done.refused == (PLACE,)
    assert done.after.values["cmi.comments"] == "x"
