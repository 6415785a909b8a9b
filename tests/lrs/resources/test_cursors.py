"""A cursor comes back as it was written, and anything else is no place to go on from."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from lrs.errors import Malformed
from lrs.resources import cursors
from storage.search import Place
from tests.parts.installations import Installation

PLACES = (
    Place(datetime(2026, 11, 21, 4, 5, 6, 7, tzinfo=UTC), 1),
    Place(datetime(1970, 1, 1, tzinfo=UTC), 0),
    Place(datetime(2999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), 10**18 - 1),
)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_place_comes_back_with_the_rest_of_the_question(embedded: Installation, place: Place) -> None:
    with embedded.app.test_request_context("/xapi/statements?verb=http://a/%C3%A0&limit=2&cursor=5-5"):
        address = cursors.more(place)

    assert cursors.read(parse_qsl(urlsplit(address).query)) == (place, [("verb", "http://a/à"), ("limit", "2")])


@pytest.mark.parametrize(
    "wrong", ["", "7", "-7", "7-", "a-b", "7-7-7", " 7-7", "٧-٧", "9" * 18 + "-1", "1-" + "9" * 19]
)
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(Malformed):
        cursors.read([("cursor", wrong)])


def test_two_places_are_none() -> None:
    with pytest.raises(Malformed):
        cursors.read([("cursor", "7-7"), ("cursor", "7-7")])


def test_without_a_cursor_a_question_begins_at_its_beginning() -> None:
    assert cursors.read([("limit", "2")]) == (None, [("limit", "2")])
