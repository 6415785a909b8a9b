"""Attempts: launched once for a learner and a version, and begun anew by each session."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from lrs.commands import enter
from lrs.web import transaction
from player import attempts as players
from storage import attempts, sequences
from storage.sequences import SequenceRow
from tests.parts.installations import Installation
from tests.parts.led import three_lessons
from tests.parts.lessons import launch, play, publish
from tests.parts.zips import tincan

DONE = '{"completion": "completed"}'


def test_a_launch_begins_no_session_and_a_shell_does(installation: Installation) -> None:
    playing = launch(installation.person("learner"), publish(installation))
    again = launch(playing.person, playing.version)

    assert again.registration == playing.registration
    assert [playing.begin().session, again.begin().session, playing.begin().session] == [1, 2, 3]


def test_launches_at_the_same_moment_are_one_attempt(installation: Installation) -> None:
    version, person = publish(installation), installation.person("learner")

    with ThreadPoolExecutor(4) as crowd:
        found = {playing.registration for playing in crowd.map(lambda _: launch(person, version), range(8))}

    assert len(found) == 1


def test_learners_and_versions_have_attempts_of_their_own(embedded: Installation) -> None:
    versions, people = [publish(embedded) for _ in range(2)], [embedded.person("learner") for _ in range(2)]

    assert len({play(person, version).registration for person in people for version in versions}) == 4


def test_a_session_finds_nothing_in_a_new_attempt(embedded: Installation) -> None:
    playing = play(embedded.person("learner"), publish(embedded))

    assert playing.found == {"session": 1, "item": "", "tracks": {}}


@pytest.mark.parametrize("of_another", [False, True])
def test_a_fresh_token_is_for_the_learner_of_the_attempt(embedded: Installation, *, of_another: bool) -> None:
    playing = play(embedded.person("learner"), publish(embedded))
    person = embedded.person("learner") if of_another else playing.person
    csrf = person.get(f"/s/haiphong/lessons/{playing.version}").text.split('data-csrf="')[1].split('"')[0]
    address = f"/s/haiphong/attempts/{playing.registration}"

    answer = person.post(f"{address}/token", headers={"X-CSRF-Token": csrf})
    page = person.get(f"{address}/renew")

    assert (answer.status_code, page.status_code) == ((404, 404) if of_another else (200, 200))
    if not of_another:
        assert answer.json is not None
        playing.attempt = answer.json["attempt"]
        assert playing.commit(1).json == {"receipt": 1}
        assert f'action="{playing.origin}/renewed?lang=vi"' in page.text
        assert f"form-action 'self' {playing.origin}" in page.headers["Content-Security-Policy"]


def test_what_cannot_be_played_is_not_launched(embedded: Installation) -> None:
    version = publish(embedded, tincan())
    person = embedded.person("learner")
    other = publish(embedded)
    csrf = person.get(f"/s/haiphong/lessons/{other}").text.split('data-csrf="')[1].split('"')[0]

    assert person.post(f"/s/haiphong/lessons/{version}/launch", headers={"X-CSRF-Token": csrf}).status_code == 409


def test_who_learns_once_more_begins_anew_and_goes_on_in_that(embedded: Installation) -> None:
    playing = play(embedded.person("learner"), publish(embedded))
    who, version, before = UUID(playing.person.account), UUID(playing.version), datetime.now(UTC)

    def attempt(since: datetime | None) -> UUID:
        with embedded.app.app_context():
            enter("haiphong")
            with transaction() as tx:
                return players.launch(tx, who, version, since).id

    assert attempt(before - timedelta(days=60)) == UUID(playing.registration)  # it is new enough
    new = attempt(before)
    assert new != UUID(playing.registration)
    assert attempt(before) == new
    assert attempt(None) in {new, UUID(playing.registration)}


@pytest.mark.parametrize(("older", "newer", "chosen"), [(DONE, "{}", 0), ("{}", DONE, 1), ("{}", "{}", 1)])
def test_of_two_attempts_at_a_course_that_is_led_the_tree_knows_the_better(
    embedded: Installation, older: str, newer: str, chosen: int
) -> None:
    version, learner = publish(embedded, three_lessons()), embedded.person("learner")
    begun = UUID(play(learner, version).registration)
    with embedded.services.database.write(1) as tx:
        first = attempts.find(tx, begun)
        assert first is not None
        second = replace(first, id=uuid4(), created=first.created + timedelta(hours=1))
        attempts.begin(tx, second)
        for one, standing in ((first, older), (second, newer)):
            sequences.put(tx, SequenceRow(one.id, 1, "{}", '{"opens": false}', "{}", standing))

    assert launch(learner, version).registration == str([first.id, second.id][chosen])
