"""A credential as it comes in."""

from __future__ import annotations

import json

import pytest

from lrs.badges.errors import NotACredential
from lrs.badges.reading import MOST_BYTES, read
from tests.lrs.badges.given import signed


def test_a_credential_is_read() -> None:
    assert read(json.dumps(signed()).encode()) == signed()


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"a": 1, "a": 2}', b'{"a": {"b": 1, "b": 1}}', b"\xff", b"[" * 50_000, b" " * MOST_BYTES + b"{}"],
)
def test_what_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(NotACredential):
        read(content)
