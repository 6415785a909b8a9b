"""Column types mean the same in both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, select

from storage.columns import Instant
from storage.people import accounts
from storage.statements import statements
from tests.storage.samples import fill

if TYPE_CHECKING:
    from sqlalchemy import Dialect

    from tests.parts.databases import Ground

DIALECTS = [create_engine(url).dialect for url in ("sqlite://", "postgresql+psycopg://")]
moments = st.datetimes(timezones=st.just(UTC))


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
@settings(deadline=None)
@given(moment=moments)
def test_a_moment_comes_back_as_it_was(dialect: Dialect, moment: datetime) -> None:
    kept = Instant().process_bind_param(moment, dialect)

    read = Instant().result_processor(dialect, None) or (lambda as_it_is: as_it_is)
    assert read(kept) == moment


@settings(deadline=None)
@given(one=moments, other=moments)
def test_in_sqlite_moments_sort_as_time_does(one: datetime, other: datetime) -> None:
    texts = [Instant().process_bind_param(moment, DIALECTS[0]) for moment in (one, other)]

    assert (texts[0] < texts[1]) == (one < other)
    assert {len(text) for text in texts} == {27}


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_moment_without_a_zone_is_refused(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(datetime(2026, 1, 1), dialect)  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 2, 3, 4, 5, 6, 789012, tzinfo=timezone(timedelta(hours=7))),
        datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
    ],
    ids=str,
)
def test_a_moment_lies_in_both_databases_in_utc(shared: Ground, space: int, moment: datetime) -> None:
    account = shared.account(space)

    with shared.app.write(space) as tx:
        tx.run(accounts.update().where(accounts.c.id == account.id).values(created=moment))
    with shared.app.read(space) as tx:
        found = tx.run(select(accounts.c.created).where(accounts.c.id == account.id)).scalar_one()

    assert found == moment
    assert found.utcoffset() == timedelta(0)


def test_a_transaction_id_is_a_number_of_64_bits(ground: Ground) -> None:
    most = 2**63 - 1 if ground.app.dialect == "sqlite" else 2**64 - 1
    space = ground.space()

    with ground.owner.write(space) as tx:
        row = fill(tx, space)["statements"] | {"txid": most, "seq": 1}
        tx.run(statements.delete())
        tx.run(insert(statements), row)
    with ground.app.read(space) as tx:
        assert tx.run(select(statements.c.txid)).scalar_one() == most
