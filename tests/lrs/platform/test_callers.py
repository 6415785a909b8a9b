"""The platform's session: who has it, for how long, and that it is noted when it is used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from lrs.people.keeper import keeper_of
from lrs.people.seen import Seen
from lrs.platform import entry
from storage import platform

if TYPE_CHECKING:
    import pytest

    from tests.parts.installations import Installation


def test_without_a_session_a_page_says_how_to_come_in(embedded: Installation) -> None:
    answer = embedded.visitor().get("/platform")

    assert answer.status_code == 401
    assert "haidang platform link" in answer.text
    assert "Đăng nhập</a>" not in answer.text


def test_a_session_of_a_space_is_nothing_here(embedded: Installation) -> None:
    assert embedded.person("owner").get("/platform").status_code == 401
    assert embedded.above().get("/platform").status_code == 200  # control


def test_a_session_ends_by_itself(embedded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "SESSION_LASTS", timedelta(seconds=-1))

    assert embedded.above().get("/platform").status_code == 401


def test_a_session_that_is_used_is_noted_now_and_then(embedded: Installation) -> None:
    person, long_ago = embedded.above(), datetime(2020, 1, 1, tzinfo=UTC)
    database = embedded.services.database

    def seen() -> datetime:
        with database.read() as tx:
            (session,) = platform.open_sessions(tx, datetime.now(UTC))
        return session.seen

    with database.write() as tx:
        platform.see_session(tx, platform.open_sessions(tx, datetime.now(UTC))[0].id, long_ago)
    object.__setattr__(keeper_of(embedded.app), "seen", Seen(clock=lambda: 0.0))
    person.get("/platform")
    first = seen()
    person.get("/platform")

    assert long_ago < first == seen()
