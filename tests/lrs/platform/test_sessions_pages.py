"""The open sessions of the platform, and their end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrs.platform import deeds
from storage import platform

if TYPE_CHECKING:
    from tests.parts.installations import Installation

SESSIONS = "/platform/sessions"


def test_a_session_is_ended_from_another(embedded: Installation) -> None:
    one, other, third = (embedded.above() for _ in range(3))
    ends = re.findall(r'action="(/platform/sessions/[0-9a-f-]+/end)"', one.get(SESSIONS).text)
    assert len(ends) == 2

    answer = one.post(ends[0], form_at=SESSIONS)

    assert "Đã xong" in one.get(answer.location).text
    assert sorted(person.get("/platform").status_code for person in (other, third)) == [200, 401]
    assert one.get("/platform").status_code == 200


def test_all_others_are_ended_at_once(embedded: Installation) -> None:
    one, *others = (embedded.above() for _ in range(3))

    assert one.post(f"{SESSIONS}/end", form_at=SESSIONS).status_code == 303

    assert [person.get("/platform").status_code for person in (one, *others)] == [200, 401, 401]


def test_what_is_ended_is_written_down_once(embedded: Installation) -> None:
    one, _ = embedded.above(), embedded.above()
    (end,) = re.findall(r'action="(/platform/sessions/[0-9a-f-]+/end)"', one.get(SESSIONS).text)

    for path in (end, end, f"{SESSIONS}/end"):
        assert one.post(path, form_at=SESSIONS).status_code == 303

    with embedded.services.database.read() as tx:
        assert [deed.act for deed, _ in platform.deeds(tx, 10)].count(deeds.ENDED) == 1
