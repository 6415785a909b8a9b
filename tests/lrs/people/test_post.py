"""Letters go out once, or are settled with a reason; whoever dies in between, none is lost."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text, update

from lrs import metrics
from lrs.mail.server import MailServer
from lrs.people.letters import KINDS
from storage import spaces
from storage.letters import FAILED, SENT, WAITING, WITHDRAWN, letters
from tests.lrs.mail.mailroom import BREAK_OFF
from tests.lrs.people.mailing import HOA, Mailed, carrier, path
from tests.lrs.test_followers import wait_until

if TYPE_CHECKING:
    from tests.lrs.mail.mailroom import Taken

ROOT = Path(__file__).parents[3]


def age(mailed: Mailed, by: timedelta) -> None:
    """Let all letters have been asked for that much earlier."""
    with mailed.installation.services.database.write(mailed.space) as tx:
        tx.run(update(letters).values(asked=datetime.now(UTC) - by))


def hurry(mailed: Mailed) -> None:
    """Let what waits be due, claims included, as time would."""
    with mailed.installation.services.database.write(mailed.space) as tx:
        tx.run(text("update outbox set due = entered"))


def states(mailed: Mailed) -> list[tuple[str, str | None, str | None]]:
    return [(letter.state, letter.reason, letter.code) for letter in mailed.letters()]


def test_a_link_arrives_and_lets_in_once(mailed: Mailed) -> None:
    page = mailed.add()
    assert mailed.send(page).location == f"{page}?done=letter"

    (taken,) = mailed.carry()
    assert taken.to == [HOA]
    assert taken.letter["Subject"] == "Liên kết để bạn vào học – Hải Phòng"
    assert "Xin chào Nguyễn Thị Hoà," in taken.text
    link, visitor = path(taken), mailed.installation.visitor()
    for _ in range(3):  # a mail program's previews
        assert mailed.installation.visitor().get(link).status_code == 200
    assert visitor.post(link, form_at=link).location == "/s/haiphong/me?first=1"
    assert mailed.installation.visitor().get(link).status_code == 410


def test_nothing_in_the_database_says_to_whom_or_what(mailed: Mailed) -> None:
    boss, page = mailed.installation.person("administrator"), mailed.add()
    mailed.send(page, boss)
    mailed.forgotten(HOA)
    boss.post(page, form_at=page, data={"name": "Nguyễn Thị Hoà", "email": "new@example.org"})
    before = str(rows(mailed))
    taken = mailed.carry()

    assert len(taken) == 2  # who has another address now is not meant by the old one
    for secret in (HOA, "hoa", "Hoà", "example.org", *(path(each).rpartition("/")[2] for each in taken[:1])):
        assert secret not in before + str(rows(mailed))
    assert "activate" in before  # control


def rows(mailed: Mailed) -> list[object]:
    with mailed.installation.services.database.read(mailed.space) as tx:
        found: list[object] = []
        for table in ("letters", "outbox", "links", "audit", "tries"):
            found += [tuple(row) for row in tx.run(text(f"select * from {table}"))]  # noqa: S608 - our own names
        return found


def test_once_each_by_however_many_carriers(mailed: Mailed) -> None:
    boss = mailed.installation.person("administrator")
    addresses = [f"nguoi{number}@example.org" for number in range(12)]
    for address in addresses:
        mailed.send(mailed.add(address), boss)

    carriers = [carrier(mailed.installation.app) for _ in range(3)]  # each believes to lead
    threads = [threading.Thread(target=each._round) for each in carriers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    mailed.carry()

    assert sorted(taken.to[0] for taken in mailed.room.got) == sorted(addresses)
    assert {letter.state for letter in mailed.letters()} == {SENT}
    assert mailed.waiting() == 0


def test_a_claim_lasts_longer_than_any_talk(mailed: Mailed) -> None:
    sender, parts = carrier(mailed.installation.app), mailed.installation.services
    server = MailServer.of(parts.config)

    assert server is not None
    assert sender._target.lease > server.patience


def test_what_is_refused_for_good_is_not_tried_again(mailed: Mailed) -> None:
    mailed.send(mailed.add())
    mailed.room.recipient = lambda address: f"550 5.1.1 {address} unknown"
    before = metrics.LETTERS.labels("activate", "no_mailbox")._value.get()

    mailed.carry()
    mailed.room.recipient = lambda _: "250 OK"
    hurry(mailed)

    assert mailed.carry() == []
    assert states(mailed) == [(FAILED, "no_mailbox", "550 5.1.1")]
    assert metrics.LETTERS.labels("activate", "no_mailbox")._value.get() == before + 1


def test_what_is_refused_for_now_waits_alone_and_goes_later_as_the_same_letter(mailed: Mailed) -> None:
    boss = mailed.installation.person("administrator")
    for address in (HOA, "binh@example.org"):
        mailed.send(mailed.add(address), boss)
    tried: list[Taken] = []

    def grey(taken: Taken) -> str:
        tried.append(taken)
        return "450 4.2.0 greylisted" if taken.to == [HOA] and len(tried) < 3 else "250 OK"

    mailed.room.data = grey
    assert [taken.to for taken in mailed.carry()] == [["binh@example.org"]]
    assert [letter.state for letter in mailed.letters()].count(WAITING) == 1
    mailed.carry()
    assert len(tried) == 2  # it is not due before a minute has gone
    for _ in range(2):
        hurry(mailed)
        mailed.carry()

    same = [taken for taken in tried if taken.to == [HOA]]
    assert len({taken.id for taken in same}) == len({path(taken) for taken in same}) == 1
    assert [taken.to for taken in mailed.room.got].count([HOA]) == 1


def test_who_breaks_off_before_saying_250_gets_the_same_letter_again(mailed: Mailed) -> None:
    """At most one repeat for each such moment: the server had it, and nobody could tell us."""
    mailed.send(mailed.add())
    answers = iter([BREAK_OFF, "250 OK"])
    mailed.room.data = lambda _: next(answers)

    assert len(mailed.carry()) == 1
    assert [letter.state for letter in mailed.letters()] == [WAITING]
    hurry(mailed)
    first, second = mailed.carry()
    hurry(mailed)
    mailed.carry()

    assert (first.id, path(first)) == (second.id, path(second))
    assert len(mailed.room.got) == 2
    assert [letter.state for letter in mailed.letters()] == [SENT]


def test_who_breaks_off_after_250_has_the_letter(mailed: Mailed) -> None:
    mailed.send(mailed.add())
    mailed.room.goodbye = lambda: BREAK_OFF

    mailed.carry()
    hurry(mailed)

    assert len(mailed.carry()) == 1
    assert [letter.state for letter in mailed.letters()] == [SENT]


def test_a_repeat_is_not_sent_once_the_first_has_been_used(mailed: Mailed) -> None:
    mailed.send(mailed.add())
    mailed.room.data = lambda _: BREAK_OFF
    (taken,) = mailed.carry()
    link = path(taken)
    mailed.installation.visitor().post(link, form_at=link)

    hurry(mailed)

    assert len(mailed.carry()) == 1
    assert [letter.state for letter in mailed.letters()] == [SENT]


@pytest.mark.parametrize("kill", [True, False])
def test_who_is_killed_between_sending_and_writing_it_down_loses_none(mailed: Mailed, *, kill: bool) -> None:
    """Never none and at most one repeat under the same id; the control is that without a kill there is none."""
    victim: list[int] = []

    def kill_first(_taken: Taken) -> str:
        if victim and kill:
            os.kill(victim.pop(), signal.SIGKILL)
        return "250 OK"

    mailed.room.data = kill_first
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HAIDANG_")}
    words = [sys.executable, "-m", "tests.lrs.people.mailing", "3"]
    with subprocess.Popen(
        words, cwd=ROOT, env=environ | mailed.installation.environ, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        victim.append(process.pid)
        mailed.send(mailed.add())
        if kill:
            assert process.wait(20) == -signal.SIGKILL
        else:
            wait_until(lambda: mailed.waiting() == 0)
            process.kill()
    if kill:
        assert [letter.state for letter in mailed.letters()] == [WAITING]
        mailed.carry()
        assert len(mailed.room.got) == 1  # the claim of the dead holds for a while
        time.sleep(3)
    mailed.carry()

    assert len(mailed.room.got) == (2 if kill else 1)
    assert len({taken.id for taken in mailed.room.got}) == len({path(taken) for taken in mailed.room.got}) == 1
    assert [letter.state for letter in mailed.letters()] == [SENT]


def test_a_server_that_is_away_loses_nothing(mailed: Mailed) -> None:
    mailed.send(mailed.add())
    mailed.room.sender = lambda _: "421 4.3.2 away"

    assert mailed.carry() == []
    mailed.room.sender = lambda _: "250 OK"
    hurry(mailed)

    assert len(mailed.carry()) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_worth_sending_any_more_is_not_sent(mailed: Mailed, kind: str) -> None:
    mailed.send(mailed.add())
    with mailed.installation.services.database.write(mailed.space) as tx:
        tx.run(update(letters).values(kind=kind))

    age(mailed, KINDS[kind].patience + timedelta(seconds=1))

    assert mailed.carry() == []
    assert states(mailed) == ([] if kind == "forgotten" else [(FAILED, "late", None)])
    assert mailed.waiting() == 0


def test_a_link_holds_from_when_it_is_sent(mailed: Mailed) -> None:
    mailed.send(mailed.add())
    age(mailed, timedelta(days=1, hours=23))
    (taken,) = mailed.carry()

    with mailed.installation.services.database.read(mailed.space) as tx:
        held = [*tx.run(text("select expires from links where purpose = 'activate'")).scalars()]
    until = datetime.fromisoformat(str(held[0]))
    assert until - datetime.now(UTC) > timedelta(days=6, hours=23)
    assert f"{until + timedelta(hours=7):%H:%M %d/%m/%Y}" in taken.text  # in the space's own time


def test_who_has_no_address_or_a_closed_account_gets_none(mailed: Mailed) -> None:
    boss = mailed.installation.person("administrator")
    gone, closed = mailed.add(), mailed.add("binh@example.org")
    mailed.send(gone, boss)
    mailed.send(closed, boss)
    boss.post(gone, form_at=gone, data={"name": "Nguyễn Thị Hoà"})
    boss.post(f"{closed}/close", form_at=closed)

    taken = mailed.carry()

    assert [each.letter["Subject"].partition(" –")[0] for each in taken] == ["Địa chỉ thư điện tử của bạn đã đổi"]
    assert sorted(letter.reason or letter.state for letter in mailed.letters()) == [
        "no_address",
        SENT,
        WITHDRAWN,
    ]


def test_a_letter_whose_seal_does_not_open_is_settled(mailed: Mailed) -> None:
    mailed.forgotten(HOA)
    with mailed.installation.services.database.write(mailed.space) as tx:
        tx.run(update(letters).values(key_id=9))

    assert mailed.carry() == []
    assert states(mailed) == [(FAILED, "unopened", None)]


def test_a_name_is_text_in_a_letter(mailed: Mailed) -> None:
    mailed.send(mailed.add(name="<b>Hoà</b> & {{ 7*7 }}"))

    (taken,) = mailed.carry()

    assert "<b>Hoà</b> & {{ 7*7 }}" in taken.text
    assert "&lt;b&gt;Hoà&lt;/b&gt; &amp; {{ 7*7 }}" in taken.html


def test_a_refused_letter_leaves_the_slip_good_and_a_taken_one_ends_it(mailed: Mailed) -> None:
    page, boss = mailed.add(), mailed.installation.person("administrator")
    slip = re.search(r"/s/haiphong/link/[\w-]{43}", boss.post(f"{page}/slip", form_at=page).text)
    assert slip is not None
    mailed.room.recipient = lambda _: "550 5.1.1 unknown"
    mailed.send(page, boss)
    mailed.carry()

    assert mailed.installation.visitor().get(slip[0]).status_code == 200
    mailed.room.recipient = lambda _: "250 OK"
    mailed.send(page, boss)
    (taken,) = mailed.carry()
    assert [mailed.installation.visitor().get(link).status_code for link in (slip[0], path(taken))] == [410, 200]


def test_a_letter_tells_the_time_of_its_space(mailed: Mailed) -> None:
    with mailed.installation.services.database.write(mailed.space) as tx:
        tx.run(text("update spaces set zone = 'Europe/Berlin'"))
    mailed.send(mailed.add())

    (taken,) = mailed.carry()

    with mailed.installation.services.database.read(mailed.space) as tx:
        until = tx.run(text("select max(expires) from links")).scalar_one()
        assert spaces.own(tx).settings.zone == "Europe/Berlin"
    at = datetime.fromisoformat(str(until)).replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin"))
    assert at.strftime("%H:%M %d/%m/%Y") in taken.text
