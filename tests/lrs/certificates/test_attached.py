"""The credential comes out of a PDF as it was put in, however it is packed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lrs.certificates.attached import credential_in
from lrs.certificates.press import Press
from tests.lrs.certificates.papers import CERTIFICATE, NOW, TEMPLATE, seal

LONG = ('{"name": "' + "Nguyễn Thị Hạnh " * 300 + '"}').encode()
TRAP = b'{"name": "\\n44 0 obj\\n<</Length 3/Type/EmbeddedFile>>\\nstream\\nabc"}'


@pytest.mark.parametrize("credential", [b"{}", LONG, TRAP, TRAP.replace(b"\\n", b"\n")])
def test_it_comes_out_as_it_was_put_in(credential: bytes) -> None:
    with Press(TEMPLATE, {}) as press:
        drawn = press.page(replace(CERTIFICATE, credential=credential))

    assert credential_in(drawn) == credential
    assert credential_in(seal().sign(drawn, "x", NOW)) == credential


@pytest.mark.parametrize(
    "pdf",
    [
        b"",
        b"%PDF-1.7",
        b"\n4 0 obj\n<</Length 3/Type/EmbeddedFile/Filter/FlateDecode>>\nstream\nabc\nendstream",
    ],
)
def test_where_there_is_none_nothing_comes_out(pdf: bytes) -> None:
    assert credential_in(pdf) == b""
