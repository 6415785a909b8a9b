"""How often an hour: by device, by address, in a space."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from lrs.people import limits
from lrs.people.limits import Limit, TooMany, Visitor, network_of

if TYPE_CHECKING:
    from tests.parts.installations import Installation

NOW = datetime(2026, 3, 4, 5, 40, tzinfo=UTC)
LIMIT = Limit("a deed", device=2, address=4, space=6)


def counts(installation: Installation, visitors: list[Visitor], now: datetime = NOW) -> list[bool]:
    """Let these do it one after another; say who was let."""
    services, let = installation.services, []
    for who in visitors:
        try:
            with services.database.write(1) as tx:
                limits.take(tx, services.identity_keys, LIMIT, who, now)
            let.append(True)
        except TooMany:
            let.append(False)
    return let


@pytest.mark.parametrize(
    ("visitors", "let"),
    [
        ([Visitor("a", "")] * 3, 2),
        ([Visitor(str(n), "8.8.8.8") for n in range(6)], 4),
        ([Visitor(str(n), f"8.8.8.{n}") for n in range(8)], 6),
        ([Visitor(str(n), f"::ffff:8.8.8.{n}") for n in range(8)], 6),
        ([Visitor(str(n), f"2a00:1450:4001:81b::{n}") for n in range(6)], 4),
        ([Visitor(str(n), f"2a00:1450:4001:{n}::1") for n in range(8)], 6),
        ([Visitor(str(n), "127.0.0.1") for n in range(8)], 6),
        ([Visitor(str(n), "10.0.0.7") for n in range(8)], 6),
    ],
    ids=[
        "a device",
        "an address",
        "a space",
        "a space by one socket",
        "a network of IPv6",
        "several of them",
        "the machine",
        "a proxy inside",
    ],
)
def test_whoever_is_over_is_not_let(embedded: Installation, visitors: list[Visitor], let: int) -> None:
    assert counts(embedded, visitors) == [True] * let + [False] * (len(visitors) - let)


def test_the_next_hour_begins_anew_and_the_wait_says_when(embedded: Installation) -> None:
    visitors = [Visitor("a", "")] * 2
    counts(embedded, visitors)

    services = embedded.services
    with pytest.raises(TooMany) as over, services.database.write(1) as tx:
        limits.take(tx, services.identity_keys, LIMIT, visitors[0], NOW)
    assert over.value.retry_after == 20 * 60
    assert counts(embedded, visitors, NOW + timedelta(minutes=20)) == [True, True]


def test_what_is_counted_is_forgotten_after_its_hour(embedded: Installation) -> None:
    counts(embedded, [Visitor(str(n), f"8.8.8.{n}") for n in range(3)])
    counts(embedded, [Visitor("a", "")], NOW + timedelta(hours=1))

    with embedded.services.database.read(1) as tx:
        hours = tx.connection.exec_driver_sql("select distinct hour from hourly").scalars().all()
    assert [hour[:13] for hour in hours] == ["2026-03-04T06"]


@pytest.mark.parametrize("address", ["", "nonsense", "192.168.1.1", "::1", "fe80::1", "100.64.0.1"])
def test_what_no_network_outside_knows_is_not_counted(address: str) -> None:
    assert network_of(address) == ""
