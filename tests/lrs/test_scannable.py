"""A code is drawn in the page itself, and each address has its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrs.scannable import code

if TYPE_CHECKING:
    from tests.parts.installations import Installation

ADDRESS = "https://app.example.org/s/haiphong/link/word"


def test_a_code_is_a_drawing_that_asks_nobody() -> None:
    drawn = code(ADDRESS)

    assert drawn.startswith("<svg")
    assert not any(word in drawn for word in ("http:", "https:", "href", "<script"))


def test_each_address_has_a_code_of_its_own() -> None:
    assert code(ADDRESS) == code(ADDRESS)
    assert code(ADDRESS) != code(f"{ADDRESS}s")


@pytest.mark.parametrize(
    ("base", "path", "address"),
    [
        ("http://app.lms.localhost:8080", "/s/haiphong", "http://app.lms.localhost:8080/s/haiphong/open"),
        ("http://haiphong.lms.localhost:8080", "", "http://haiphong.lms.localhost:8080/open"),
    ],
)
def test_the_address_for_posters_is_that_of_the_host_one_is_on(
    embedded: Installation, base: str, path: str, address: str
) -> None:
    boss = embedded.person("administrator")
    for cookie in [*boss.client._cookies.values()]:  # type: ignore[union-attr]
        boss.client.set_cookie(cookie.key, cookie.value, domain="haiphong.lms.localhost", secure=True)

    page = boss.get(f"{path}/people/by-themselves", base=base)

    assert f'class="address">{address}<' in page.text
    assert "<svg" in page.text
