"""What an answer means, and how long it lets us wait."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lrs.webhooks.answers import ALONE, Answer, meaning, rest

NOW = datetime(2026, 3, 25, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        *((each, "delivered") for each in (200, 202, 204, 299)),
        *((each, "moved") for each in (301, 302, 307, 308)),
        *((each, "refused") for each in (400, 409, 413, 422)),
        *((each, "denied") for each in (401, 403)),
        *((each, "nowhere") for each in (404, 405, 421)),
        *((each, "busy") for each in (408, 425, 429)),
        *((each, "trouble") for each in (500, 502, 503, 504)),
        (410, "gone"),
        (199, "broken"),
        (999, "broken"),
    ],
)
def test_each_status_has_a_word(status: int, word: str) -> None:
    assert meaning(status, "", NOW) == Answer(word, status)
    assert (word in ALONE) is (word == "refused")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Wed, 25 Mar 2026 02:01:00 GMT", 60),
        ("Wed, 25 Mar 2026 01:00:00 GMT", 0),
        ("", 0),
        ("-5", 0),
        ("soon", 0),
        (f"Wed, 25 Mar 2026 02:01:00 +{'9' * 20}", 0),
        ("٣", 0),
        ("9" * 400, 999999999),
    ],
)
def test_retry_after_is_seconds_or_a_moment(text: str, seconds: float) -> None:
    assert meaning(503, text, NOW).wait == seconds


def test_the_wait_doubles_to_an_hour_and_is_at_least_what_was_asked_for_up_to_a_day() -> None:
    trouble, alone = Answer("trouble"), Answer("refused")

    assert [rest(trouble, each) for each in (1, 2, 3, 11, 500)] == [5, 10, 20, 3600, 3600]
    assert [rest(alone, each) for each in (1, 2, 7, 500)] == [60, 120, 3600, 3600]
    assert [rest(Answer("busy", 429, wait), 1) for wait in (1, 90, 1e9)] == [5, 90, 86400]
