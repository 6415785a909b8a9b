"""A replay of the record gives what following has given, in whatever order statements came, and beside those who follow."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from lrs.outcomes import actors, remaking
from lrs.outcomes.rules.language import COMPLETED, PASSED, completion_of
from storage import remakings
from storage.awards import awards
from storage.cursors import cursors
from storage.reviews import reviews
from storage.states import states
from tests.lrs.outcomes.school import School, lesson

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.parts.databases import Ground

RULES: list[dict[str, Any]] = [
    completion_of(lesson(1)),
    {"all": [{"did": {"activities": [lesson(1), lesson(2)]}}, {"score": {"activity": lesson(3), "atLeast": 0.8}}]},
    {"score": {"activity": lesson(3), "atLeast": 0.5, "which": "last"}},
    {"score": {"activity": lesson(3), "atLeast": 0.5, "which": "first"}},
    {"any": [{"count": {"atLeast": 2, "distinct": "activity"}}, {"duration": {"minutes": 30}}]},
    {
        "atLeast": {
            "n": 2,
            "of": [
                {"did": {"activity": lesson(2)}},
                {"confirmed": {"by": ["mentor"]}},
                {"did": {"activity": lesson(1)}},
            ],
        }
    },
]

ACTS = st.one_of(
    st.tuples(st.just("did"), st.sampled_from([1, 2, 3]), st.integers(-3, 3)),
    st.tuples(st.just("scored"), st.sampled_from([0.4, 0.6, 0.8, 1.0]), st.integers(-3, 3)),
    st.tuples(st.just("learnt"), st.sampled_from(["PT10M", "PT20M", "P1M"]), st.just(0)),
    st.tuples(st.just("confirmed"), st.sampled_from([1, 2]), st.just(0)),
    st.tuples(st.just("void"), st.integers(0, 12), st.just(0)),
    st.tuples(st.just("follow"), st.just(0), st.just(0)),
)
"""What happens: statements, some late or from the future, voidings of those that came or are still to come, and pauses in between."""


def tell(school: School, mentor: uuid.UUID, acts: list[tuple[str, Any, int]]) -> None:
    """Let it happen, one act after the other."""
    ids = [uuid.uuid4() for _ in range(13)]
    for number, (act, value, days) in enumerate(acts):
        more: dict[str, Any] = {"id": ids[number], "later": timedelta(days=days)} if number < len(ids) else {}
        if act == "did":
            school.say(school.learner, COMPLETED, lesson(value), **more)
        elif act == "scored":
            school.say(school.learner, PASSED, lesson(3), score=value, **more)
        elif act == "learnt":
            school.say(school.learner, school.verb("terminated"), lesson(1), duration=value, **more)
        elif act == "confirmed":
            school.confirm(mentor, school.learner, lesson(value))
        elif act == "void":
            school.void(ids[value])
        else:
            school.followers.catch_up()


def everything(school: School) -> tuple[Any, ...]:
    """Follow, and give all that followed."""
    return school.awards(), sorted(school.reviews()), school.states()


def forget(school: School) -> None:
    """Forget all that followed."""
    with school.ground.owner.write(school.space) as tx:
        for table in (reviews, awards, states):
            tx.run(delete(table).where(table.c.space_id == school.space))


def replayed_and_followed_anew(school: School) -> None:
    """Hold a replay, and following from the first statement on, against what following has given."""
    before = everything(school)

    forget(school)
    with school.ground.app.write(school.space) as tx:
        for version in {row.id: row for row in school.versions}.values():
            remakings.ask(tx, version.created, version_id=version.id)
    assert everything(school) == before

    forget(school)
    with school.ground.owner.write(school.space) as tx:
        tx.run(delete(cursors).where(cursors.c.space_id == school.space))
    assert everything(school) == before

    with school.ground.app.write(school.space) as tx:
        remakings.ask(tx, school.versions[0].created, account_id=school.learner)
    assert everything(school) == before  # what is made anew beside an award takes nothing and gives nothing


def case(ground: Ground, folder: Path, acts: list[tuple[str, Any, int]]) -> None:
    school = School(ground, f"s{uuid.uuid4().hex[:12]}", folder)
    mentor = school.account("mentor")
    for rule in RULES:
        school.rule(rule)
    tell(school, mentor, acts)
    replayed_and_followed_anew(school)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=16))
def test_a_replay_gives_what_following_gave(
    shared_sqlite: Ground, folder: Path, acts: list[tuple[str, Any, int]]
) -> None:
    case(shared_sqlite, folder, acts)


def test_a_replay_gives_what_following_gave_on_both_databases(ground: Ground, folder: Path) -> None:
    acts = [("did", 1, 0), ("void", 0, 0), ("follow", 0, 0), ("void", 6, 0), ("scored", 0.4, 0), ("did", 2, -3)]
    acts += [("did", 1, 0), ("scored", 0.8, 3), ("did", 1, 1), ("confirmed", 1, 0), ("follow", 0, 0), ("void", 5, 0)]
    case(ground, folder, acts)


def test_what_is_voided_twice_is_voided_once(shared_sqlite: Ground, folder: Path) -> None:
    early = [("did", 1, 0), ("void", 2, 0), ("did", 1, 0), ("follow", 0, 0), ("void", 2, 0)]  # once before it came
    late = [("did", 1, 0), ("follow", 0, 0), ("void", 0, 0), ("follow", 0, 0), ("void", 0, 0), ("did", 1, 0)]
    case(shared_sqlite, folder, early)
    case(shared_sqlite, folder, late)


def test_a_slice_goes_on_where_the_last_one_ended(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    school = School(ground)
    others = [school.account() for _ in range(7)]
    for each in others:
        school.say(each, COMPLETED, lesson(1))
    school.awards()
    version = school.rule(completion_of(lesson(1)))
    monkeypatch.setattr(remaking, "TOGETHER", 2)
    monkeypatch.setattr(remaking, "SLICE", 0.0)

    work = school.jobs[0]
    slices = []
    while done := work.work(ground.app, school.space):
        slices.append(done)
        # While one half is made anew and the other is not, statements go on coming in, for both.
        school.say(others[len(slices)], COMPLETED, lesson(1))
        school.follow()

    assert slices == [2, 2, 2, 2]
    assert sorted(award.account_id for award in school.given()) == sorted(others)
    assert {award.version_id for award in school.given()} == {version.id}
    assert school.awards() == school.given()


def test_what_somebody_did_elsewhere_counts_from_the_moment_it_is_known_who_they_are(ground: Ground) -> None:
    school = School(ground)
    admin, stranger = school.account("administrator"), {"mbox": "mailto:an@example.org", "name": "An"}
    school.rule(completion_of(lesson(1)))
    said = school.say(stranger, COMPLETED, lesson(1))
    school.say(stranger, COMPLETED, lesson(2))
    assert school.awards() == []
    with ground.app.read(school.space) as tx:
        (found,) = actors.unmatched(tx, school.keys)
    assert (found.actor, found.name, found.count) == ("mailto:an@example.org", "An", 2)

    with ground.app.write(school.space) as tx:
        assert actors.confirm(tx, school.keys, found.id, school.learner, admin)

    (award,) = school.awards()
    assert (award.account_id, award.decided) == (school.learner, said.id)
    with ground.app.read(school.space) as tx:
        assert actors.unmatched(tx, school.keys) == []
        assert [each.actor for each in actors.of_person(tx, school.keys, school.learner)] == ["mailto:an@example.org"]


def test_who_was_taken_for_somebody_by_mistake_goes_to_a_review(ground: Ground) -> None:
    school = School(ground)
    admin, stranger = school.account("administrator"), {"mbox": "mailto:an@example.org"}
    school.rule(completion_of(lesson(1)))
    said = school.say(stranger, COMPLETED, lesson(1))
    school.awards()
    with ground.app.write(school.space) as tx:
        assert actors.know(tx, school.keys, "mailto:an@example.org", school.learner, admin)
        assert not actors.know(tx, school.keys, "mailto:an@example.org", admin, admin)  # it is another person's
    (award,) = school.awards()
    with ground.app.write(school.space) as tx:
        (known,) = actors.of_person(tx, school.keys, school.learner)

        actors.forget(tx, known.id, admin)

    assert school.awards() == [award]
    assert school.reviews() == [(award.version_id, school.learner, "voided", said.id)]


def test_a_first_score_that_is_known_later_is_still_the_first(ground: Ground) -> None:
    """While somebody is made anew the follower leaves them alone: it would take what came later for the first."""
    school = School(ground)
    school.rule({"score": {"activity": lesson(1), "atLeast": 0.5, "which": "first"}})
    school.say({"mbox": "mailto:an@example.org"}, PASSED, lesson(1), score=0.1)
    school.awards()
    with ground.app.write(school.space) as tx:
        assert actors.know(tx, school.keys, "mailto:an@example.org", school.learner, None)
    school.say(school.learner, PASSED, lesson(1), score=0.9)

    assert school.awards() == []
