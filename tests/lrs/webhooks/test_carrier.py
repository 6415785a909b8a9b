"""Events arrive, signed, under one id; whoever dies in between and whatever is answered, none is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text, update

from lrs.webhooks import keeping, telling
from lrs.webhooks.events import AWARD
from lrs.webhooks.keeping import Addresses
from lrs.webhooks.telling import Event
from storage import audit
from storage.audit import Wanted
from storage.webhooks import webhooks
from tests.lrs.test_followers import wait_until
from tests.lrs.webhooks.hooking import SPACE, carrier
from tests.lrs.webhooks.receiver import receiver

if TYPE_CHECKING:
    from tests.lrs.webhooks.hooking import Hooked
    from tests.lrs.webhooks.receiver import Got

ROOT = Path(__file__).parents[3]
RULE: dict[str, Any] = {"rule": "a rule", "name": "Kỹ năng số"}


def test_an_event_arrives_signed_and_says_who_by_the_name_of_our_statements(everywhere: Hooked) -> None:
    hooked = everywhere
    _, secret = hooked.add(AWARD)
    who = hooked.learner(email="trai@example.org", phone="0912345678", staff_code="CC-017")
    hooked.tell(AWARD, RULE, who)

    (got,) = hooked.carry()

    assert got.signed_with(secret)
    assert not got.signed_with("whsec_" + "A" * 44)
    assert abs(int(got.fields["webhook-timestamp"]) - time.time()) < 60
    assert got.fields["content-type"] == "application/json"
    home = hooked.installation.public_url
    actor = {"objectType": "Agent", "account": {"homePage": home, "name": str(who)}}
    assert got.says["type"] == AWARD
    assert got.says["id"] == got.id
    assert got.says["space"] == {"name": "haiphong", "title": "Hải Phòng", "address": f"{home}/s/haiphong"}
    assert got.says["data"] == {
        "learner": {"actor": actor, "staffCode": "CC-017"},
        "award": {"id": "a rule", "name": "Kỹ năng số"},
    }
    assert hooked.states() == [("delivered", "delivered", 204)]
    assert hooked.waiting() == 0


def test_names_are_told_only_where_somebody_said_so_and_it_is_written_down(hooked: Hooked) -> None:
    hooked.add(AWARD)
    hooked.add(AWARD, contact=True)
    who = hooked.learner(email="trai@example.org", phone="0912345678")
    hooked.tell(AWARD, RULE, who)
    with hooked.installation.services.database.write(SPACE) as tx:
        for table in ("deliveries", "outbox", "webhooks", "audit"):
            found = str([tuple(row) for row in tx.run(text(f"select * from {table}"))])  # noqa: S608 - our own names
            assert not any(each in found for each in ("Trai", "example.org", "912345678", "localhost", "whsec_"))

    told = [got.says["data"]["learner"] for got in hooked.carry()]

    assert [{*each} for each in sorted(told, key=len)] == [{"actor"}, {"actor", "name", "phone", "email"}]
    with hooked.installation.services.database.read(SPACE) as tx:
        deeds = audit.page(tx, Wanted(acts=("identity.told",)), 10)
    assert [deed.subject_id for deed in deeds] == [who]


def test_a_tick_holds_for_what_happens_after_it_and_its_end_for_all_that_waits(hooked: Hooked) -> None:
    """Nobody's name goes out without a line in the log, and none after somebody said no more."""
    quiet, _ = hooked.add(AWARD)
    named, _ = hooked.add(AWARD, contact=True)
    hooked.tell(AWARD, RULE, hooked.learner())
    for webhook_id, contact in ((quiet, True), (named, False)):
        with hooked.installation.services.database.write(SPACE) as tx:
            Addresses(tx, hooked.installation.services.identity_keys).change(
                webhook_id, keeping.Wanted((AWARD,), contact)
            )

    assert ["name" in got.says["data"]["learner"] for got in hooked.carry()] == [False, False]


def test_what_is_mended_before_it_is_sent_is_right_in_it(hooked: Hooked) -> None:
    hooked.add(AWARD, contact=True)
    who = hooked.learner()
    hooked.tell(AWARD, RULE, who)
    page = f"/s/haiphong/people/{who}"
    hooked.boss().post(page, form_at=page, data={"name": "Tạ Thị Trai", "phone": "0987654321"})

    (got,) = hooked.carry()

    assert got.says["data"]["learner"]["name"] == "Tạ Thị Trai"
    assert got.says["data"]["learner"]["phone"] == "+84987654321"


def test_secrets_that_were_changed_sign_for_a_day(hooked: Hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    webhook_id, old = hooked.add(AWARD)
    rotate = ("webhook", "rotate", "--space", "haiphong", str(webhook_id))
    new = hooked.installation.haidang(*rotate)["secret"]
    hooked.tell(AWARD, RULE)
    (first,) = hooked.carry()
    pressed_twice = hooked.installation.haidang(*rotate)["secret"]
    hooked.tell(AWARD, RULE)
    (_, twice) = hooked.carry()
    monkeypatch.setattr(keeping, "BOTH_SIGN", timedelta(0))  # the day is over
    newest = hooked.installation.haidang(*rotate)["secret"]
    hooked.tell(AWARD, RULE)
    (_, _, second) = hooked.carry()

    assert [first.signed_with(each) for each in (old, new)] == [True, True]
    assert [twice.signed_with(each) for each in (old, new, pressed_twice)] == [True, True, True]
    assert [second.signed_with(each) for each in (pressed_twice, newest)] == [False, True]


def test_a_closed_account_and_a_removed_address_are_told_nothing(hooked: Hooked) -> None:
    webhook_id, _ = hooked.add(AWARD)
    who = hooked.learner()
    hooked.tell(AWARD, RULE, who)
    page = f"/s/haiphong/people/{who}"
    hooked.boss().post(f"{page}/close", form_at=page)
    assert hooked.carry() == []
    assert hooked.states() == [("dropped", "closed", None)]
    hooked.tell(AWARD, RULE)
    hooked.installation.haidang("webhook", "remove", "--space", "haiphong", str(webhook_id))

    assert hooked.carry() == []
    assert (hooked.deliveries(), hooked.waiting()) == ([], 0)


def test_without_the_setting_nothing_inside_is_reached(hooked: Hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    webhook_id, _ = hooked.add(AWARD)
    hooked.tell(AWARD, RULE)
    object.__setattr__(hooked.installation.services.config, "webhook_networks", ())

    assert hooked.carry() == []
    assert hooked.states() == [("waiting", "forbidden", None)]
    assert hooked.row(webhook_id).failures == 1


def test_once_each_by_however_many_carriers(everywhere: Hooked) -> None:
    everywhere.add(AWARD)
    for _ in range(12):
        everywhere.tell(AWARD, RULE)

    senders = [carrier(everywhere.installation.app) for _ in range(3)]  # each believes to lead
    for each in senders:
        each._round()
    for each in senders:
        for thread in [*each._at_work.values()]:
            thread.join()

    assert len({got.id for got in everywhere.there.got}) == len(everywhere.there.got) == 12


def test_a_system_that_hangs_holds_no_other_space(hooked: Hooked) -> None:
    hooked.installation.haidang("space", "add", "danang", "--name", "Đà Nẵng")
    over = threading.Event()

    def hang(_got: Got) -> int:
        over.wait(20)
        return 204

    with receiver() as fine:
        hooked.there.answers = hang
        hooked.add(AWARD)
        added = ("webhook", "add", "--space", "danang", "--event", AWARD, fine.url)
        hooked.installation.haidang(*added)
        for space in (1, 2):
            with hooked.installation.services.database.write(space) as tx:
                telling.tell(tx, [Event(AWARD, None, dict(RULE))])
        sender = carrier(hooked.installation.app, patience=20)
        sender._round()
        wait_until(lambda: len(fine.got) == 1)
        wait_until(lambda: hooked.waiting() == 1)  # what hangs is still in hand
        wait_until(lambda: len(hooked.there.got) == 1)
        over.set()
        for thread in [*sender._at_work.values()]:
            thread.join()
    assert hooked.waiting() == 0


@pytest.mark.parametrize("kill", [True, False])
def test_who_is_killed_between_telling_and_writing_it_down_loses_none(hooked: Hooked, *, kill: bool) -> None:
    """Never none, and again under the same id; the control is that without a kill it comes once."""
    hooked.add(AWARD)
    victim: list[int] = []

    def kill_first(_got: Got) -> int:
        if victim and kill:
            os.kill(victim.pop(), signal.SIGKILL)
        return 204

    hooked.there.answers = kill_first
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HAIDANG_")}
    words = [sys.executable, "-m", "tests.lrs.webhooks.hooking", "1"]
    with subprocess.Popen(
        words, cwd=ROOT, env=environ | hooked.installation.environ, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        victim.append(process.pid)
        hooked.tell(AWARD, RULE)
        if kill:
            assert process.wait(20) == -signal.SIGKILL
        else:
            wait_until(lambda: hooked.waiting() == 0)
            process.kill()
    if kill:
        assert [row.state for row in hooked.deliveries()] == ["waiting"]
        time.sleep(1)  # the claim of the dead runs out
    hooked.carry()

    assert [got.id for got in hooked.there.got] == [str(hooked.deliveries()[0].id)] * (2 if kill else 1)
    assert hooked.states() == [("delivered", "delivered", 204)]


def test_a_seal_that_does_not_open_is_said(hooked: Hooked) -> None:
    webhook_id, _ = hooked.add(AWARD)
    hooked.tell(AWARD, RULE)
    with hooked.installation.services.database.write(SPACE) as tx:
        tx.run(update(webhooks).values(key_id=9))

    assert hooked.carry() == []
    assert hooked.states() == [("failed", "unopened", None)]
    boss, page = hooked.boss(), f"/s/haiphong/webhooks/{webhook_id}"
    assert [boss.get(each).status_code for each in ("/s/haiphong/webhooks", page)] == [200, 200]
    assert "Không đọc được địa chỉ này nữa" in boss.post(f"{page}/rotate", form_at=page).text
    assert boss.post(f"{page}/remove", form_at=page).status_code == 303


def test_new_keys_of_names_seal_addresses_anew(hooked: Hooked) -> None:
    webhook_id, secret = hooked.add(AWARD)
    before = hooked.row(webhook_id)
    hooked.installation.haidang("identity", "rotate")
    hooked.tell(AWARD, RULE)
    (got,) = hooked.carry()

    assert hooked.row(webhook_id).key_id == before.key_id + 1
    assert got.signed_with(secret)
