"""A launch knows what it opens."""

import pytest

from packages.model import SCO, Launch


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("index.html", "index.html"),
        ("b%C3%A0i/h%E1%BB%8Dc%201.html?x=%2F#p", "bài/học 1.html"),
        ("a%23b.html", "a#b.html"),
    ],
)
def test_a_launch_knows_the_file_that_opens_first(address: str, file: str) -> None:
    assert Launch(address, SCO).file == file


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        ("a.html", False),
        ("a/b.html?u=http://x", False),
        ("https://x.example/", True),
        ("//x.example/a", True),
        ("mailto:x", True),
    ],
)
def test_a_launch_knows_whether_it_leads_elsewhere(address: str, elsewhere: object) -> None:
    assert Launch(address, SCO).elsewhere is elsewhere
