"""The statement log: appended once, the text as it was sent, read in order."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from storage import definitions, statements
from storage.definitions import Definition
from storage.errors import AlreadyThere
from tests.storage.samples import entry, keep, statement

if TYPE_CHECKING:
    from storage.statements import StatementRow
    from tests.parts.databases import Ground


def append(ground: Ground, space: int, *rows: StatementRow) -> int:
    with ground.app.write(space) as tx:
        return keep(tx, rows)


def test_a_statement_comes_back_as_it_was_kept(shared: Ground, space: int) -> None:
    whole = statement(registration=uuid.uuid4(), credential_id=uuid.uuid4())
    bare = statement(activity=None, payload='{"tên": "Đặng \\u1ea5 😀",  "n":1.0e+2}\n')

    assert append(shared, space, whole, bare) == 2

    with shared.app.read(space) as tx:
        assert statements.find(tx, whole.id) == whole
        assert statements.find(tx, bare.id) == bare
        assert statements.find(tx, uuid.uuid4()) is None
        assert statements.count(tx) == 2


def test_nothing_is_appended_from_nothing(shared: Ground, space: int) -> None:
    assert append(shared, space) == 0


@pytest.mark.parametrize("size", [1, 3])
def test_an_id_that_is_there_already_is_left_as_it_is(shared: Ground, space: int, size: int) -> None:
    first = statement()
    new = [statement() for _ in range(size - 1)]
    append(shared, space, first)

    assert append(shared, space, replace(first, payload="another"), *new) == size - 1

    with shared.app.read(space) as tx:
        assert statements.find(tx, first.id) == first
        assert statements.count(tx) == size


def test_an_id_that_comes_twice_at_once_is_kept_once(shared: Ground, space: int) -> None:
    first = statement()

    assert append(shared, space, first, replace(first, payload="another")) == 1

    with shared.app.read(space) as tx:
        assert statements.find(tx, first.id) == first


def test_of_many_who_append_the_same_at_once_one_does(shared: Ground, space: int) -> None:
    row, together = statement(), Barrier(6)

    def send(_number: int) -> int:
        together.wait()
        return append(shared, space, row)

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(send, range(6))) == [0, 0, 0, 0, 0, 1]


def test_what_statements_say_of_activities_is_kept_with_them_or_not_at_all(ground: Ground) -> None:
    space, first, second = ground.space(), entry(statement()), entry(statement())
    one, other = Definition("http://a", '{"name": "\\u0000 một"}'), Definition("http://b", "{}")

    with ground.app.at_once(space) as tx:
        statements.append_all(tx, [first], [other, one, one])
    with pytest.raises(AlreadyThere), ground.app.at_once(space) as tx:
        statements.append_all(tx, [second, first], [Definition("http://a", "two")])

    with ground.app.read(space) as tx:
        assert statements.count(tx) == 1
        assert definitions.of(tx, "http://a") == [one.body]
        assert definitions.of(tx, "http://b") == [other.body]
        assert definitions.unknown(tx, [one, other]) == []
        assert definitions.unknown(tx, [Definition("http://a", "two")]) == [Definition("http://a", "two")]
