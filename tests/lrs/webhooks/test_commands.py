"""`haidang webhook` does what the pages do."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

from lrs.webhooks import commands
from lrs.webhooks.events import AWARD
from tests.lrs.webhooks.hooking import carry

if TYPE_CHECKING:
    import pytest

    from tests.lrs.webhooks.hooking import Hooked


def test_a_test_says_what_the_other_system_answered(hooked: Hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    webhook_id, secret = hooked.add(AWARD)
    test = ("webhook", "test", "--space", "haiphong", str(webhook_id))
    monkeypatch.setattr(commands, "PATIENCE", 0.2)
    assert "is the service running?" in hooked.installation.haidang(*test, code=1)["error"]
    monkeypatch.setattr(commands, "PATIENCE", 30.0)
    clock = SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: carry(hooked.installation.app))
    monkeypatch.setattr(commands, "time", clock)

    told = hooked.installation.haidang(*test)

    assert (told["state"], told["status"]) == ("delivered", 204)
    assert all(got.signed_with(secret) for got in hooked.there.got)
    hooked.there.answers = lambda _: 404
    assert "nowhere 404" in hooked.installation.haidang(*test, code=1)["error"]


def test_what_waits_and_what_failed_is_listed_with_the_reason(hooked: Hooked) -> None:
    webhook_id, _ = hooked.add(AWARD)
    hooked.tell(AWARD, {"rule": "a rule", "name": ""})
    hooked.there.answers = lambda _: 401
    hooked.carry()

    (listed,) = hooked.installation.haidang("webhook", "list", "--space", "haiphong")["webhooks"]
    shown = hooked.installation.haidang("webhook", "show", "--space", "haiphong", str(webhook_id))

    assert (listed["url"], listed["events"], listed["waiting"]) == (hooked.there.url, [AWARD], 1)
    (delivery,) = shown["deliveries"]
    assert (delivery["reason"], delivery["status"], delivery["state"]) == ("denied", 401, "waiting")


def test_what_is_wrong_is_said_in_one_line(hooked: Hooked) -> None:
    add = ("webhook", "add", "--space", "haiphong")
    nobody = "00000000-0000-4000-8000-000000000000"

    assert "https://" in hooked.installation.haidang(*add, "--event", AWARD, "ftp://x", code=1)["error"]
    assert "Hãy chọn" in hooked.installation.haidang(*add, "https://a.example.org/", code=1)["error"]
    assert nobody in hooked.installation.haidang("webhook", "show", "--space", "haiphong", nobody, code=1)["error"]
