"""Readings: all of the bytes that were announced, or StoreAway."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from storage.blobs import Blob, Reading, StoreAway

BLOB = Blob("a", 10, '"1"', "text/html", datetime.now(UTC))


class Opened:
    """A reading over pieces, and whether it was let go of."""

    def __init__(self, *pieces: bytes, fails: Exception | None = None) -> None:
        self.closed = 0
        self.reading = Reading(BLOB, (2, 8), self._give(pieces, fails), self._close)

    def _close(self) -> None:
        self.closed += 1

    @staticmethod
    def _give(pieces: tuple[bytes, ...], fails: Exception | None) -> Iterator[bytes]:
        yield from pieces
        if fails:
            raise fails


def test_a_whole_reading_ends_and_lets_go() -> None:
    opened = Opened(b"234", b"567")

    assert [*opened.reading] == [b"234", b"567"]
    assert opened.closed


@pytest.mark.parametrize("pieces", [(), (b"234",), (b"234", b"56"), (b"234", b"5678")])
def test_a_body_of_another_length_never_looks_whole(pieces: tuple[bytes, ...]) -> None:
    opened = Opened(*pieces)

    with pytest.raises(StoreAway, match="6 bytes"):
        opened.reading.read()
    assert opened.closed


def test_a_store_that_fails_in_the_middle_is_away() -> None:
    opened = Opened(b"234", fails=StoreAway("cut"))

    assert next(opened.reading) == b"234"
    with pytest.raises(StoreAway, match="cut"):
        next(opened.reading)


def test_a_reading_is_let_go_of_on_leaving_a_block() -> None:
    opened = Opened(b"234", b"567")

    with opened.reading as reading:
        assert next(reading) == b"234"
        assert not opened.closed

    assert opened.closed


def test_pieces_and_reads_may_take_turns() -> None:
    reading = Opened(b"234", b"567").reading

    assert (reading.read(1), next(reading), reading.read(2), reading.read(9)) == (b"2", b"34", b"56", b"7")
