"""The driver is asked past SQLAlchemy, and fails as SQLAlchemy would; connections that break are in test_postgresql.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError

from storage import spaces
from storage.driver import ask

if TYPE_CHECKING:
    from storage.database import Tx
    from tests.parts.databases import Ground


def test_an_answer_is_the_drivers_own(ground: Ground) -> None:
    asked = {"postgresql": "select %s", "sqlite": "select ?"}[ground.app.dialect]

    with ground.app.read() as tx:
        assert ask(tx.connection, "select 1, 'đ'").fetchall() == [(1, "đ")]
        assert ask(tx.connection, asked, ("a",)).fetchone() == ("a",)


@pytest.mark.parametrize("asked", ["select nothing from nowhere", "selekt 1"])
def test_a_mistake_is_what_sqlalchemy_makes_of_it(ground: Ground, asked: str) -> None:
    kinds: list[type[DBAPIError]] = []
    for past_sqlalchemy in (True, False):
        with pytest.raises((ProgrammingError, OperationalError)) as told, ground.app.read() as tx:
            ask(tx.connection, asked) if past_sqlalchemy else tx.run(text(asked))
        kinds.append(type(told.value))

    assert kinds[0] is kinds[1]


def test_the_values_of_what_failed_are_not_repeated(ground: Ground) -> None:
    asked = {"postgresql": "select %s from nowhere", "sqlite": "select ? from nowhere"}[ground.app.dialect]

    with pytest.raises(DBAPIError) as told, ground.app.read() as tx:
        ask(tx.connection, asked, ("mailto:an@example.org",))

    assert "an@example.org" not in str(told.value)


def test_an_error_takes_back_what_came_before_it(ground: Ground) -> None:
    ground.space("haiphong")

    def write(tx: Tx) -> None:
        ask(tx.connection, "update spaces set name = 'other'")
        ask(tx.connection, "update spaces set name = null")

    with pytest.raises(IntegrityError), ground.owner.write() as tx:
        write(tx)

    with ground.owner.read() as tx:
        found = spaces.find_by_slug(tx, "haiphong")
    assert found is not None
    assert found.name == "Haiphong"
