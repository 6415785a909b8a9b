"""Bytes as letters: of each content one writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.badges.errors import NotACredential
from lrs.badges.multibase import (
    base64url,
    did_key,
    from_base64url,
    from_multibase,
    from_multikey,
    multibase,
    multikey,
)


@given(st.binary(min_size=1, max_size=100))
def test_what_is_written_is_read(content: bytes) -> None:
    assert from_multibase(multibase(content)) == content
    assert from_base64url(base64url(content)) == content


def test_the_examples_of_the_draft() -> None:
    # draft-msporny-base58-03, section 5
    assert multibase(b"Hello World!") == "z2NEpo7TZRRrLZSi2U"
    assert multibase(bytes.fromhex("0000287fb4cd")) == "z11233QC4"


@pytest.mark.parametrize("text", ["", "z", "z0", "zl", "x11", "z" + "1" * 257])
def test_other_letters_are_refused(text: str) -> None:
    with pytest.raises(NotACredential):
        from_multibase(text)


@pytest.mark.parametrize("text", ["uAB", "uA A", "uAA==", "zAA", "u*"])
def test_another_writing_of_base64url_is_refused(text: str) -> None:
    with pytest.raises(NotACredential):
        from_base64url(text)


def test_a_key_names_itself() -> None:
    public = bytes(range(32))

    assert did_key(public).startswith("did:key:z6Mk")
    assert from_multikey(multikey(public)) == public
    with pytest.raises(NotACredential):
        from_multikey(multibase(public))
