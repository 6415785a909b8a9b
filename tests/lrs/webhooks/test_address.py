"""An address is read as people type it, or refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.webhooks import address
from lrs.webhooks.address import NoAddress

RIGHT = [
    ("https://sms.example.org/in", "https://sms.example.org/in", True),
    (" https://SMS.example.org ", "https://sms.example.org/", True),
    ("https://sms.example.org:443/in?key=a%20b&x", "https://sms.example.org/in?key=a%20b&x", True),
    ("https://sms.example.org:8443/in#here", "https://sms.example.org:8443/in", True),
    ("https://cổng.example.org/tin nhắn".replace(" ", "-"), "https://xn--cng-qmz.example.org/tin-nh%E1%BA%AFn", True),
    ("https://[2606:4700::1111]/in", "https://[2606:4700::1111]/in", True),
    ("https://sms.example.org:25/in", "https://sms.example.org:25/in", False),
    ("http://gateway/in", "http://gateway/in", False),
    ("http://10.0.0.1:8080/in", "http://10.0.0.1:8080/in", False),
]
WRONG = [
    ("", "form"),
    ("sms.example.org", "scheme"),
    ("ftp://sms.example.org", "scheme"),
    ("javascript:alert(1)", "scheme"),
    ("https://", "form"),
    ("https:///in", "form"),
    ("https://a b.example.org", "form"),
    ("https://a.example.org/\r\nHost: x", "form"),
    ("https://a.example.org:0/", "form"),
    ("https://a.example.org:99999/", "form"),
    ("https://ten:mat-khau@a.example.org/", "user"),
    ("https://a.example.org\\@b.example.org/", "user"),
    ("https://a.example.org\\b.example.org/", "form"),
    ("https://[::1/", "form"),
    ("https://" + "a" * 64 + ".example.org/", "form"),
    ("https://a.example.org/" + "x" * 2000, "form"),
]


@pytest.mark.parametrize(("text", "url", "usual"), RIGHT)
def test_an_address_is_read(text: str, url: str, *, usual: bool) -> None:
    found = address.read(text)

    assert (found.url, found.usual) == (url, usual)
    assert address.read(found.url) == found


@pytest.mark.parametrize(("text", "why"), WRONG)
def test_what_is_no_address_is_refused(text: str, why: str) -> None:
    with pytest.raises(NoAddress) as refused:
        address.read(text)

    assert refused.value.why == why


@given(st.text())
def test_anything_else_is_read_or_refused(text: str) -> None:
    try:
        found = address.read(f"https://{text}")
    except NoAddress:
        return
    assert found.url.isascii()
    assert found.url.isprintable()
