"""Guests, their codes, and whose they turn out to be."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from lrs.people import accounts, guests
from lrs.people.guests import ClaimedAlready, Here, SomebodyHere, WrongCode
from storage import attempts, audit, claims
from tests.lrs.people.coming import guest_who_learns, open_lesson
from tests.parts.lessons import publish

if TYPE_CHECKING:
    from storage.database import Tx
    from tests.parts.installations import Installation


def make(tx: Tx, role: str = "guest") -> UUID:
    """Make somebody."""
    return accounts.create(tx, role).id


def learns(tx: Tx, guest: UUID, version: str) -> None:
    """Let a guest begin a lesson."""
    attempts.begin(tx, attempts.AttemptRow(uuid4(), guest, UUID(version), datetime.now(UTC)))


def test_a_claim_closes_the_guest_and_is_in_the_log(installation: Installation) -> None:
    version = publish(installation)

    with installation.services.database.write(1) as tx:
        word = guests.begin(tx)
        guest = guests.of_session(tx, word)
        assert guest is not None
        learns(tx, guest.id, version)
        person = make(tx, "learner")
        assert guests.claim(tx, guest.id, person).lessons == ("Mật khẩu mạnh",)

        assert guests.of_session(tx, word) is None
        assert claims.owner_of(tx, guest.id) == person
        deed = audit.page(tx, audit.Wanted(subject=person), 1)[0]
        assert (deed.act, deed.actor_id) == ("progress.claimed", person)
        assert str(guest.id) in deed.detail


@pytest.mark.parametrize(
    ("guest", "account"), [("learner", "learner"), ("author", "owner"), ("guest", "guest"), ("learner", "guest")]
)
def test_nothing_goes_from_one_named_person_to_another_or_to_a_guest(
    embedded: Installation, guest: str, account: str
) -> None:
    with pytest.raises(ClaimedAlready), embedded.services.database.write(1) as tx:
        guests.claim(tx, make(tx, guest), make(tx, account))


@pytest.mark.parametrize("nobody", ["guest", "account"])
def test_nobody_claims_or_is_claimed_who_is_not_there(embedded: Installation, nobody: str) -> None:
    with embedded.services.database.write(1) as tx:
        known = make(tx, "learner" if nobody == "guest" else "guest")

        with pytest.raises(ClaimedAlready):
            guests.claim(tx, *((uuid4(), known) if nobody == "guest" else (known, uuid4())))


def test_a_guest_is_claimed_once_however_many_press_at_once(installation: Installation) -> None:
    database = installation.services.database
    with database.write(1) as tx:
        guest, pressing = make(tx), [make(tx, "learner") for _ in range(6)]
    ready, said = threading.Barrier(6), Counter[str]()

    def press(who: UUID) -> None:
        ready.wait()
        try:
            with database.write(1) as tx:
                guests.claim(tx, guest, who)
            said["got"] += 1
        except ClaimedAlready:
            said["too late"] += 1

    threads = [threading.Thread(target=press, args=(who,)) for who in pressing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said == {"got": 1, "too late": 5}
    with database.read(1) as tx:
        assert claims.owner_of(tx, guest) in pressing


def test_a_code_is_used_once_and_never_lies_in_the_database(installation: Installation) -> None:
    services = installation.services
    with services.database.write(1) as tx:
        guest = make(tx)
        older, code = (guests.make_code(tx, services.identity_keys, guest) for _ in range(2))
        assert len(code) == 10
        assert code.isdecimal()

    def use(typed: str) -> UUID:
        with services.database.write(1) as tx:
            found = guests.of_session(tx, guests.use_code(tx, services.identity_keys, typed, Here()))
            assert found is not None
            return found.id

    for wrong in (older, "", "0" * 9, code[:-1], f"{code}1"):
        with pytest.raises(WrongCode):
            use(wrong)
    assert use(f" {code[:4]}.{code[4:7]} {code[7:]} ") == guest
    with pytest.raises(WrongCode):
        use(code)


def test_of_those_who_type_one_code_at_once_one_gets_in(installation: Installation) -> None:
    services, ready, said = installation.services, threading.Barrier(4), Counter[str]()
    with services.database.write(1) as tx:
        code = guests.make_code(tx, services.identity_keys, make(tx))

    def use() -> None:
        ready.wait()
        try:
            with services.database.write(1) as tx:
                guests.use_code(tx, services.identity_keys, code, Here())
            said["in"] += 1
        except WrongCode:
            said["out"] += 1

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said == {"in": 1, "out": 3}


def test_a_code_ends(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    services = embedded.services
    monkeypatch.setattr(accounts, "LINK_LASTS", timedelta(seconds=-1))
    with services.database.write(1) as tx:
        code = guests.make_code(tx, services.identity_keys, make(tx))

    with pytest.raises(WrongCode), services.database.write(1) as tx:
        guests.use_code(tx, services.identity_keys, code, Here())


def test_two_guests_do_not_become_one_by_a_code(embedded: Installation) -> None:
    services, version = embedded.services, publish(embedded)
    with services.database.write(1) as tx:
        here, fresh = guests.begin(tx), guests.begin(tx)
        one = guests.of_session(tx, here)
        assert one is not None
        learns(tx, one.id, version)
        code = guests.make_code(tx, services.identity_keys, make(tx))

    with pytest.raises(SomebodyHere), services.database.write(1) as tx:
        guests.use_code(tx, services.identity_keys, code, Here(here))
    with services.database.write(1) as tx:
        assert guests.use_code(
            tx, services.identity_keys, code, Here(fresh)
        )  # nothing would be lost; and the code still works


def test_a_claimed_guest_comes_back_by_no_code(embedded: Installation) -> None:
    services = embedded.services
    with services.database.write(1) as tx:
        guest = make(tx)
        code = guests.make_code(tx, services.identity_keys, guest)
        guests.claim(tx, guest, make(tx, "learner"))

    with pytest.raises(WrongCode), services.database.write(1) as tx:
        guests.use_code(tx, services.identity_keys, code, Here())


def test_the_session_of_a_person_is_no_guests(embedded: Installation) -> None:
    with embedded.services.database.write(1) as tx:
        word = accounts.begin_session(tx, make(tx, "learner"), datetime.now(UTC))

        assert guests.of_session(tx, word) is None
        assert guests.of_session(tx, "") is None


def test_the_record_keeps_saying_what_the_guest_did_of_the_guest(embedded: Installation) -> None:
    version = open_lesson(embedded)
    _, playing = guest_who_learns(embedded, version)
    database = embedded.services.database

    def told() -> list[str]:
        with database.read(1) as tx:
            return [*tx.connection.exec_driver_sql("select payload from statements order by seq").scalars()]

    before = told()
    with database.write(1) as tx:
        row = attempts.find(tx, UUID(playing.registration))
        assert row is not None
        person = make(tx, "learner")
        guests.claim(tx, row.account_id, person)
    playing.commit(2, {"cmi.core.lesson_status": "completed"})

    after = told()
    assert after[: len(before)] == before
    assert len(after) > len(before)
    assert all(str(row.account_id) in text and str(person) not in text for text in after)


def test_a_code_is_written_as_a_phone_number_is() -> None:
    assert guests.spoken("0123456789") == "0123 456 789"
