"""What is not taken waits, longer each time, and nobody tries for ever; who looks after the space is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text, update

from lrs import metrics
from lrs.diagnosis import examine
from lrs.webhooks import telling
from lrs.webhooks.events import AWARD, REMINDER
from lrs.webhooks.keeping import Addresses
from storage.deliveries import deliveries
from storage.webhooks import webhooks
from tests.lrs.webhooks.hooking import SPACE

if TYPE_CHECKING:
    from tests.lrs.webhooks.hooking import Hooked

RULE: dict[str, Any] = {"rule": "a rule", "name": "Kỹ năng số"}


def age(hooked: Hooked, by: timedelta) -> None:
    """Let everything have been asked for that much earlier."""
    with hooked.installation.services.database.write(SPACE) as tx:
        tx.run(update(deliveries).values(asked=datetime.now(UTC) - by))


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
    who = hooked.learner()
    for name in ("xấu", "tốt", "tốt"):
        hooked.tell(AWARD, {"rule": "a rule", "name": name}, who)
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
    (finding,) = (each for each in examine(hooked.installation.services) if each.part == "webhooks")
    assert (finding.fine, finding.warning, finding.seen) == (
        True,
        True,
        "1 open, paused since they do not answer: haiphong",
    )
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


def test_a_test_does_not_rest_with_what_is_tried_in_vain_before_it(hooked: Hooked) -> None:
    webhook_id, _ = hooked.add(AWARD)
    hooked.tell(AWARD, RULE, hooked.learner())
    with hooked.installation.app.app_context(), hooked.installation.services.database.write(SPACE) as tx:
        telling.test(tx, Addresses(tx, hooked.installation.services.identity_keys).find(webhook_id))
    hooked.there.answers = lambda _: 503

    assert [got.says["type"] for got in hooked.carry()] == [AWARD, "webhook.test"]
