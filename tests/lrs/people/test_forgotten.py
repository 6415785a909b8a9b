"""Whoever asks for a link is told the same and waits as long, whether there is such a one or not; nobody's mailbox is filled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from lrs import sealing
from lrs.access import LEARNER
from lrs.people import forgotten, limits
from lrs.people.directory import Directory
from lrs.people.forgotten import FREE, Asked, AskedTooOften
from lrs.people.identity import Identity, NotUnderstood
from lrs.people.letters import Manner
from lrs.people.limits import TooMany, Visitor
from lrs.sealing import KeyRing
from storage import outbox

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.databases import Ground

NOW = datetime.now(UTC)


class Space:
    """A space where Hoà is."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.ground = ground
        self.space = ground.space()
        sealing.make(folder / "identity.keys")
        self.keys = KeyRing(folder / "identity.keys")
        with ground.app.write(self.space) as tx:
            Directory(tx, self.keys).add(LEARNER, Identity("Nguyễn Thị Hoà", "hoa@example.org", "+84912345678", "HP-7"))

    def ask(self, who: str, device: str = "a device", at: datetime = NOW, address: str = "") -> None:
        """Ask for a link."""
        forgotten.ask(self.ground.app, self.keys, self.space, Asked(who, Visitor(device, address), Manner("vi"), at))

    def waiting(self) -> int:
        """Count what waits to be sent."""
        with self.ground.app.read() as tx:
            return outbox.waiting(tx, "mail").count


@pytest.fixture
def space(ground: Ground, tmp_path: Path) -> Space:
    return Space(ground, tmp_path)


def statements(space: Space, who: str, device: str) -> list[str]:
    """List what the database is asked while somebody asks for a link."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(space.ground.app.engine, "before_cursor_execute", note)
    space.ask(who, device)
    event.remove(space.ground.app.engine, "before_cursor_execute", note)
    return said


def test_the_same_is_done_for_everybody(space: Space) -> None:
    """Not one question to the database depends on who exists, so neither does the time."""
    space.ask("the first of the hour")  # clears away what was counted before
    known = statements(space, "hoa@example.org", "one")

    for number, who in enumerate(("nobody@example.org", "0912 345 678", "HP-7", "HP-8", "ai đó")):
        assert statements(space, who, str(number)) == known
    assert len(known) > 5
    assert not any("ident" in statement or "accounts" in statement for statement in known)
    assert space.waiting() == 7


@pytest.mark.parametrize("who", ["hoa@example.org", "nobody@example.org", "HP-7"])
def test_who_is_named_is_written_to_a_few_times_alone(space: Space, who: str) -> None:
    for number in range(FREE):
        space.ask(who, f"device {number}")

    with pytest.raises(AskedTooOften) as told:
        space.ask(f" {who.upper()} ", "yet another")
    assert 0 < (told.value.retry_after or 0) <= 60
    space.ask("another@example.org", "yet another")  # control
    space.ask(who, "yet another", NOW + timedelta(seconds=61))
    assert space.waiting() == FREE + 2


def test_a_helpers_tablet_asks_for_one_after_another_until_the_hour_is_full(space: Space) -> None:
    for number in range(limits.FORGOTTEN.device):
        space.ask(f"{number}@example.org")

    with pytest.raises(TooMany):
        space.ask("hoa@example.org")
    space.ask("hoa@example.org", "another device")
    space.ask("hoa@example.org", at=NOW + timedelta(hours=1))


def test_fresh_cookies_and_random_names_do_not_fill_the_outbox(space: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FORGOTTEN", limits.Limit("forgotten", device=1, address=3, space=5))
    let, addresses = [], ["8.8.8.8"] * 5 + ["8.8.4.4"] * 2 + ["1.1.1.1"] * 2
    for number, address in enumerate(addresses):
        try:
            space.ask(f"{number}@example.org", f"device {number}", address=address)
            let.append(address)
        except TooMany:
            pass

    assert let == ["8.8.8.8"] * 3 + ["8.8.4.4"] * 2
    assert space.waiting() == 5


def test_the_wait_grows_and_ends_after_a_day(space: Space) -> None:
    at = NOW
    for _ in range(FREE + 3):
        space.ask("hoa@example.org", str(at), at)
        at += timedelta(minutes=10)

    with pytest.raises(AskedTooOften) as told:
        space.ask("hoa@example.org", "x", at - timedelta(minutes=9))
    assert told.value.retry_after == 7 * 60
    space.ask("hoa@example.org", "x", at + timedelta(days=1))


def test_asking_does_not_lock_anybody_out_of_signing_in(space: Space) -> None:
    for number in range(FREE):
        space.ask("hoa@example.org", f"device {number}")

    with space.ground.app.read(space.space) as tx:
        assert outbox.due(tx, "mail", datetime.now(UTC), 10)
    from lrs.people import entry

    with pytest.raises(entry.WrongPassword):  # and not WaitALittle
        entry.sign_in(space.ground.app, space.keys, space.space, entry.Attempt("hoa@example.org", "sai"))


@pytest.mark.parametrize("who", ["", "   "])
def test_nobodys_name_is_asked_for_again(space: Space, who: str) -> None:
    with pytest.raises(NotUnderstood):
        space.ask(who)
    assert space.waiting() == 0
