"""The spool keeps data once, in order, and no more than it may."""

import pytest

from lrs.resources.spool import IN_MEMORY, Spool
from lrs.xapi.errors import TooLarge


@pytest.mark.parametrize("size", [0, 3, IN_MEMORY + 1])
def test_what_was_put_in_comes_out(size: int) -> None:
    with Spool(3 * IN_MEMORY) as spool:
        spool.add("a", [b"1" * size, b"2"])
        spool.add("b", [b"3"])

        assert [*spool] == ["a", "b"]
        assert spool.open("b").read(10) == b"3"
        assert spool.open("a").read(2 * IN_MEMORY) == b"1" * size + b"2"
        assert spool.size("a") == size + 1


def test_a_slice_ends_where_its_data_ends() -> None:
    with Spool(10) as spool:
        spool.add("a", [b"123"])
        spool.add("b", [b"456"])

        data = spool.open("a")
        assert [data.read(2), data.read(2), data.read(2)] == [b"12", b"3", b""]


def test_what_is_here_already_is_not_kept_again() -> None:
    with Spool(3) as spool:
        spool.add("a", [b"123"])
        spool.add("a", [b"123"])

        assert len(spool) == 1
        assert "a" in spool


def test_more_than_it_may_is_refused() -> None:
    with Spool(3) as spool:
        spool.add("a", [b"12"])

        with pytest.raises(TooLarge):
            spool.add("b", [b"3", b"4"])


def test_nothing_stays_behind() -> None:
    with Spool(10) as spool:
        spool.add("a", [b"123"])

    with pytest.raises(ValueError, match="closed"):
        spool.open("a")
