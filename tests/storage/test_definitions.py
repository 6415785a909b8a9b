"""Definitions are kept once each, in the order they came, in their own space."""

from datetime import UTC, datetime, timedelta

from storage import definitions
from storage.definitions import Definition
from tests.parts.databases import Ground

NOW = datetime.now(UTC)


def test_different_definitions_are_kept_in_the_order_they_came(ground: Ground) -> None:
    space = ground.space()
    for later, body in enumerate(["one", "two", "one", "three"]):
        with ground.app.write(space) as tx:
            definitions.add(tx, [Definition("http://a", body)], NOW + timedelta(seconds=later))

    with ground.app.read(space) as tx:
        assert definitions.of(tx, "http://a") == ["one", "two", "three"]
        assert definitions.of(tx, "http://b") == []


def test_another_space_knows_nothing_of_them(ground: Ground) -> None:
    with ground.app.write(ground.space("haiphong")) as tx:
        definitions.add(tx, [Definition("http://a", "one")], NOW)

    with ground.app.read(ground.space("daklak")) as tx:
        assert definitions.of(tx, "http://a") == []


def test_adding_nothing_is_nothing(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        definitions.add(tx, [], NOW)
