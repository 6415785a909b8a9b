"""Deeds are noted in the transaction that does them: with it they stay or go."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from lrs.people import audit
from storage import audit as deeds
from storage.audit import Wanted

if TYPE_CHECKING:
    from tests.parts.databases import Ground

ME = uuid4()


def test_a_deed_that_is_taken_back_was_not_done(ground: Ground) -> None:
    space = ground.space()
    with suppress(ZeroDivisionError), ground.app.write(space) as tx:
        audit.note(tx, ME, audit.CLOSED)
        raise ZeroDivisionError
    with ground.app.write(space) as tx:
        audit.note(tx, ME, audit.OPENED, why="a mistake")

    with ground.app.read(space) as tx:
        assert [(deed.act, deed.detail) for deed in deeds.page(tx, Wanted(), 10)] == [
            (audit.OPENED, '{"why":"a mistake"}')
        ]


def test_a_look_at_many_is_one_line_that_names_all(ground: Ground) -> None:
    seen = [uuid4() for _ in range(3)]
    with ground.app.write(ground.space()) as tx:
        audit.note_look(tx, ME, [], "people")
        audit.note_look(tx, ME, seen, "people")
        audit.note_look(tx, ME, seen[:1], "person")

        one, many = sorted(deeds.page(tx, Wanted(), 10), key=lambda deed: len(deed.detail))
    assert (one.subject_id, many.subject_id) == (seen[0], None)
    assert all(str(each) in many.detail for each in seen)
