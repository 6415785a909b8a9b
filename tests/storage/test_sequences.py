"""Sequences: where an attempt stands, what was asked in it, and what a learner takes along."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from storage import claims, people, sequences
from storage.people import AccountRow
from storage.sequences import RequestRow, SequenceRow
from tests.storage.samples import fill, now

if TYPE_CHECKING:
    import pytest

    from tests.parts.databases import Ground


def asked(revision: int) -> RequestRow:
    return RequestRow(revision, now(), 2, "choice", "bài 2", "delivered", "", "bài 2", b"\x00\xff")


def test_where_an_attempt_stands_is_kept_and_changed(shared: Ground, space: int) -> None:
    with shared.app.write(space) as tx:
        attempt = fill(tx, space)["attempts"]["id"]
        first = SequenceRow(attempt, 1, '{"current": "Hải"}', "{}", "{}")
        sequences.put(tx, first)
        sequences.put(tx, after := replace(first, revision=2, state="{}", standing='{"completion": "completed"}'))

    with shared.app.read(space) as tx:
        assert sequences.find(tx, attempt) == after


def test_requests_come_back_in_order_and_old_ones_are_forgotten(
    shared: Ground, space: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequences, "KEPT", 2)
    with shared.app.write(space) as tx:
        attempt = fill(tx, space)["attempts"]["id"]
        rows = [asked(n) for n in (1_000_000_001, 1_000_000_002, 1_000_000_003)]
        for row in rows:
            sequences.note(tx, attempt, row)

    with shared.app.read(space) as tx:
        assert sequences.requests(tx, attempt) == rows[1:]


def test_what_a_guest_took_along_comes_before_what_they_did_by_name(shared: Ground, space: int) -> None:
    with shared.app.write(space) as tx:
        guest, account = uuid4(), uuid4()
        people.add_account(tx, AccountRow(guest, "guest", now()))
        people.add_account(tx, AccountRow(account, "learner", now()))
        sequences.carry(tx, account, "own")
        sequences.carry(tx, guest, "as a guest")
        claims.add(tx, guest, account, now())

    with shared.app.write(space) as tx:
        assert sequences.carried_by(tx, account) == ["as a guest", "own"]
        assert sequences.carried_by(tx, guest) == ["as a guest"]


def test_of_two_who_add_the_first_at_once_one_waits_for_the_other(ground: Ground) -> None:
    space = ground.space()
    account, held, found = ground.account(space).id, threading.Event(), list[str]()

    def other() -> None:
        held.wait()
        with ground.app.write(space) as tx:
            found.extend(sequences.hold_carried(tx, account))

    thread = threading.Thread(target=other)
    thread.start()
    with ground.app.write(space) as tx:
        assert sequences.hold_carried(tx, account) == ["{}"]
        held.set()
        thread.join(0.2)
        assert thread.is_alive()
        sequences.carry(tx, account, "of the first")
    thread.join()

    assert found == ["of the first"]
