"""Who comes in goes on to a page of ours, whatever an address says."""

from __future__ import annotations

import pytest
from flask import Flask

from lrs.people import coming_in


@pytest.mark.parametrize(
    ("asked", "to"),
    [
        ("/s/haiphong/me", "/s/haiphong/me"),
        ("/s/haiphong/people?q=ho%C3%A0", "/s/haiphong/people?q=ho%C3%A0"),
        ("", ""),
        ("https://example.org/", ""),
        ("//example.org/", ""),
        ("/\\example.org/", ""),
        ("/\texample.org", ""),
        ("javascript:alert(1)", ""),
        ("/a\nLocation: x", ""),
    ],
)
def test_the_page_to_go_on_to_is_ours(asked: str, to: str) -> None:
    with Flask("test").test_request_context("/", query_string={"go": asked}):
        assert coming_in.wanted() == to
