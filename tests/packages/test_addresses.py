"""Addresses are put together by the book, and settled on the file that is there."""

import pytest

from packages import addresses
from packages.files import Files
from packages.findings import Notes
from tests.packages.reading import codes

NAMES = [
    "a.html",
    "a/b c.html",
    "a b.html",
    "bài.html",
    "folder/a.html",
    "a?b#c.html",
    "packed%20already.html",
    "Hoa.HTML",
    "~x/y.html",
]


def settled(base: str, href: str, parameters: str = "") -> tuple[str, list[str]]:
    notes = Notes("m")
    joined = addresses.with_parameters(addresses.join(base, href, notes), parameters)
    return addresses.settle(joined, Files.below("", NAMES), notes), codes(notes)


@pytest.mark.parametrize(
    ("base", "href", "parameters", "address", "told"),
    [
        ("", "a.html", "", "a.html", []),
        ("", r"a\b c.html", "", "a/b%20c.html", ["backslash"]),
        ("", "a%20b.html", "", "a%20b.html", []),
        ("", " a b.html ", "", "a%20b.html", []),
        ("", "bài.html", "", "b%C3%A0i.html", []),
        ("", "ba\u0300i.html", "", "b%C3%A0i.html", ["wrong-form"]),
        ("", "hoa.html", "", "Hoa.HTML", ["wrong-case"]),
        ("", "packed%20already.html", "", "packed%2520already.html", []),
        ("", "~x/y.html", "", "~x/y.html", []),
        ("", "a.html", "?x=1&y=2", "a.html?x=1&y=2", []),
        ("", "a.html?z=0", "x=1", "a.html?z=0&x=1", []),
        ("", "a.html?z=0", "&x=1", "a.html?z=0&x=1", []),
        ("", "a.html", "#p", "a.html#p", []),
        ("folder/", "a.html", "", "folder/a.html", []),
        ("folder/", "../a.html", "", "a.html", []),
        ("", "./a.html", "", "a.html", []),
        ("", "/a.html", "", "a.html", []),
        ("", "a%3Fb%23c.html", "", "a%3Fb%23c.html", []),
        ("", "a.html?x=%2F&y=a+b", "", "a.html?x=%2F&y=a+b", []),
        ("", "a.html#p", "x=1", "a.html?x=1#p", []),
        ("", "a.html#p", "#q", "a.html#p", []),
        ("", "a.html", "?q=mật khẩu", "a.html?q=m%E1%BA%ADt%20kh%E1%BA%A9u", []),
        ("", "http://elsewhere.example/a.html", "", "http://elsewhere.example/a.html", ["launch-elsewhere"]),
        ("https://elsewhere.example/x/", "a.html", "", "https://elsewhere.example/x/a.html", ["launch-elsewhere"]),
        ("", "gone.html", "", "gone.html", ["launch-file-missing"]),
        ("", "http://[a.html", "", "", ["bad-address", "launch-file-missing"]),
    ],
)
def test_the_launch_address_is_put_together(
    base: str, href: str, parameters: str, address: str, told: list[str]
) -> None:
    assert settled(base, href, parameters) == (address, told)


def test_a_file_is_named_by_its_decoded_path() -> None:
    assert addresses.decoded("/a%20b/%C4%91.html") == "a b/đ.html"
    assert addresses.path_of("a/b.html?x=1#y") == "a/b.html"
    assert addresses.path_of("https://elsewhere.example/b.html") == ""
