"""Timestamp and stored: when it was, and when it came (Data 2.4.7, 2.4.8; 2.0: 4.2.4.2)."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.conformance.requirements import BOTH, Lrs, Rule, each, requirement, said
from tests.parts.programs import V2

NOW = "2026-01-31T08:00:00Z"


@requirement("Data 2.4.7", "4.2.4.2")
@each([Rule("a timestamp is one", {"timestamp": "yesterday"}, {"timestamp": NOW})])
def test_a_timestamp(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.7", "4.2.4.2")
@BOTH
def test_a_timestamp_that_was_not_sent_is_when_it_was_stored(lrs: Lrs, version: str) -> None:
    made = said({})
    lrs(version).post(made)
    kept = lrs(version).get(statementId=made["id"]).json

    assert kept is not None
    assert kept["timestamp"] == kept["stored"]


@requirement("Data 2.4.7", "4.2.4.2")
@BOTH
@pytest.mark.parametrize("place", ["timestamp", "object.timestamp"])
def test_a_timestamp_may_lie_ahead(lrs: Lrs, version: str, place: str) -> None:
    sub = {
        "objectType": "SubStatement",
        "actor": {"mbox": "mailto:a@b.vn"},
        "verb": {"id": "x:v"},
        "object": {"id": "x:o"},
    }

    assert lrs(version).post(said({"object": sub, place: "2999-12-31T00:00:00Z"})).status_code == 200


@requirement("Data 2.4.8", "4.2.4.2")
@each(
    [
        Rule(f"stored is not {wrong!r}", {"stored": wrong}, {"stored": NOW})
        for wrong in ("", "yesterday", 1, None, "2026-02-30T00:00:00Z", "2026-01-31T08:00:00-00:00")
    ]
)
def test_a_stored_that_is_sent_is_checked(lrs: Lrs, rule: Rule, version: str) -> None:
    rule.check(lrs(version))


@requirement("Data 2.4.8", "4.2.4.2")
@BOTH
@pytest.mark.parametrize("sent", [{}, {"stored": "2001-01-01T00:00:00Z"}], ids=["left out", "sent"])
def test_stored_is_the_records_own_and_now(lrs: Lrs, version: str, sent: dict[str, str]) -> None:
    made = said(sent)
    lrs(version).post(made)
    kept = lrs(version).get(statementId=made["id"]).json

    assert kept is not None
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3,}Z", kept["stored"])
    assert abs(datetime.fromisoformat(kept["stored"]) - datetime.now(UTC)) < timedelta(minutes=1)


@requirement("Data 2.4.8", "4.2.4.2")
def test_stored_never_goes_back(lrs: Lrs) -> None:
    moments = []
    for _ in range(3):
        batch = [said({}) for _ in range(3)]
        lrs(V2).post(batch)
        moments += [(lrs(V2).get(statementId=one["id"]).json or {})["stored"] for one in batch]

    assert moments == sorted(moments)
    assert moments[0] < moments[-1]
