"""A body is read whole or not at all."""

import io

import pytest
from werkzeug.wsgi import LimitedStream

from lrs.body import Body
from lrs.errors import Malformed, TooLarge


@pytest.mark.parametrize("announced", [None, 10])
@pytest.mark.parametrize("most", [10, 11, 1000])
def test_a_whole_body_comes_through(most: int, announced: int | None) -> None:
    assert Body(io.BytesIO(b"0123456789"), most, announced).read() == b"0123456789"


@pytest.mark.parametrize("announced", [None, 10])
@pytest.mark.parametrize("most", [0, 1, 9])
def test_more_than_is_allowed_is_too_large(most: int, announced: int | None) -> None:
    with pytest.raises(TooLarge):
        Body(io.BytesIO(b"0123456789"), most, announced).read()


@pytest.mark.parametrize("sent", [b"", b"0", b"012345678"])
def test_less_than_was_announced_is_cut(sent: bytes) -> None:
    with pytest.raises(Malformed):
        Body(io.BytesIO(sent), 100, 10).read()


def test_what_comes_in_pieces_is_counted_as_a_whole() -> None:
    class Dripping(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 1, 1))

    assert Body(Dripping(b"0123456789"), 10, 10).read() == b"0123456789"
    with pytest.raises(TooLarge):
        Body(Dripping(b"0123456789"), 9, None).read()


def test_nothing_past_the_limit_is_kept_in_memory() -> None:
    endless = io.BytesIO(b"x" * 1_000_000)

    with pytest.raises(TooLarge):
        LimitedStream(io.BufferedReader(Body(endless, 10, None), 16), 11, is_max=True).read()
    assert endless.tell() <= 32


def test_werkzeug_alone_would_cut_it() -> None:
    assert LimitedStream(io.BytesIO(b"0123456789"), 5, is_max=True).read() == b"01234"
