"""The audit log gives what was written, newest first, a page at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from storage import audit
from storage.audit import DeedRow, Wanted

if TYPE_CHECKING:
    from tests.parts.databases import Ground

NOW = datetime.now(UTC)
ME, HOA = uuid4(), uuid4()


def deed(age: int, act: str = "an act", **more: object) -> DeedRow:
    """Make up a deed of some minutes ago."""
    given: dict[str, object] = {"actor_id": ME, "subject_id": None, "detail": "{}"} | more
    return DeedRow(id=uuid4(), at=NOW - timedelta(minutes=age // 2), act=act, **given)  # type: ignore[arg-type]


def test_pages_have_every_deed_once_newest_first(ground: Ground) -> None:
    made = [deed(age) for age in range(7)]
    with ground.app.write(ground.space()) as tx:
        audit.add(tx, made)
        audit.add(tx, [])

        seen: list[DeedRow] = []
        while page := audit.page(tx, Wanted(), 2, after=(seen[-1].at, seen[-1].id) if seen else None):
            seen += page

    assert seen == sorted(made, key=lambda each: (each.at, each.id), reverse=True)


def test_deeds_are_chosen_by_whom_and_what(ground: Ground) -> None:
    about, by, kind = deed(1, subject_id=HOA), deed(2, actor_id=HOA), deed(3, "another act")
    with ground.app.write(ground.space()) as tx:
        audit.add(tx, [about, by, kind])

        assert audit.page(tx, Wanted(subject=HOA), 10) == [about]
        assert audit.page(tx, Wanted(actor=HOA), 10) == [by]
        assert audit.page(tx, Wanted(acts=("another act",)), 10) == [kind]
        assert audit.page(tx, Wanted(actor=uuid4()), 10) == []
