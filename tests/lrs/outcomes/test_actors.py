"""Who is who outside: confirmed by a person, never guessed, and nowhere in clear."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from lrs import sealing
from lrs.errors import NotFound
from lrs.outcomes import actors
from lrs.outcomes.rules.language import COMPLETED, completion_of
from lrs.people.directory import Directory
from lrs.people.identity import Identity
from storage import claims, remakings
from storage.actors import actors as known
from storage.actors import strangers
from tests.lrs.outcomes.school import School, lesson
from tests.storage.samples import now

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.databases import Ground

BINH = "mailto:binh@example.org"


@pytest.fixture
def school(ground: Ground, tmp_path: Path) -> School:
    return School(ground, folder=tmp_path)


def test_who_has_the_same_address_is_suggested_and_nobody_is_taken_for_them(school: School) -> None:
    with school.ground.app.write(school.space) as tx:
        binh = Directory(tx, school.keys).add("learner", Identity(name="Trần Văn Bình", email="binh@example.org")).id
    school.rule(completion_of(lesson(1)))
    school.say({"mbox": BINH}, COMPLETED, lesson(1))
    school.say({"account": {"homePage": "https://lms.example.org", "name": "binh@example.org"}}, COMPLETED, lesson(1))
    school.say({"openid": "https://example.org/binh"}, COMPLETED, lesson(1))

    assert school.awards() == []
    with school.ground.app.read(school.space) as tx:
        found = {each.actor: each.suggested for each in actors.unmatched(tx, school.keys)}
    assert found == {
        BINH: (binh,),
        "account:https://lms.example.org|binh@example.org": (binh,),
        "openid:https://example.org/binh": (),
    }


def test_a_group_and_an_account_of_ours_are_no_strangers(school: School) -> None:
    school.say({"objectType": "Group", "mbox": "mailto:team@example.org"}, COMPLETED, lesson(1))
    school.say(uuid.uuid4(), COMPLETED, lesson(1))
    school.awards()

    with school.ground.app.read(school.space) as tx:
        assert actors.unmatched(tx, school.keys) == []


def test_no_identifier_lies_in_clear(school: School) -> None:
    school.say({"mbox": BINH, "name": "Trần Văn Bình"}, COMPLETED, lesson(1))
    school.say({"mbox": "mailto:an@example.org"}, COMPLETED, lesson(1))
    school.awards()
    with school.ground.app.write(school.space) as tx:
        assert actors.know(tx, school.keys, BINH, school.learner, None)
        rows = [*tx.run(select(known)), *tx.run(select(strangers))]

    assert len(rows) == 2
    assert all(b"@example" not in column for row in rows for column in row if isinstance(column, bytes))


def test_who_is_passed_over_stays_out_of_the_list_until_somebody_thinks_again(school: School) -> None:
    admin = school.account("administrator")
    school.say({"mbox": BINH}, COMPLETED, lesson(1))
    school.awards()

    with school.ground.app.write(school.space) as tx:
        (found,) = actors.unmatched(tx, school.keys)
        actors.pass_over(tx, found.id, admin)
        assert actors.unmatched(tx, school.keys) == []
        assert [each.actor for each in actors.unmatched(tx, school.keys, passed=True)] == [BINH]
        actors.pass_over(tx, found.id, admin, back=True)
        assert [each.actor for each in actors.unmatched(tx, school.keys)] == [BINH]


def test_nobody_becomes_somebody_who_is_not_there(school: School) -> None:
    with school.ground.app.write(school.space) as tx:
        with pytest.raises(NotFound):
            actors.know(tx, school.keys, BINH, uuid.uuid4(), None)
        with pytest.raises(NotFound):
            actors.confirm(tx, school.keys, "00" * 16, school.learner, school.learner)


def test_what_was_sealed_is_found_and_opened_when_the_keys_are_changed(school: School) -> None:
    school.rule(completion_of(lesson(1)))
    school.say({"mbox": "mailto:an@example.org"}, COMPLETED, lesson(2))
    school.awards()
    with school.ground.app.write(school.space) as tx:
        actors.know(tx, school.keys, BINH, school.learner, None)

    sealing.add(school.keys.path)
    school.say({"mbox": BINH}, COMPLETED, lesson(1))  # both keys find them meanwhile
    school.say({"mbox": "mailto:an@example.org"}, COMPLETED, lesson(2))
    assert [award.account_id for award in school.awards()] == [school.learner]
    with school.ground.app.write(school.space) as tx:
        while actors.reseal(tx, school.keys, 10):
            pass

    newest = school.keys.path.read_text("ascii").split("\n", 1)[0]
    school.keys.path.write_text(f"{newest}\n", "ascii")
    with school.ground.app.read(school.space) as tx:
        (found,) = actors.unmatched(tx, school.keys)
        assert (found.actor, found.count) == ("mailto:an@example.org", 2)
        assert [each.actor for each in actors.of_person(tx, school.keys, school.learner)] == [BINH]


def test_what_a_guest_did_counts_for_who_it_was(school: School) -> None:
    guest = school.account("guest")
    school.rule({"did": {"activities": [lesson(1), lesson(2)]}})
    school.say(guest, COMPLETED, lesson(1))
    school.say(school.learner, COMPLETED, lesson(2))
    assert school.awards() == []

    with school.ground.app.write(school.space) as tx:
        claims.add(tx, guest, school.learner, now())
        remakings.ask(tx, now(), account_id=school.learner)

    assert [award.account_id for award in school.awards()] == [school.learner]
