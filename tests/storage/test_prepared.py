"""A query that is compiled once gives what SQLAlchemy's own way gives, in both kinds of database."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import BigInteger, Uuid, bindparam, select

from storage.columns import Instant, Space
from storage.prepared import Prepared
from storage.statements import statements
from tests.storage.samples import keep, now, statement

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_values_go_in_and_rows_come_out_as_their_columns_say(ground: Ground) -> None:
    space, moment = ground.space(), now()
    ours = statement(stored=moment, registration=uuid.uuid4())
    with ground.app.write(space) as tx:
        keep(tx, [ours, statement(stored=moment + timedelta(seconds=1))])
    query = (
        select(statements.c.id, statements.c.stored, statements.c.registration, statements.c.activity)
        .where(statements.c.space_id == bindparam("space", type_=Space))
        .where(statements.c.stored <= bindparam("until", type_=Instant))
        .where(statements.c.registration == bindparam("registration", type_=Uuid))
        .where(statements.c.provenance == "client-asserted")
        .limit(bindparam("limit", type_=BigInteger))
    )
    values = {"space": space, "until": moment, "registration": ours.registration, "limit": 5}
    prepared = Prepared(query)

    with ground.app.read(space) as tx:
        assert prepared.run(tx, values) == [(ours.id, moment, ours.registration, ours.activity)]
        assert prepared.run(tx, values) == [tuple(row) for row in tx.run(query, values)]
        assert prepared.run(tx, values | {"until": moment - timedelta(seconds=1)}) == []


def test_a_value_that_is_not_given_is_missed(ground: Ground) -> None:
    query = Prepared(select(statements.c.id).where(statements.c.space_id == bindparam("space", type_=Space)))

    with ground.app.read(ground.space()) as tx, pytest.raises(KeyError, match="space"):
        query.run(tx, {})
