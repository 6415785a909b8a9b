"""Bytes as digits: there and back, and nothing else comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.seals.digits import NotDigits, read, write


@given(st.binary(max_size=60))
def test_what_is_written_is_read(content: bytes) -> None:
    assert read(write(content)) == content


@given(st.text("0123456789", max_size=60))
def test_what_is_read_would_be_written_so(text: str) -> None:
    try:
        content = read(text)
    except NotDigits:
        return
    assert write(content) == text


@pytest.mark.parametrize("text", ["1", "256", "12345 ", "٣٣٣", "-12", "9" * 17, "0000"])
def test_other_writings_are_refused(text: str) -> None:
    with pytest.raises(NotDigits):
        read(text)
