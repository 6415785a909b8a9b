"""Who looks after a space says which other systems are told what, and sees what did not arrive."""

from __future__ import annotations

import re
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from lrs.webhooks import pages
from lrs.webhooks.events import AWARD, EVENTS, REMINDER
from storage import deliveries
from tests.lrs.webhooks.hooking import HOOKS, SPACE, carry

if TYPE_CHECKING:
    from tests.lrs.webhooks.hooking import Hooked
    from tests.parts.installations import Person


@pytest.fixture(autouse=True)
def _carried_meanwhile(monkeypatch: pytest.MonkeyPatch, hooked: Hooked) -> None:
    """Let a page that waits for an answer find that somebody has carried."""
    clock = SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: carry(hooked.installation.app))
    monkeypatch.setattr(pages, "time", clock)


def add(hooked: Hooked, boss: Person, *events: str, **more: object) -> tuple[str, str]:
    """Send the form; give the page and the secret."""
    data = {"url": hooked.there.url, "event": [*events] or [REMINDER]} | more
    answer = boss.post(HOOKS, form_at=HOOKS, data=data)
    assert answer.status_code == 200, answer.text
    found = re.search(r'href="(/s/haiphong/webhooks/[0-9a-f-]{36})"', answer.text)
    assert found is not None
    url, secret = re.findall(r"<dd><code>([^<]+)</code>", answer.text)
    assert url == hooked.there.url
    return found[1], secret


def test_the_secret_is_shown_once_and_a_test_arrives(hooked: Hooked) -> None:
    boss = hooked.boss()
    page, secret = add(hooked, boss)

    answer = boss.post(f"{page}/test", form_at=page)

    assert "Tin thử đã đến nơi" in boss.get(answer.location).text
    (got,) = hooked.there.got
    assert (got.says["type"], got.signed_with(secret)) == ("webhook.test", True)
    assert got.says["data"] == {"text": "Đây là tin thử. Không có việc gì xảy ra."}
    for each in (page, HOOKS):
        assert secret not in boss.get(each).text
        assert hooked.there.url in boss.get(each).text
    assert "thêm một hệ thống khác được báo" in boss.get("/s/haiphong/audit").text


WHY = {
    307: "đã chuyển đi nơi khác",
    401: "đã có mật mã của chúng ta chưa",
    404: "không có gì ở địa chỉ này",
    500: "đang gặp lỗi của nó",
}


def test_a_test_that_does_not_arrive_says_why(hooked: Hooked) -> None:
    boss = hooked.boss()
    page, _ = add(hooked, boss)

    for status, words in WHY.items():
        hooked.there.answers = lambda _, status=status: status  # type: ignore[misc]  # the one of this turn
        shown = boss.get(boss.post(f"{page}/test", form_at=page).location).text
        assert "Tin thử chưa đến nơi" in shown
        assert f"{words}" in shown
        assert f"({status})" in shown


def test_what_failed_is_named_with_its_reason_and_sent_again(hooked: Hooked) -> None:
    boss = hooked.boss()
    page, _ = add(hooked, boss, AWARD)
    who = hooked.learner("Tạ Trai")
    hooked.tell(AWARD, {"rule": "a rule", "name": "Kỹ năng số"}, who)
    hooked.there.answers = lambda _: 503
    hooked.carry()
    shown = boss.get(page).text
    assert "Tạ Trai" in shown
    assert "đang gặp lỗi của nó" in shown
    hooked.there.answers = lambda _: 200
    boss.post(f"{page}/hurry", form_at=page)
    hooked.carry()

    assert "Đến nơi gần đây" in boss.get(page).text
    with hooked.installation.services.database.write(SPACE) as tx:
        deliveries.settle(tx, hooked.deliveries()[0].id, "failed", "late", hooked.deliveries()[0].asked)
    assert "kịp" in boss.get(page).text
    answer = boss.post(f"{page}/again/{hooked.deliveries()[0].id}", form_at=page)
    hooked.carry()

    assert "Tin được gửi lại" in boss.get(answer.location).text
    assert [got.id for got in hooked.there.got] == [str(hooked.deliveries()[0].id)] * 3


def test_everything_can_be_changed_and_taken_back(hooked: Hooked) -> None:
    boss = hooked.boss()
    page, old = add(hooked, boss)
    boss.post(page, form_at=page, data={"event": [AWARD], "contact": "1"})
    boss.post(f"{page}/pause", form_at=page)
    hooked.tell(AWARD, {"rule": "a rule", "name": ""})
    assert hooked.deliveries() == []
    boss.post(f"{page}/resume", form_at=page)
    rotated = boss.post(f"{page}/rotate", form_at=page)
    new = re.findall(r"<dd><code>(whsec_[^<]+)</code>", rotated.text)[0]
    hooked.tell(AWARD, {"rule": "a rule", "name": ""})
    (got,) = hooked.carry()
    removed = boss.post(f"{page}/remove", form_at=page)

    assert [got.signed_with(each) for each in (old, new)] == [True, True]
    assert "Đã xóa" in boss.get(removed.location).text
    assert boss.get(page).status_code == 404
    log = boss.get("/s/haiphong/audit").text
    for words in ("đổi những việc", "tạm ngừng báo", "lại báo cho", "tạo mật mã mới", "xóa một hệ thống"):
        assert words in log


WRONG: list[tuple[dict[str, object], str]] = [
    ({"url": "", "event": [AWARD]}, "Địa chỉ có dạng như"),
    ({"url": "ftp://a.example.org", "event": [AWARD]}, "Địa chỉ bắt đầu bằng https://"),
    ({"url": "https://a:b@c.example.org", "event": [AWARD]}, "Đừng ghi tên và mật khẩu"),
    ({"url": "https://192.168.1.9/", "event": [AWARD]}, "nằm trong một mạng nội bộ"),
    ({"url": "https://[::ffff:10.0.0.1]/", "event": [AWARD]}, "nằm trong một mạng nội bộ"),
    ({"url": "https://a.example.org/"}, "Hãy chọn những việc cần báo"),
    ({"url": "https://a.example.org/", "event": ["nothing.known"]}, "Hãy chọn những việc cần báo"),
]


def test_what_cannot_be_meant_is_said_beside_its_field(hooked: Hooked) -> None:
    boss = hooked.boss()

    for given, words in WRONG:
        answer = boss.post(HOOKS, form_at=HOOKS, data=given)
        assert answer.status_code == 422
        assert words in answer.text
        assert str(given["url"]) in answer.text


def test_plain_http_needs_a_network_that_is_allowed(hooked: Hooked) -> None:
    boss = hooked.boss()
    object.__setattr__(hooked.installation.services.config, "webhook_networks", ())

    for url, words in (("http://a.example.org/", "bắt đầu bằng https://"), ("https://a.example.org:22/", "cổng")):
        answer = boss.post(HOOKS, form_at=HOOKS, data={"url": url, "event": [AWARD]})
        assert answer.status_code == 422
        assert words in answer.text


def test_there_is_room_for_ten(hooked: Hooked) -> None:
    boss = hooked.boss()
    for _ in range(10):
        hooked.add()

    answer = boss.post(HOOKS, form_at=HOOKS, data={"url": "https://a.example.org/", "event": [*EVENTS]})

    assert answer.status_code == 409
    assert "nhiều nhất 10 hệ thống khác" in answer.text


def test_another_spaces_address_is_not_there(hooked: Hooked) -> None:
    webhook_id, _ = hooked.add()
    hooked.installation.haidang("space", "add", "danang", "--name", "Đà Nẵng")
    stranger = hooked.installation.person("owner", "danang")

    assert stranger.get(f"/s/danang/webhooks/{webhook_id}").status_code == 404
    assert hooked.there.url not in stranger.get("/s/danang/webhooks").text
    assert hooked.installation.person("author").get(HOOKS).status_code == 403
