"""A place in a long list survives its journey through an address; anything else is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from lrs.errors import Malformed
from lrs.people import cursor


def test_a_place_is_read_as_it_was_written() -> None:
    place = datetime(2026, 11, 21, 3, 4, 5, 678, tzinfo=UTC), uuid4()

    assert cursor.read(cursor.write(place)) == place
    assert cursor.write(place).isascii()
    assert cursor.read("") is None


@pytest.mark.parametrize(
    "text", ["1", "_", "yesterday_1", "20261121T030405.000678Z_", "20261121T030405.000678Z_x", "\0"]
)
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        cursor.read(text)
