"""Every role has its words, and nobody gives one above their own."""

from __future__ import annotations

import pytest

from lrs.access import ADMINISTRATOR, LEARNER, OWNER, ROLES
from lrs.people import roles


def test_every_role_has_its_words() -> None:
    assert set(roles.WORDS) == set(roles.MAY) == set(roles.RANKS) == set(ROLES)


@pytest.mark.parametrize("role", [*ROLES, None])
def test_nobody_gives_a_role_above_their_own(role: str | None) -> None:
    given = roles.given_by(role)

    assert all(roles.RANKS[each] <= roles.RANKS[role or LEARNER] for each in given)
    assert bool(given) == (role in {OWNER, ADMINISTRATOR})
