"""What outlives a learner's attempts: each course gives back what it has changed, and leaves the rest as others have made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrs.people import accounts
from player import carried
from player.sequencing.tracking import Progress, State
from storage import claims
from tests.parts.led import course2004, lesson
from tests.parts.lessons import play, publish
from tests.player.sequencing.trees import lessons, tree
from tests.player.test_sequences import FAILED, PASSED, Led
from tests.storage.samples import now

if TYPE_CHECKING:
    from tests.parts.installations import Installation

TREE = tree(*lessons("a"), objectives_global=True, shared_data_global=True)
NOTHING = State()


def knows(**objectives: Progress) -> State:
    return State(objectives=objectives)


@pytest.mark.parametrize(
    ("stands", "before", "after", "becomes"),
    [
        (NOTHING, NOTHING, knows(x=Progress(True)), knows(x=Progress(True))),
        (knows(x=Progress(True)), knows(x=Progress(False)), knows(x=Progress(False)), knows(x=Progress(True))),
        (
            knows(x=Progress(True)),
            knows(x=Progress(False)),
            knows(x=Progress(False, 0.5)),
            knows(x=Progress(True, 0.5)),
        ),
        (knows(y=Progress(True)), NOTHING, knows(x=Progress(False)), knows(x=Progress(False), y=Progress(True))),
        (
            State(stores={"sổ": "của bài kia", "b": "2"}),
            State(stores={"sổ": "cũ", "b": "2"}),
            State(stores={"sổ": "cũ", "b": "3"}),
            State(stores={"sổ": "của bài kia", "b": "3"}),
        ),
    ],
    ids=["first", "stale", "one member", "another one", "stores"],
)
def test_only_what_is_otherwise_than_before_is_given_back(
    stands: State, before: State, after: State, becomes: State
) -> None:
    assert carried.changed(stands, before, after) == becomes


def test_two_courses_that_are_open_at_once_do_not_undo_each_other(embedded: Installation) -> None:
    learner = embedded.person("learner")
    items = lesson("bai-1", "Bài 1") + lesson("bai-2", "Bài 2", after="bai-1")
    one, other = (publish(embedded, course2004(title, items)) for title in ("Khóa một", "Khóa hai"))
    first = Led(play(learner, one))
    first.asks("suspendAll", values=FAILED)
    first = first.again()
    assert first.open == {"bai-1": True, "bai-2": False}

    Led(play(learner, other)).asks("suspendAll", values=PASSED)
    first.asks("suspendAll", values={"cmi.location": "trang 2"})  # which says nothing of having failed

    assert first.again().open == {"bai-1": True, "bai-2": True}


def test_what_a_guest_has_begun_gives_back_to_whom_the_guest_is(installation: Installation) -> None:
    with installation.services.database.write(1) as tx:
        guest, person = (accounts.create(tx, role).id for role in ("guest", "learner"))
        carried.give_back(tx, guest, NOTHING, knows(x=Progress(False), y=Progress(True)))
        carried.give_back(tx, person, NOTHING, knows(x=Progress(True)))
        assert carried.taken_over(tx, guest, TREE) == knows(x=Progress(False), y=Progress(True))

        claims.add(tx, guest, person, now())
        carried.give_back(tx, guest, NOTHING, knows(z=Progress(True)))

        assert carried.taken_over(tx, guest, TREE) == carried.taken_over(tx, person, TREE)
        assert carried.taken_over(tx, person, TREE) == knows(x=Progress(True), y=Progress(True), z=Progress(True))


def test_a_course_that_keeps_to_itself_takes_nothing_over(embedded: Installation) -> None:
    with embedded.services.database.write(1) as tx:
        person = accounts.create(tx, "learner").id
        carried.give_back(tx, person, NOTHING, knows(x=Progress(True)))

        alone = tree(*lessons("a"), objectives_global=False, shared_data_global=False)
        assert carried.taken_over(tx, person, alone) == NOTHING
