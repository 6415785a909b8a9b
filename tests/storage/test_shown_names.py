"""Somebody chooses how much of their name is shown; who chose nothing shows it whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import shown_names

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_the_last_choice_is_the_one(ground: Ground) -> None:
    space = ground.space("haiphong")
    one, other = ground.account(space).id, ground.account(space).id
    with ground.app.write(space) as tx:
        assert shown_names.chosen(tx, one) == shown_names.WHOLE
        shown_names.choose(tx, one, shown_names.INITIALS)
        shown_names.choose(tx, one, shown_names.NOTHING)

        assert shown_names.chosen(tx, one) == shown_names.NOTHING
        assert shown_names.chosen(tx, other) == shown_names.WHOLE
