"""A guest turns out to be one person, and stays that one."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import ProgrammingError

from storage import claims
from tests.storage.samples import now

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_the_first_claim_holds(ground: Ground) -> None:
    space = ground.space()
    guest, first, second = ground.account(space, "guest"), ground.account(space), ground.account(space)

    with ground.app.write(space) as tx:
        assert claims.owner_of(tx, guest.id) is None
        assert claims.add(tx, guest.id, first.id, now())
        assert not claims.add(tx, guest.id, second.id, now())
        assert claims.owner_of(tx, guest.id) == first.id


def test_of_eight_who_claim_at_once_one_gets_it(ground: Ground) -> None:
    space = ground.space()
    guest, people = ground.account(space, "guest"), [ground.account(space) for _ in range(8)]
    ready, got = threading.Barrier(8), dict[uuid.UUID, bool]()

    def press(who: uuid.UUID) -> None:
        ready.wait()
        with ground.app.write(space) as tx:
            got[who] = claims.add(tx, guest.id, who, now())

    threads = [threading.Thread(target=press, args=(person.id,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with ground.app.read(space) as tx:
        assert [who for who, was in got.items() if was] == [claims.owner_of(tx, guest.id)]


@pytest.mark.parametrize("change", [update(claims.claims).values(account_id=uuid.uuid4()), delete(claims.claims)])
def test_no_claim_is_changed_or_taken_back_by_the_application(shared_postgresql: Ground, change: object) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        shared_postgresql.app.write(shared_postgresql.space(f"a{uuid.uuid4().hex}")) as tx,
    ):
        tx.run(change)  # type: ignore[arg-type]
