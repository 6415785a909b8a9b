"""The page is served to everybody, as it is and as a file, and knows the keys of all spaces."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from lrs.checking.pages import known
from storage.issuing import PublicRow
from tests.lrs.issuing.given import issued, seal

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def keys_in(page: str) -> list[dict[str, Any]]:
    """Read the keys that a page knows."""
    (text,) = re.findall(r'id="known">(.*?)</script>', page)
    found: list[dict[str, Any]] = json.loads(text)["keys"]
    return found


def test_the_page_knows_the_keys_of_all_spaces(installation: Installation) -> None:
    seal(installation, issued(installation))

    answer = installation.visitor().get("/v/")

    assert answer.status_code == 200
    assert [key["space"] for key in keys_in(answer.text)] == ["haiphong"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert installation.visitor().get("/v/save").text == answer.text
    assert "attachment" in installation.visitor().get("/v/save").headers["Content-Disposition"]


def test_the_worker_may_ask_its_own_server_alone(embedded: Installation) -> None:
    answer = embedded.visitor().get("/v/worker.js")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"


def test_a_retired_key_signed_until_the_end_of_that_day_wherever_it_is() -> None:
    retired = datetime(2026, 11, 22, 20, tzinfo=UTC)

    assert (
        known(PublicRow("haiphong", "Hải Phòng", b"key", retired, None)).until == (retired + timedelta(days=1)).date()
    )
    assert known(PublicRow("haiphong", "Hải Phòng", b"key", retired, retired)).withdrawn
