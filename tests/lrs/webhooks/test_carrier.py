"""Events arrive, signed, under one id; whoever dies in between and whatever is answered, none is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text, update

from lrs import metrics
from lrs.webhooks import keeping, telling
from lrs.webhooks.events import AWARD, REMINDER
from lrs.webhooks.keeping import Addresses
from lrs.webhooks.telling import Event
from storage import audit
from storage.audit import Wanted
from storage.deliveries import deliveries
from storage.webhooks import webhooks
from tests.lrs.test_followers import wait_until
from tests.lrs.webhooks.hooking import SPACE, carrier
from tests.lrs.webhooks.receiver import receiver

if TYPE_CHECKING:
    from tests.lrs.webhooks.hooking import Hooked
    from tests.lrs.webhooks.receiver import Got

ROOT = Path(__file__).parents[3]
RULE: dict[str, Any] = {"rule": "a rule", "name": "Kỹ năng số"}


def age(hooked: Hooked, by: timedelta) -> None:
    """Let everything have been asked for that much earlier."""
    with hooked.installation.services.database.write(SPACE) as tx:
        tx.run(update(deliveries).values(asked=datetime.now(UTC) - by))


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


def test_what_is_mended_before_it_is_sent_is_right_in_it(hooked: Hooked) -> None:
    hooked.add(AWARD, contact=True)
    who = hooked.learner()
    hooked.tell(AWARD, RULE, who)
    page = f"/s/haiphong/people/{who}"
    hooked.boss().post(page, form_at=page, data={"name": "Tạ Thị Trai", "phone": "0987654321"})

    (got,) = hooked.carry()

    assert got.says["data"]["learner"]["name"] == "Tạ Thị Trai"
    assert got.says["data"]["learner"]["phone"] == "+84987654321"


def test_both_secrets_sign_for_a_day(hooked: Hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    webhook_id, old = hooked.add(AWARD)
    rotate = ("webhook", "rotate", "--space", "haiphong", str(webhook_id))
    new = hooked.installation.haidang(*rotate)["secret"]
    hooked.tell(AWARD, RULE)
    (first,) = hooked.carry()
    monkeypatch.setattr(keeping, "BOTH_SIGN", timedelta(0))  # the day is over
    newest = hooked.installation.haidang(*rotate)["secret"]
    hooked.tell(AWARD, RULE)
    (_, second) = hooked.carry()

    assert [first.signed_with(each) for each in (old, new)] == [True, True]
    assert [second.signed_with(each) for each in (new, newest)] == [False, True]


def test_an_address_that_is_away_rests_with_all_that_waits_for_it(hooked: Hooked) -> None:
    webhook_id, _ = hooked.add(AWARD)
    for _ in range(5):
        hooked.tell(AWARD, RULE)
    hooked.there.answers = lambda _: 503

    assert len(hooked.carry()) == 1  # the others are spared
    assert len(hooked.carry()) == 1
    hooked.hurry()
    assert len(hooked.carry()) == 2
    row = hooked.row(webhook_id)
    assert (row.failures, row.state) == (2, "active")
    hooked.there.answers = lambda _: 204
    hooked.installation.haidang("webhook", "retry", "--space", "haiphong", str(webhook_id))
    ids = [got.id for got in hooked.carry()[2:]]

    assert len(ids) == len({*ids}) == 5
    assert {got.id for got in hooked.there.got[:2]} <= {*ids}
    assert hooked.row(webhook_id).failing is None
    assert hooked.waiting() == 0


def test_retry_after_is_obeyed(hooked: Hooked) -> None:
    hooked.add(AWARD)
    hooked.tell(AWARD, RULE)
    hooked.there.answers = lambda _: (429, {"Retry-After": "7200"})

    hooked.carry()

    with hooked.installation.services.database.read(SPACE) as tx:
        due = datetime.fromisoformat(str(tx.run(text("select due from outbox")).scalar_one()))
    assert timedelta(seconds=7100) < due - datetime.now(UTC) < timedelta(seconds=7201)


def test_an_event_that_is_not_wanted_holds_no_other(hooked: Hooked) -> None:
    hooked.add(AWARD)
    for name in ("xấu", "tốt", "tốt"):
        hooked.tell(AWARD, {"rule": "a rule", "name": name})
    hooked.there.answers = lambda got: 422 if got.says["data"]["award"]["name"] == "xấu" else 204

    assert len(hooked.carry()) == 3
    assert sorted(hooked.states()) == [
        ("delivered", "delivered", 204),
        ("delivered", "delivered", 204),
        ("waiting", "refused", 422),
    ]


def test_gone_pauses_the_address_and_says_so(hooked: Hooked) -> None:
    webhook_id, _ = hooked.add(AWARD)
    hooked.tell(AWARD, RULE)
    hooked.there.answers = lambda _: 410

    hooked.carry()
    hooked.tell(AWARD, RULE)  # nothing is put in any more

    assert hooked.row(webhook_id).state == "gone"
    assert len(hooked.deliveries()) == 1
    boss = hooked.boss()
    assert "hệ thống khác không còn được báo" in boss.get("/s/haiphong/").text
    assert "không muốn nhận tin nữa" in boss.get(f"/s/haiphong/webhooks/{webhook_id}").text
    hooked.there.answers = lambda _: 204
    hooked.installation.haidang("webhook", "resume", "--space", "haiphong", str(webhook_id))
    assert len(hooked.carry()) == 2
    assert "không còn được báo" not in boss.get("/s/haiphong/").text


def test_who_takes_nothing_for_three_days_is_paused(hooked: Hooked) -> None:
    webhook_id, _ = hooked.add(AWARD)
    hooked.tell(AWARD, RULE)
    hooked.there.answers = lambda _: 500
    hooked.carry()
    assert hooked.row(webhook_id).state == "active"
    with hooked.installation.services.database.write(SPACE) as tx:
        tx.run(update(webhooks).values(failing=datetime.now(UTC) - timedelta(days=3, seconds=1)))
    hooked.hurry()
    hooked.carry()

    assert hooked.row(webhook_id).state == "failing"
    age(hooked, timedelta(days=3, seconds=1))
    hooked.hurry()
    assert len(hooked.carry()) == 2
    assert hooked.states() == [("failed", "trouble", 500)]
    assert hooked.waiting() == 0


@pytest.mark.parametrize(("event", "days"), [(REMINDER, 1), (AWARD, 3)])
def test_what_is_too_late_fails_and_can_be_sent_again(hooked: Hooked, event: str, days: int) -> None:
    webhook_id, _ = hooked.add(event)
    hooked.tell(
        event, RULE | {"course": "77", "titles": {"vi": "Kỹ năng số"}, "deadline": "2030-03-31", "when": "week"}
    )
    age(hooked, timedelta(days=days, seconds=1))

    assert hooked.carry() == []
    assert hooked.states() == [("failed", "late", None)]
    before = metrics.WEBHOOKS.labels(event, "delivered")._value.get()
    again = hooked.installation.haidang("webhook", "retry", "--space", "haiphong", str(webhook_id))
    (got,) = hooked.carry()

    assert again["again"] == 1
    assert got.id == str(hooked.deliveries()[0].id)
    assert metrics.WEBHOOKS.labels(event, "delivered")._value.get() == before + 1


def test_a_test_has_one_attempt_and_reaches_a_paused_address(hooked: Hooked) -> None:
    webhook_id, secret = hooked.add(AWARD)
    hooked.installation.haidang("webhook", "pause", "--space", "haiphong", str(webhook_id))
    hooked.tell(AWARD, RULE)
    hooked.there.answers = lambda _: 500
    for _ in range(2):
        with hooked.installation.app.app_context(), hooked.installation.services.database.write(SPACE) as tx:
            telling.test(tx, Addresses(tx, hooked.installation.services.identity_keys).find(webhook_id))
        hooked.carry()
        hooked.there.answers = lambda _: 200

    assert [(got.says["type"], got.signed_with(secret)) for got in hooked.there.got] == [("webhook.test", True)] * 2
    assert hooked.states() == [("dropped", "trouble", 500), ("delivered", "delivered", 200)]


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
        assert len(hooked.there.got) == 1
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
    hooked.add(AWARD)
    hooked.tell(AWARD, RULE)
    with hooked.installation.services.database.write(SPACE) as tx:
        tx.run(update(webhooks).values(key_id=9))

    assert hooked.carry() == []
    assert hooked.states() == [("failed", "unopened", None)]
    assert hooked.boss().get("/s/haiphong/webhooks").status_code == 200


def test_new_keys_of_names_seal_addresses_anew(hooked: Hooked) -> None:
    webhook_id, secret = hooked.add(AWARD)
    before = hooked.row(webhook_id)
    hooked.installation.haidang("identity", "rotate")
    hooked.tell(AWARD, RULE)
    (got,) = hooked.carry()

    assert hooked.row(webhook_id).key_id == before.key_id + 1
    assert got.signed_with(secret)
