"""A code is the same as bytes in a seal and as letters on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.seals.letters import LETTERS, to_bytes, to_letters


@given(st.text(LETTERS, min_size=16, max_size=16))
def test_letters_become_bytes_and_come_back(code: str) -> None:
    assert to_letters(to_bytes(code)) == code


@given(st.binary(min_size=10, max_size=10))
def test_bytes_become_letters_and_come_back(content: bytes) -> None:
    assert to_bytes(to_letters(content)) == content


@pytest.mark.parametrize("code", ["", "2" * 15, "2" * 17, "2" * 15 + "I", "2" * 15 + "a"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="sixteen"):
        to_bytes(code)
