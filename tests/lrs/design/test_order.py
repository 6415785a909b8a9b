"""An order is read from an address, and written into others."""

from urllib.parse import parse_qs

import pytest

from lrs.design import order
from lrs.design.order import DOWN, UP, Column, Order

NAME, SINCE, CODE = Column("name", "Name", UP), Column("since", "Since", DOWN), Column("code", "Code")
COLUMNS = (NAME, SINCE, CODE)


def asked(**given: str) -> Order:
    return order.read(COLUMNS, given, "name", kept=("q",))


@pytest.mark.parametrize(
    ("given", "by", "way"),
    [
        ({}, "name", UP),
        ({"sort": "since"}, "since", DOWN),
        ({"sort": "since", "order": "asc"}, "since", UP),
        ({"sort": "name", "order": "desc"}, "name", DOWN),
        ({"sort": "name", "order": "sideways"}, "name", UP),
        ({"sort": "code"}, "name", UP),
        ({"sort": "password", "order": "desc"}, "name", UP),
        ({"order": "desc"}, "name", UP),
    ],
)
def test_what_cannot_be_had_is_the_usual_order(given: dict[str, str], by: str, way: str) -> None:
    found = asked(**given)

    assert (found.by, found.way) == (by, way)


def test_a_heading_turns_its_own_order_and_begins_another_one_its_own_way() -> None:
    found = asked(sort="since", q="hoa", **{"from": "50"})

    assert parse_qs(found.address(SINCE)[1:]) == {"q": ["hoa"], "sort": ["since"], "order": ["asc"]}
    assert parse_qs(found.address(NAME)[1:]) == {"q": ["hoa"], "sort": ["name"], "order": ["asc"]}
    assert [found.aria(column) for column in (NAME, SINCE)] == ["none", "descending"]
    assert asked().aria(NAME) == "ascending"


def test_the_next_page_has_the_same_order_and_the_first_one_is_a_link_away() -> None:
    found = asked(sort="since", q="hoà & con", **{"from": "50"})

    onward = parse_qs(found.onward("100")[1:])
    assert onward == {"q": ["hoà & con"], "sort": ["since"], "order": ["desc"], "from": ["100"]}
    assert "from" not in parse_qs(found.beginning[1:])
    assert (found.began, asked().began) == (False, True)


def test_headings_can_be_taken_back() -> None:
    found = asked().only({"since"})

    assert [column.first for column in found.columns] == [None, DOWN, None]
