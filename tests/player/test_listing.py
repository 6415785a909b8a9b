"""Which lessons somebody sees."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from lrs.access import GUEST, LEARNER, Caller
from lrs.errors import NotFound
from lrs.people import accounts
from player import listing
from player.listing import Lesson
from storage import versions
from tests.parts.lessons import publish

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_a_guest_sees_what_is_open_and_a_learner_everything(installation: Installation) -> None:
    opened, closed = (UUID(publish(installation)) for _ in range(2))

    with installation.services.database.write(1) as tx:
        found = versions.find_version(tx, opened)
        assert found is not None
        versions.set_open(tx, found.package_id, found.published)
        guest, learner = (Caller(1, accounts.create(tx, role).id, role) for role in (GUEST, LEARNER))

        assert [lesson.id for lesson in listing.lessons(tx, guest)] == [opened]
        assert {lesson.id for lesson in listing.lessons(tx, learner)} == {opened, closed}
        assert listing.version(tx, guest, opened) == found
        assert listing.version(tx, learner, closed).id == closed
        with pytest.raises(NotFound):
            listing.version(tx, guest, closed)


def test_the_first_that_is_not_completed_is_next() -> None:
    done, begun, new = (
        Lesson(UUID(int=n), "", state)  # type: ignore[arg-type]
        for n, state in enumerate(("completed", "begun", "new"))
    )

    assert listing.following([done, begun, new]) == begun
    assert listing.following([done]) is None


def test_who_has_no_account_has_come_nowhere(embedded: Installation) -> None:
    with pytest.raises(NotFound), embedded.services.database.read(1) as tx:
        listing.lessons(tx, Caller())
