"""Signing in: who knows the password comes in, who guesses waits, and nobody learns who exists or locks another out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from lrs import sealing
from lrs.access import LEARNER
from lrs.people import accounts, audit, entry, passwords
from lrs.people.directory import Directory
from lrs.people.entry import FREE, Attempt, WaitALittle, WrongPassword
from lrs.people.identity import Identity
from lrs.sealing import KeyRing
from storage import audit as deeds
from storage import entry as kept
from storage.audit import Wanted

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from tests.parts.databases import Ground

WORD = "con mèo leo cây cau"


class Office:
    """A space where Hoà and Bình have passwords."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.ground = ground
        self.space = ground.space()
        sealing.make(folder / "identity.keys")
        self.keys = KeyRing(folder / "identity.keys")
        self.hoa = self._add(Identity("Nguyễn Thị Hoà", "hoa@example.org", "+84912345678", "HP-7"))
        self.binh = self._add(Identity("Trần Văn Bình", "binh@example.org"))

    def _add(self, identity: Identity) -> UUID:
        with self.ground.app.write(self.space) as tx:
            account = Directory(tx, self.keys).add(LEARNER, identity)
            kept.set_password(tx, account.id, passwords.make(WORD), account.created)
        return account.id

    def sign_in(self, who: str, word: str = WORD, device: str = "", at: datetime | None = None) -> UUID:
        """Try to sign in, now or later."""
        attempt = Attempt(who, word, device, at or datetime.now(UTC))
        return entry.sign_in(self.ground.app, self.keys, self.space, attempt)

    def guess(self, who: str, times: int, device: str = "") -> list[type[Exception]]:
        """Guess wrong so often; tell what was said each time."""
        said: list[type[Exception]] = []
        for number in range(times):
            with pytest.raises((WrongPassword, WaitALittle)) as told:
                self.sign_in(who, f"sai {number}", device)
            said.append(told.type)
        return said


@pytest.fixture
def office(ground: Ground, tmp_path: Path) -> Office:
    """Give an office."""
    return Office(ground, tmp_path)


@pytest.mark.parametrize(
    "who", ["hoa@example.org", "HOA@EXAMPLE.ORG", "0912 345 678", "+84912345678", "hp-7", " HP-7 "]
)
def test_who_knows_the_password_comes_in(office: Office, who: str) -> None:
    assert office.sign_in(who) == office.hoa


@pytest.mark.parametrize(
    ("who", "word"),
    [("hoa@example.org", "sai"), ("hoa@example.org", ""), ("", WORD), ("nobody@example.org", WORD), ("\0", WORD)],
)
def test_nobody_else_does_and_all_are_told_the_same(office: Office, who: str, word: str) -> None:
    with pytest.raises(WrongPassword) as told:
        office.sign_in(who, word)

    assert told.value.detail is None


def test_who_guesses_waits_longer_and_longer(office: Office) -> None:
    assert office.guess("hoa@example.org", FREE) == [WrongPassword] * (FREE - 1) + [WaitALittle]
    with pytest.raises(WaitALittle) as told:
        office.sign_in("hoa@example.org")  # even with the right one
    assert 50 <= (told.value.retry_after or 0) <= 60

    later, waits = datetime.now(UTC), []
    for _ in range(8):
        later += timedelta(seconds=(told.value.retry_after or 0) + 1)
        with pytest.raises(WaitALittle) as told:
            office.sign_in("hoa@example.org", "sai", at=later)
        waits.append((told.value.retry_after or 0) // 60)
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]

    assert office.sign_in("hoa@example.org", at=later + timedelta(hours=1)) == office.hoa
    assert office.guess("hoa@example.org", 1) == [WrongPassword]  # success forgets


def test_twenty_wrong_passwords_of_one_office_disturb_nobody_else(office: Office) -> None:
    office.guess("hoa@example.org", 20)

    assert office.sign_in("binh@example.org") == office.binh


def test_a_device_that_was_here_before_is_not_locked_out_by_strangers(office: Office) -> None:
    with office.ground.app.write(office.space) as tx:
        phone = entry.know(tx, office.hoa, "")
        assert entry.know(tx, office.binh, phone) == phone  # a family shares it

    office.guess("hoa@example.org", 10)

    assert office.sign_in("hoa@example.org", device=phone) == office.hoa
    office.guess("hoa@example.org", FREE, device=phone)
    with pytest.raises(WaitALittle):
        office.sign_in("hoa@example.org", device=phone)  # it has a count of its own
    assert office.sign_in("binh@example.org", device=phone) == office.binh


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        (["hoa@example.org"] * 8, ["nobody@example.org"] * 8),
        (["0912345678"] * 5 + ["+84912345678"] * 3, ["0987654321"] * 5 + ["+84987654321"] * 3),
        (["0912345678"] * 5 + ["hoa@example.org"] * 3, ["0987654321"] * 5 + ["nobody@example.org"] * 3),
        (["HP-7", "hp-7", " HP-7"] * 3, ["HP-9", "hp-9", " HP-9"] * 3),
    ],
)
def test_a_name_that_nobody_has_is_answered_as_any_other(office: Office, known: list[str], unknown: list[str]) -> None:
    assert [office.guess(who, 1) for who in known] == [office.guess(who, 1) for who in unknown]


def test_who_guesses_at_a_device_that_was_left_signed_in_waits(office: Office) -> None:
    def confirm(word: str) -> bool:
        return entry.confirm(office.ground.app, office.keys, office.space, office.hoa, word)

    assert confirm(WORD)
    assert [confirm("sai") for _ in range(FREE - 1)] == [False] * (FREE - 1)
    with pytest.raises(WaitALittle):
        confirm("sai")
    with pytest.raises(WaitALittle):
        confirm(WORD)
    assert office.sign_in("hoa@example.org") == office.hoa


def test_of_many_guesses_at_once_few_are_looked_at(office: Office) -> None:
    def guess(number: int) -> type[Exception] | None:
        try:
            office.sign_in("hoa@example.org", WORD if number == 39 else f"sai {number}")
        except (WrongPassword, WaitALittle, passwords.Busy) as told:
            return type(told)
        return None

    with ThreadPoolExecutor(8) as many:
        said = [*many.map(guess, range(40))]

    assert said.count(WrongPassword) + said.count(None) <= FREE


def test_a_closed_account_does_not_come_in(office: Office) -> None:
    with office.ground.app.write(office.space) as tx:
        Directory(tx, office.keys).close(office.hoa, "owner", closed=True)

    with pytest.raises(WrongPassword):
        office.sign_in("hoa@example.org")


def test_who_came_in_is_noted(office: Office) -> None:
    office.sign_in("hoa@example.org")
    office.guess("hoa@example.org", 1)

    with office.ground.app.read(office.space) as tx:
        noted = deeds.page(tx, Wanted(subject=office.hoa), 10)
    assert [deed.act for deed in noted] == [audit.SIGNED_IN, audit.ADDED]


def test_a_link_to_recover_ends_the_password(office: Office) -> None:
    with office.ground.app.write(office.space) as tx:
        account = Directory(tx, office.keys).find(office.hoa).account
        word = accounts.make_link(tx, account, purpose="recover")
        accounts.look_at_link(tx, word)
        assert kept.password_of(tx, office.hoa) is not None

        accounts.use_link(tx, word)

        assert kept.password_of(tx, office.hoa) is None
    with pytest.raises(WrongPassword):
        office.sign_in("hoa@example.org")


def test_a_weak_hash_is_made_anew_when_somebody_comes_in(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    office.sign_in("hoa@example.org")

    with office.ground.app.read(office.space) as tx:
        hashed = kept.password_of(tx, office.hoa)
    assert hashed is not None
    assert "m=16,t=2" in hashed


def test_who_is_sent_away_because_too_many_wait_has_not_failed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = passwords.Turns(1, 0)
    monkeypatch.setattr(passwords, "TURNS", turns)

    def try_meanwhile() -> list[bool]:
        busy = []
        for _ in range(FREE + 1):
            with pytest.raises(passwords.Busy):
                office.sign_in("hoa@example.org")
            busy.append(True)
        return busy

    with turns.take(), ThreadPoolExecutor(1) as other:
        assert other.submit(try_meanwhile).result() == [True] * (FREE + 1)

    assert office.sign_in("hoa@example.org") == office.hoa
