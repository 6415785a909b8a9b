"""Rules, outcomes with their evidence, and how far a follower has read."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage import claims, outcomes
from storage.order import Position
from storage.outcomes import OutcomeRow, RuleRow
from tests.storage.samples import now

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_rules_are_found_by_the_activity_that_can_meet_them(shared: Ground, space: int) -> None:
    made = sorted((RuleRow(uuid.uuid4(), "an activity", "{}") for _ in range(2)), key=lambda rule: rule.id)

    with shared.app.write(space) as tx:
        for rule in (*made, RuleRow(uuid.uuid4(), "another", "{}")):
            outcomes.add_rule(tx, rule, now())
    with shared.app.read(space) as tx:
        assert outcomes.rules_about(tx, "an activity") == made
        assert outcomes.rules_about(tx, "a third") == []


def test_the_first_evidence_of_an_outcome_stays(shared: Ground, space: int) -> None:
    rule, account = RuleRow(uuid.uuid4(), "an activity", "{}"), shared.account(space)
    first, second = (OutcomeRow(rule.id, account.id, uuid.uuid4(), now()) for _ in range(2))

    with shared.app.write(space) as tx:
        outcomes.add_rule(tx, rule, now())
        outcomes.add_outcome(tx, first)
        outcomes.add_outcome(tx, second)
    with shared.app.read(space) as tx:
        assert outcomes.outcomes_of(tx, account.id) == {"an activity": first}
        assert outcomes.outcomes_of(tx, uuid.uuid4()) == {}


def test_what_a_guest_reached_is_reached_by_who_it_was_and_the_first_day_counts(shared: Ground, space: int) -> None:
    rule, guest, person = (
        RuleRow(uuid.uuid4(), "an activity", "{}"),
        shared.account(space, "guest"),
        shared.account(space),
    )
    later, earlier = (
        OutcomeRow(rule.id, account.id, uuid.uuid4(), now() - timedelta(days=days))
        for account, days in ((person, 1), (guest, 2))
    )

    with shared.app.write(space) as tx:
        outcomes.add_rule(tx, rule, now())
        for outcome in (earlier, later):
            outcomes.add_outcome(tx, outcome)
        assert outcomes.outcomes_of(tx, person.id) == {"an activity": later}
        claims.add(tx, guest.id, person.id, now())
        assert outcomes.outcomes_of(tx, person.id) == {"an activity": earlier}


@pytest.mark.parametrize("positions", [[Position(1, 2, 3)], [Position(1, 2**62, 3), Position(2, 1, 1)]])
def test_a_cursor_is_where_it_was_moved_last(shared: Ground, space: int, positions: list[Position]) -> None:
    with shared.app.read(space) as tx:
        assert outcomes.read_cursor(tx, "a follower") == Position(0, 0, 0)

    for position in positions:
        with shared.app.write(space) as tx:
            outcomes.move_cursor(tx, "a follower", position)

    with shared.app.read(space) as tx:
        assert outcomes.read_cursor(tx, "a follower") == positions[-1]
        assert outcomes.read_cursor(tx, "another") == Position(0, 0, 0)


def test_followers_of_one_name_take_turns(shared: Ground, space: int) -> None:
    """Without it two leaders for a moment would trip over each other's cursors."""
    first_is_in, seen = threading.Event(), []

    def second() -> None:
        first_is_in.wait()
        with shared.app.write(space) as tx:
            outcomes.take_turn(tx, "a follower")
            seen.append(outcomes.read_cursor(tx, "a follower").seq)
            outcomes.move_cursor(tx, "a follower", Position(1, 1, 2))

    thread = threading.Thread(target=second)
    thread.start()
    with shared.app.write(space) as tx:
        outcomes.take_turn(tx, "a follower")
        first_is_in.set()
        thread.join(0.2)
        assert thread.is_alive()
        outcomes.move_cursor(tx, "a follower", Position(1, 1, 1))
    thread.join()

    assert seen == [1]


def test_followers_of_other_names_and_in_other_spaces_do_not_wait(shared_postgresql: Ground) -> None:
    one, other = shared_postgresql.space(f"{uuid.uuid4()}"), shared_postgresql.space(f"{uuid.uuid4()}")

    with shared_postgresql.app.write(one) as tx:
        outcomes.take_turn(tx, "a follower")
        with shared_postgresql.app.write(one) as same_space:
            outcomes.take_turn(same_space, "another")
        with shared_postgresql.app.write(other) as other_space:
            outcomes.take_turn(other_space, "a follower")
