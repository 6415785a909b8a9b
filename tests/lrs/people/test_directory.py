"""People are added, changed, found and listed; what they are called lies sealed, and every deed is noted."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import text

from lrs import sealing
from lrs.access import ADMINISTRATOR, LEARNER, MENTOR, OWNER
from lrs.errors import NotAllowed, NotFound
from lrs.people import audit, directory
from lrs.people.directory import Directory, Query
from lrs.people.identity import Identity, NotUnderstood
from lrs.sealing import KeyRing
from storage import audit as deeds
from storage import people
from storage.audit import Wanted
from storage.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.parts.databases import Ground

HOA = Identity("Nguyễn Thị Hoà", "hoa@example.org", "+84912345678", "HP-0007")
BINH = Identity("Trần Văn Bình", "binh@example.org", "", "HP-0008")


class Town:
    """A space with its keys."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.ground = ground
        self.space = ground.space()
        self.path = folder / "identity.keys"
        sealing.make(self.path)
        self.keys = KeyRing(self.path)
        self.me = uuid4()

    @contextmanager
    def open(self) -> Iterator[Directory]:
        """Open the directory in one transaction."""
        with self.ground.app.write(self.space) as tx:
            yield Directory(tx, self.keys, self.me)

    def names(self, words: str = "", **more: object) -> list[str]:
        """List the names that are found."""
        with self.open() as found:
            return [each.identity.name for each in found.page(Query(words, **more), 50).people]  # type: ignore[arg-type]

    def acts(self) -> list[str]:
        """List what was done, oldest first."""
        with self.ground.app.read(self.space) as tx:
            return [deed.act for deed in reversed(deeds.page(tx, Wanted(), 100))]


@pytest.fixture
def town(ground: Ground, tmp_path: Path) -> Town:
    """Give a space."""
    return Town(ground, tmp_path)


def test_somebody_is_known_again(town: Town) -> None:
    with town.open() as people_here:
        account = people_here.add(LEARNER, HOA)

    with town.open() as people_here:
        assert people_here.find(account.id).identity == HOA
        for word in ("HOA@example.org", "0912 345 678", "hp-0007"):
            assert people_here.named(word) == account.id
        assert people_here.named("nobody@example.org") is None
        with pytest.raises(NotFound):
            people_here.find(uuid4())


def test_the_database_alone_tells_no_name(town: Town) -> None:
    with town.open() as people_here:
        people_here.add(LEARNER, HOA)
        people_here.change(people_here.named("HP-0007") or uuid4(), Identity("Nguyễn Thị Hoà Bình", HOA.email), OWNER)

    with town.ground.owner.read() as tx:
        everything = "".join(str(tx.run(text(f"select * from {table}")).all()) for table in metadata.tables)  # noqa: S608
    hidden = ("Nguy", "nguyen", "Hoà", "hoa", "Bình", "binh", "912345678", "HP-0007", "hp-0007")
    assert not [word for word in hidden if word in everything]
    assert "learner" in everything  # control: this does read what is there


@pytest.mark.parametrize("taken", ["email", "phone", "staff_code"])
def test_what_tells_people_apart_is_one_persons_alone(town: Town, taken: str) -> None:
    with town.open() as people_here:
        people_here.add(LEARNER, HOA)

    with pytest.raises(NotUnderstood) as told, town.open() as people_here:
        people_here.add(LEARNER, Identity("Somebody Else", **{taken: getattr(HOA, taken)}))

    assert told.value.field == taken
    assert town.names() == [HOA.name]


def test_who_changes_an_address_gives_the_old_one_free(town: Town) -> None:
    with town.open() as people_here:
        hoa = people_here.add(LEARNER, HOA)
        people_here.change(hoa.id, Identity(HOA.name, "other@example.org"), OWNER)
        binh = people_here.add(LEARNER, Identity(BINH.name, HOA.email))

        assert people_here.named(HOA.email) == binh.id
        assert people_here.named("0912345678") is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("nguyen hoa", ["Nguyễn Thị Hoà"]),
        ("HOÀ NGUYỄN", ["Nguyễn Thị Hoà"]),
        ("ho", ["Bùi Hoa", "Nguyễn Thị Hoà"]),
        ("th h", ["Nguyễn Thị Hoà"]),
        ("binh", ["Trần Văn Bình"]),
        ("nguyen binh", []),
        ("o", []),
        ("", ["Trần Văn Bình", "Bùi Hoa", "Nguyễn Thị Hoà", ""]),
    ],
)
def test_people_are_found_without_accents_and_stand_in_their_order(town: Town, words: str, found: list[str]) -> None:
    with town.open() as people_here:
        for known in (HOA, BINH, Identity("Bùi Hoa"), Identity()):
            people_here.add(LEARNER, known)

    assert town.names(words) == found


def test_people_are_found_by_role_and_state(town: Town) -> None:
    with town.open() as people_here:
        hoa, _ = people_here.add(LEARNER, HOA), people_here.add(MENTOR, BINH)

    assert town.names(role=MENTOR) == [BINH.name]
    with town.open() as people_here:
        people_here.close(hoa.id, ADMINISTRATOR, closed=True)
    assert town.names() == [BINH.name]
    assert town.names(closed=True) == [HOA.name]
    with town.open() as people_here:
        people_here.close(hoa.id, ADMINISTRATOR, closed=False)
    assert town.names("hoa") == [HOA.name]


def test_another_space_knows_nobody_of_this_one(town: Town) -> None:
    with town.open() as people_here:
        hoa = people_here.add(LEARNER, HOA)

    other = town.ground.space("daklak")
    with town.ground.app.write(other) as tx:
        there = Directory(tx, town.keys)
        assert there.named(HOA.email) is None
        assert there.page(Query("hoa"), 50).count == 0
        with pytest.raises(NotFound):
            there.find(hoa.id)
        there.add(LEARNER, HOA)  # the same person may be in both


@pytest.mark.parametrize("most", [1, 2, 3, 10])
@pytest.mark.parametrize("sorted_at_once", [2000, 2])
def test_pages_have_everybody_once(town: Town, most: int, sorted_at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "SORTED", sorted_at_once)
    names = [f"Người Số {chr(ord('A') + number)}" for number in range(7)]
    with town.open() as people_here:
        for name in names:
            people_here.add(LEARNER, Identity(name))

    with town.open() as people_here:
        seen, start = [], None
        while True:
            page = people_here.page(Query(), most, start)
            assert (page.count, page.few) == (7, sorted_at_once > 7)
            seen += [each.identity.name for each in page.people]
            start = page.more
            if start is None:
                break

    assert seen == names if sorted_at_once > 7 else sorted(seen) == names


def test_deeds_are_noted_by_field_and_never_by_value(town: Town) -> None:
    with town.open() as people_here:
        hoa = people_here.add(LEARNER, HOA)
        people_here.change(hoa.id, HOA, OWNER)
        people_here.change(hoa.id, Identity("Nguyễn Hoà", HOA.email, HOA.phone, HOA.staff_code), OWNER)
        people_here.set_role(hoa.id, MENTOR, OWNER)
        people_here.set_role(hoa.id, MENTOR, OWNER)
        people_here.close(hoa.id, ADMINISTRATOR, closed=True)

    assert town.acts() == [audit.ADDED, audit.CHANGED, audit.ROLE, audit.CLOSED]
    with town.ground.app.read(town.space) as tx:
        noted = deeds.page(tx, Wanted(), 10)
    assert [deed.detail for deed in noted if deed.act == audit.CHANGED] == ['{"fields":["name"]}']
    assert {deed.actor_id for deed in noted} == {town.me}
    assert {deed.subject_id for deed in noted} == {hoa.id}


def test_nobody_rises_by_themselves_or_above_themselves(town: Town) -> None:
    with town.open() as people_here:
        hoa, owner = people_here.add(LEARNER, HOA), people_here.add(OWNER, BINH)
        town.me = people_here.add(ADMINISTRATOR, Identity("Quản Trị")).id

    for account, role in ((hoa.id, OWNER), (owner.id, LEARNER), (town.me, OWNER), (town.me, LEARNER)):
        with pytest.raises(NotAllowed), town.open() as people_here:
            people_here.set_role(account, role, ADMINISTRATOR)
    with pytest.raises(NotAllowed), town.open() as people_here:
        people_here.change(owner.id, Identity("Somebody Else"), ADMINISTRATOR)
    for account in (owner.id, town.me):
        with pytest.raises(NotAllowed), town.open() as people_here:
            people_here.close(account, ADMINISTRATOR, closed=True)
    with town.open() as people_here:
        people_here.set_role(hoa.id, ADMINISTRATOR, ADMINISTRATOR)  # control


def test_keys_change_while_people_are_found(town: Town) -> None:
    with town.open() as people_here:
        hoa, binh = people_here.add(LEARNER, HOA), people_here.add(LEARNER, BINH)

    sealing.add(town.path)
    assert town.names("hoa") == [HOA.name]
    with pytest.raises(NotUnderstood), town.open() as people_here:  # the old index is asked, too
        people_here.add(LEARNER, Identity("Somebody Else", HOA.email))
    with town.open() as people_here:
        assert people_here.reseal(1) == 1
    assert town.names() == [BINH.name, HOA.name]
    with town.open() as people_here:
        assert (people_here.reseal(10), people_here.reseal(10)) == (1, 0)

    newest = town.path.read_text().splitlines()[0]
    town.path.write_text(f"{newest}\n")  # the old key is taken out
    assert town.names("van binh") == [BINH.name]
    with town.open() as people_here:
        assert [people_here.named(each.email) for each in (HOA, BINH)] == [hoa.id, binh.id]


def test_a_closed_account_has_no_session_and_no_link(town: Town) -> None:
    now = datetime.now(UTC)
    with town.open() as people_here:
        hoa = people_here.add(LEARNER, HOA)
        people.add_session(people_here._tx, hoa.id, people.SessionRow(b"s", now, now + timedelta(days=1)))
        people.add_link(people_here._tx, b"l", hoa.id, now + timedelta(days=1))
        people_here.close(hoa.id, ADMINISTRATOR, closed=True)

    with town.open() as people_here:
        assert people.account_of_session(people_here._tx, b"s", now) is None
        assert people.use_link(people_here._tx, b"l", datetime.now(UTC)) is None


def test_few_people_stand_in_any_order_and_the_unknown_last_by_name(town: Town) -> None:
    now = datetime.now(UTC)
    with town.open() as people_here:
        made = {known.name: people_here.add(LEARNER, known).id for known in (HOA, Identity(), BINH)}
        for name, hours in ((HOA.name, 2), (BINH.name, 1)):
            people.add_session(
                people_here._tx,
                made[name],
                people.SessionRow(name.encode(), now - timedelta(hours=hours), now + timedelta(1)),
            )

    def names(by: str, *, falls: bool) -> list[str]:
        with town.open() as people_here:
            return [each.identity.name for each in people_here.page(Query(by=by, falls=falls), 50).people]

    assert names(directory.NAME, falls=False) == [BINH.name, HOA.name, ""]
    assert names(directory.NAME, falls=True) == [HOA.name, BINH.name, ""]
    assert names(directory.SEEN, falls=True) == [BINH.name, HOA.name, ""]
    assert names(directory.SEEN, falls=False) == ["", HOA.name, BINH.name]
    assert names(directory.SINCE, falls=False) == [HOA.name, "", BINH.name]
    assert names(directory.SINCE, falls=True) == [BINH.name, "", HOA.name]


def test_many_people_stand_by_when_they_came_either_way(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "SORTED", 1)
    with town.open() as people_here:
        for known in (HOA, BINH):
            people_here.add(LEARNER, known)

    def names(by: str, *, falls: bool) -> list[str]:
        with town.open() as people_here:
            first = people_here.page(Query(by=by, falls=falls), 1)
            assert not first.few
            second = people_here.page(Query(by=by, falls=falls), 1, first.more)
            assert second.more is None
            return [each.identity.name for each in (*first.people, *second.people)]

    assert names(directory.SINCE, falls=True) == [BINH.name, HOA.name]
    assert names(directory.SINCE, falls=False) == [HOA.name, BINH.name]
    assert names(directory.NAME, falls=False) == [BINH.name, HOA.name]  # cannot be had: the newest first
