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


def test_a_number_is_given_once(shared: Ground, space: int) -> None:
    with shared.app.write(space) as tx:
        attempt = fill(tx, space)["attempts"]["id"]
        commits.add(tx, attempt, CommitRow(1, 1, now(), "{}"))

    with pytest.raises(IntegrityError), shared.app.write(space) as tx:
        commits.add(tx, attempt, CommitRow(1, 1, now(), '{"other": "words"}'))
