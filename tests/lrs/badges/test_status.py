"""The list of what is revoked."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.badges.errors import NotACredential
from lrs.badges.multibase import base64url, from_base64url
from lrs.badges.status import PLACES, encode, is_set


@given(st.sets(st.integers(0, PLACES - 1), max_size=20), st.integers(0, PLACES - 1))
def test_a_bit_is_set_where_something_is_revoked(revoked: set[int], place: int) -> None:
    encoded = encode(revoked)

    assert is_set(encoded, place) == (place in revoked)
    assert all(is_set(encoded, each) for each in revoked)
    assert encode(sorted(revoked, reverse=True)) == encoded


def test_the_first_place_is_the_highest_bit() -> None:
    bits = gzip.decompress(from_base64url(encode([0])))

    assert bits[:2] == b"\x80\0"
    assert len(bits) * 8 == PLACES


@pytest.mark.parametrize("content", [b"", b"x", gzip.compress(b"short"), gzip.compress(bytes(PLACES))])
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(NotACredential):
        is_set(base64url(content), 1)
