"""Commits: kept once as they came, and found by their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from storage import commits
from storage.commits import CommitRow
from tests.storage.samples import fill, now

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_commits_are_found_by_session_and_number(shared: Ground, space: int) -> None:
    with shared.app.write(space) as tx:
        attempt = fill(tx, space)["attempts"]["id"]
        came = [CommitRow(1, n, now(), f'{{"n": {n}}}') for n in (1, 3, 2)]
        came.append(CommitRow(2, 1, now(), "{}", refused='["cmi.x"]', superseded=True))
        for one in came:
            commits.add(tx, attempt, one)

    with shared.app.read(space) as tx:
        assert commits.find(tx, attempt, 2, 1) == came[3]
        assert commits.find(tx, attempt, 2, 2) is None
        assert commits.after(tx, attempt, 1, 1) == [came[2], came[1]]
        assert [commits.last(tx, attempt, session) for session in (1, 2, 3)] == [3, 1, 0]


@pytest.mark.parametrize(
    ("most", "room", "found"), [(4, 999, [0, 1, 2, 3]), (2, 999, [2, 3]), (9, 75, [2, 3]), (9, 74, [3]), (9, 1, [3])]
)
def test_the_newest_are_found_as_far_as_there_is_room(
    shared: Ground, space: int, most: int, room: int, found: list[int]
) -> None:
    """Who has said much at once may have said it many times."""
    numbers = [(90_001, 1), (90_001, 2), (90_002, 1), (90_002, 2)]
    came = [
        CommitRow(session, n, now(), '"' + "ả" * length + '"')
        for (session, n), length in zip(numbers, (5, 6, 23, 48), strict=True)
    ]
    with shared.app.write(space) as tx:
        attempt = fill(tx, space)["attempts"]["id"]
        for one in came:
            commits.add(tx, attempt, one)

    with shared.app.read(space) as tx:
        assert commits.newest(tx, attempt, most, room) == [came[n] for n in found]


def test_a_number_is_given_once(shared: Ground, space: int) -> None:
    with shared.app.write(space) as tx:
        attempt = fill(tx, space)["attempts"]["id"]
        commits.add(tx, attempt, CommitRow(1, 1, now(), "{}"))

    with pytest.raises(IntegrityError), shared.app.write(space) as tx:
        commits.add(tx, attempt, CommitRow(1, 1, now(), '{"other": "words"}'))
